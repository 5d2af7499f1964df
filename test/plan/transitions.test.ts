import t from 'tap';

import type { RunSettings } from '../../generator/model/workspace.js';
import { planMatrix } from '../../generator/plan/plan.js';
import type { Transitions } from '../../generator/plan/transitions.js';
import { findTransitions } from '../../generator/plan/transitions.js';
import { matrixOf, sound } from '../texts.js';

const distro = (id: string, suffix: string, more = ''): string =>
  `  ${id}: { family: f, format: deb, package_manager: apt, suffix: ${suffix}, image: '${id.replace('_', ':')}', bootstrap: { tool: mmdebstrap, suite: ${id.replace(/.*_/, '')} }, compression: xz, platforms: [linux/amd64]${more} }\n`;

const rpm = (id: string, more = ''): string =>
  `  ${id}: { family: f, format: rpm, package_manager: dnf, suffix: el8, image: '${id.replace('_', ':')}', compression: xz, platforms: [linux/amd64]${more} }\n`;

const distros = [
  'distros:\n',
  distro('debian_testing', 'deb14~'),
  distro('debian_stretch', 'deb9'),
  distro('debian_forky', 'deb14'),
  distro('debian_buster', 'deb10'),
  distro('ubuntu_noble', 'ubuntu24.04'),
  distro('ubuntu_plucky', 'ubuntu25.04'),
  distro('debian_bookworm', 'deb12', ', siblings: [ubuntu_noble, almalinux_8]'),
  rpm('rockylinux_8', ', siblings: [almalinux_8, oraclelinux_8]'),
  rpm('almalinux_8'),
  rpm('oraclelinux_8').replace('linux/amd64]', 'linux/arm64]'),
].join('');

const release = (versions: readonly string[]): string => versions.map((version) => `  ${version}: { source: release }`).join('\n');

const recipe = sound.get('matrix/packages/hello.yaml') ?? '';

/** A package in several versions, and one that is built on it. */
const texts = new Map([
  ...sound,
  ['matrix/distros.yaml', distros],
  ['matrix/packages/hello.yaml', recipe.replace(/ {2}1\.2: .*/, release(['1.9', '1.10', '2.0-rc1', '2.0']))],
  [
    'matrix/packages/plugin.yaml',
    `${recipe.replace(/ {2}1\.2: .*/, release(['0.1', '0.2', '0.3']))}built_on:
  package: hello
  compatible: [{ version: 0.1, with: 1.9 }, { version: 0.2, with: '>=1.10 <3' }, { version: 0.3, with: '>=1' }]
  source: https://example.org/compatible
`,
  ],
]);

function transitions(name: string, there: readonly string[] = [], settings: Partial<RunSettings> = {}): Transitions {
  const matrix = matrixOf(texts, settings);
  const plan = planMatrix(matrix);
  const target = plan.targets.find((candidate) => candidate.name === name);
  if (!target) throw new Error(`no target ${name}`);
  return findTransitions(target, matrix, plan, (path) => there.some((part) => path.includes(part)));
}

const on = (version: string, distroId = 'debian_bookworm', id = 'hello'): string => `${id}_${version}_${distroId}_linux-amd64`;

t.test('the previous version is the next lower one of the same distro and platform', (t) => {
  const previous = (version: string): string | undefined => transitions(on(version)).previous?.name;

  t.equal(previous('2.0'), on('2.0-rc1'));
  t.equal(previous('2.0-rc1'), on('1.10'));
  t.equal(previous('1.10'), on('1.9'));
  t.equal(previous('1.9'), undefined);
  t.end();
});

t.test('the nearest one that is built is upgraded from, else it is said that there is none', (t) => {
  const built = transitions(on('2.0'), [on('1.9'), on('1.10'), on('1.10', 'debian_buster')]);
  const none = transitions(on('2.0'), [on('2.0'), on('1.10', 'debian_buster')]);

  t.equal(built.previousBuilt?.name, on('1.10'));
  t.notOk(built.untried.some(({ name }) => name === 'previous-version'));
  t.equal(none.previousBuilt, undefined);
  t.match(none.untried[0], { name: 'previous-version', why: `none built; ${on('2.0-rc1')} would be it` });
  t.match(transitions(on('1.9')).untried[0], { name: 'previous-version', why: 'none in the matrix' });
  t.end();
});

t.test('what is built on another package comes from a build on the same version of it, or on a lower one', (t) => {
  const previous = (label: string): string | undefined => transitions(on(label, 'debian_bookworm', 'plugin')).previous?.name;

  t.equal(previous('0.3_2.0'), on('0.2_2.0', 'debian_bookworm', 'plugin'));
  t.equal(previous('0.3_1.10'), on('0.2_1.10', 'debian_bookworm', 'plugin'));
  t.equal(previous('0.2_2.0'), on('0.1_1.9', 'debian_bookworm', 'plugin'));
  t.equal(previous('0.3_1.9'), on('0.1_1.9', 'debian_bookworm', 'plugin'));
  t.end();
});

t.test('the next release is the next suffix of the same distro, by its numbers', (t) => {
  const next = (id: string): string | undefined => transitions(on('2.0', id)).next?.distroId;

  t.equal(next('debian_stretch'), 'debian_buster');
  t.equal(next('debian_buster'), 'debian_bookworm');
  t.equal(next('debian_bookworm'), 'debian_testing');
  t.equal(next('debian_testing'), 'debian_forky', 'a tilde comes before everything');
  t.equal(next('debian_forky'), undefined);
  t.equal(next('ubuntu_noble'), 'ubuntu_plucky');
  t.match(transitions(on('2.0', 'debian_forky')).untried, [{}, { name: 'next-release', why: /no later release than debian_forky/ }]);
  t.end();
});

t.test('a sibling is tried where its base can be had, else the reason is said', (t) => {
  const layout = { bases: { almalinux_8: 'oci-layout://alma' } };
  const siblings = (settings: Partial<RunSettings>, there: readonly string[]): readonly (readonly string[])[] =>
    transitions(on('2.0', 'rockylinux_8'), there, settings).siblings.map(({ distroId, base }) => [distroId, base.context]);
  const why = (id: string, settings: Partial<RunSettings> = {}): string | undefined =>
    transitions(on('2.0', id), [], settings).untried.find(({ name }) => name === 'sibling-almalinux_8')?.why;

  t.same(siblings(layout, ['alma/index.json']), [['almalinux_8', 'oci-layout://alma']]);
  t.match(why('rockylinux_8'), 'its base cannot be had: matrix/lock.yaml has no digest of almalinux:8 for linux/amd64');
  t.match(why('rockylinux_8', layout), 'its base cannot be had: BASE_almalinux_8: there is no alma/index.json');
  t.match(why('debian_bookworm'), 'its packages are .rpm files');
  t.match(transitions(on('2.0', 'rockylinux_8')).untried, [{}, {}, { name: 'sibling-oraclelinux_8', why: 'it does not exist for linux/amd64' }, {}]);
  t.match(transitions(on('2.0')).siblings, [{ distroId: 'ubuntu_noble', base: { kind: 'bootstrap' } }]);
  t.end();
});
