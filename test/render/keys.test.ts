import t from 'tap';

import { planMatrix } from '../../generator/plan/plan.js';
import { dockerfileKeys } from '../../generator/render/keys.js';
import type { Texts } from '../texts.js';
import { edited, matrixOf, sound } from '../texts.js';

const path = 'dockerfiles/hello_1.2_debian_bookworm_linux-amd64.Dockerfile';

function keyOf(texts: Texts, digests: ReadonlyMap<string, string> = new Map(), version = 'templates'): string | undefined {
  const matrix = matrixOf(texts, {}, digests);
  return dockerfileKeys(matrix, planMatrix(matrix), [version]).get(path);
}

t.test('whatever can change a Dockerfile changes its key', (t) => {
  const edits: readonly (readonly [file: string, from: string, to: string])[] = [
    ['packages/hello', '1.2: { source: release, sha256: 1', '1.2: { source: release, sha256: 2'],
    ['packages/hello', 'hello-{version}.tar.gz\n', 'hello_{version}.tar.gz\n'],
    ['packages/hello', 'settings:', 'settings:\n  configure: [--with-x]'],
    ['packages/hello', 'settings:', 'overrides:\n  - when: { version: 1.x }\n    add: { configure: [--with-x] }\nsettings:'],
    ['packages/hello', 'summary: A', 'summary: Another'],
    ['packages/hello', 'settings:', 'settings:\n  epoch: 1'],
    ['packages/hello', 'section: devel', 'section: devel\niteration: 2'],
    ['distros', 'suite: bookworm', 'suite: sid'],
    ['distros', 'compression: xz', 'compression: gzip'],
    ['workspace', 'Test Packages', 'Other Packages'],
  ];
  const before = keyOf(sound);

  t.match(before, /^[0-9a-f]{16}$/);
  for (const edit of edits) t.not(keyOf(edited(edit)), before, edit.join(' '));
  for (const file of ['matrix/packages/hello/build', 'templates/steps/step', 'scripts/bootstrap'])
    t.not(keyOf(sound, new Map([[file, 'other']])), before, file);
  t.not(keyOf(sound, new Map(), 'other templates'), before, 'the templates and the generator');
  t.end();
});

t.test('another version, or a rule that does not fit, leaves a key as it is', (t) => {
  const before = keyOf(sound);

  t.equal(keyOf(edited(['packages/hello', 'settings:', '  1.3: { source: release }\nsettings:'])), before);
  t.equal(keyOf(edited(['packages/hello', 'settings:', 'overrides:\n  - when: { version: 9.x }\n    add: { configure: [--with-x] }\nsettings:'])), before);
  t.equal(keyOf(sound, new Map([['matrix/packages/other/build', 'other']])), before);
  t.end();
});
