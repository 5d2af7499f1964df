import t from 'tap';

import type { Override, PackageFile, Selector } from '../../generator/model/package.js';
import type { Cell } from '../../generator/plan/resolve.js';
import { resolveSettings, selects, specificity } from '../../generator/plan/resolve.js';
import { matrixOf, sound } from '../texts.js';

const matrix = matrixOf(sound);
const distro = matrix.distros.get('debian_bookworm');
const hello = matrix.packages.get('hello');
if (!distro || !hello) throw new Error('the sound matrix lacks its distro or its package');
const cell: Cell = { version: '27.3.4.1', source: 'release', distroId: 'debian_bookworm', distro, platform: 'linux/arm64' };

/** One selector of each weight, all of which fit the cell, lightest first. */
const ladder: readonly Selector[] = [
  { family: 'debian' },
  { source: 'release' },
  { libraries: { openssl: '>=3' } },
  { platform: 'linux/arm64' },
  { distro: 'debian_bookworm' },
  { version: '27.x' },
  { version: '27.3.4.1' },
];

function resolve(overrides: readonly Override[], settings: PackageFile['settings'] = {}): ReturnType<typeof resolveSettings> {
  return resolveSettings({ ...(hello as PackageFile), settings, overrides: [...overrides] }, cell);
}

t.test('each kind of selector outweighs all lighter ones together, in whatever order they are written', (t) => {
  for (const [index, heavy] of ladder.entries()) {
    if (index === 0) continue;
    const lighter = ladder.slice(0, Math.min(index, 5)).reduce((all, one) => ({ ...all, ...one }), {});
    const rows: readonly Override[] = [
      { when: heavy, set: { configure: ['heavy'] } },
      { when: lighter, set: { configure: ['light'] } },
    ];

    t.same(resolve(rows).configure, ['heavy'], JSON.stringify(heavy));
    t.same(resolve([...rows].reverse()).configure, ['heavy'], JSON.stringify(heavy));
  }
  t.end();
});

t.test('keys of one selector add up', (t) => {
  t.equal(
    specificity({ family: 'debian', distro: 'debian_bookworm' }, '1'),
    specificity({ family: 'debian' }, '1') + specificity({ distro: 'debian_bookworm' }, '1'),
  );
  t.ok(specificity({ version: ['26.x', '27.3.4.1'] }, '27.3.4.1') > specificity({ version: ['26.x', '27.x'] }, '27.3.4.1'));
  t.end();
});

t.test('rows of equal weight are applied as written', (t) => {
  const first: Override = { when: { version: '27.x' }, set: { configure: ['first'] } };
  const second: Override = { when: { version: '>=25' }, set: { configure: ['second'] } };

  t.same(resolve([first, second]).configure, ['second']);
  t.same(resolve([second, first]).configure, ['first']);
  t.end();
});

t.test('set replaces, remove takes out, add puts behind, and nothing stands twice', (t) => {
  const own = { tools: ['gcc', 'make', 'perl'], cross: true };

  const { tools, cross } = resolve([{ when: { family: 'debian' }, remove: { tools: ['make', 'unknown'] }, add: { tools: ['flex', 'gcc'] } }], own);
  const replaced = resolve([{ when: { family: 'debian' }, set: { tools: ['clang'], cross: false }, add: { tools: ['lld'] } }], own);

  t.same({ tools, cross }, { tools: ['gcc', 'perl', 'flex'], cross: true });
  t.match(replaced, { tools: ['clang', 'lld'], cross: false });
  t.end();
});

t.test('a waiver is taken out by its tag and reason', (t) => {
  const waivers = [
    { tag: 'a', reason: 'x' },
    { tag: 'b', reason: 'y' },
  ];

  const settings = resolve([{ when: { family: 'debian' }, remove: { waivers: [{ tag: 'a', reason: 'x' }] } }], { waivers });

  t.same(settings.waivers, [{ tag: 'b', reason: 'y' }]);
  t.end();
});

t.test('a row that does not fit changes nothing', (t) => {
  const misses: readonly Selector[] = [
    { family: 'redhat' },
    { distro: 'debian_trixie' },
    { platform: 'linux/amd64' },
    { version: '<27' },
    { source: 'debian' },
    { libraries: { openssl: '<3' } },
    { libraries: { unknown: '*' } },
    { libraries: { constructor: '*' } },
    { family: 'debian', platform: 'linux/amd64' },
  ];

  for (const when of misses) t.same(resolve([{ when, set: { configure: ['x'] } }]).configure, [], JSON.stringify(when));
  t.end();
});

t.test('a list in a selector fits when any of its words does', (t) => {
  t.ok(selects({ distro: ['debian_trixie', 'debian_bookworm'], version: ['<20', '27.x'], libraries: { openssl: '3.x' } }, cell));
  t.notOk(selects({ distro: ['debian_trixie', 'debian_bookworm'], version: ['<20', '28.x'] }, cell));
  t.end();
});
