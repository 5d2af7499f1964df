import t from 'tap';

import { edited, matrixOf, parseTexts, sound } from '../texts.js';

t.test('the order in which files are read changes nothing', (t) => {
  const texts = new Map([...sound, ['matrix/packages/apple.yaml', sound.get('matrix/packages/hello.yaml') ?? '']]);

  const forwards = matrixOf(texts);
  const backwards = matrixOf(new Map([...texts].reverse()));

  t.same([...forwards.packages.keys()], ['apple', 'hello']);
  t.same([...backwards.packages], [...forwards.packages]);
  t.end();
});

t.test('distros are in name order, whatever the order in their file', (t) => {
  const row = (sound.get('matrix/distros.yaml') ?? '').replace('distros:\n', '');

  const matrix = matrixOf(edited(['distros', 'distros:\n', `distros:\n${row.replace('debian_bookworm', 'debian_trixie')}`]));

  t.same([...matrix.distros.keys()], ['debian_bookworm', 'debian_trixie']);
  t.end();
});

t.test('a workspace without a lock has pinned nothing', (t) => {
  t.same(matrixOf(sound).lock, { images: {} });
  t.end();
});

t.test('a base for a distro that is not there is a problem of the command line', (t) => {
  const parsed = parseTexts(sound, { bases: { debian_bookwrm: 'debian:12' } });

  t.match(parsed, {
    ok: false,
    problems: [{ file: 'BASE_debian_bookwrm', message: 'unknown distro "debian_bookwrm"', hint: 'did you mean "debian_bookworm"?' }],
  });
  t.end();
});

t.test('a name that every object has is still an unknown name', (t) => {
  const texts = edited(
    ['workspace', 'debian_bookworm', 'constructor'],
    ['packages/hello', 'settings:', 'needs: { constructor: 1.x }\nsettings:'],
    ['packages/hello', 'source: release', 'source: constructor'],
  );

  const parsed = parseTexts(texts);

  t.same(parsed.ok ? [] : parsed.problems.map(({ message }) => message).sort(), [
    'unknown distro "constructor"',
    'unknown package "constructor"',
    'unknown source "constructor" in version 1.2',
  ]);
  t.end();
});

t.test('a longer circle of needs is told as the way round it', (t) => {
  const recipe = (need: string): string => (sound.get('matrix/packages/hello.yaml') ?? '').replace('settings:', `needs: { ${need}: 1.x }\nsettings:`);
  const texts = new Map([...sound, ['matrix/packages/a.yaml', recipe('b')], ['matrix/packages/b.yaml', recipe('c')], ['matrix/packages/c.yaml', recipe('b')]]);

  const parsed = parseTexts(texts);

  t.match(parsed, { ok: false, problems: [{ file: 'matrix/packages/b.yaml', message: 'packages need each other in a circle: b → c → b' }] });
  t.end();
});

t.test('files beside the matrix are not its packages', (t) => {
  const texts = new Map([...sound, ['matrix/packages/hello/notes.yaml', 'x: ['], ['matrix/schema.yaml', 'x: [']]);

  t.match(parseTexts(texts), { ok: true });
  t.end();
});
