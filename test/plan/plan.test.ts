import t from 'tap';

import type { RunSettings } from '../../generator/model/workspace.js';
import { portableFrom } from '../../generator/plan/method.js';
import { planMatrix } from '../../generator/plan/plan.js';
import type { Plan, Target } from '../../generator/plan/target.js';
import type { Texts } from '../texts.js';
import { edited, matrixOf, sound } from '../texts.js';

function plan(texts: Texts, settings: Partial<RunSettings> = {}): Plan {
  return planMatrix(matrixOf(texts, settings));
}

function target(name: string, texts: Texts, settings: Partial<RunSettings> = {}): Target {
  const found = plan(texts, settings).targets.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no target ${name}`);
  return found;
}

const amd64 = 'hello_1.2_debian_bookworm_linux-amd64';
const arm64 = 'hello_1.2_debian_bookworm_linux-arm64';

/** A library in four versions, one of them excluded on arm64, and the tool that needs it. */
function withNeeds(range: string): Texts {
  const recipe = sound.get('matrix/packages/hello.yaml') ?? '';
  const versions = ['1.9', '1.10', '1.11', '2.0'].map((version) => `  ${version}: { source: release }`).join('\n');
  const library = `${recipe.replace(/ {2}1\.2: .*/, versions)}exclude:\n  - when: { version: 1.10, platform: linux/arm64 }\n    reason: crashes there\n  - when: { version: 1.11 }\n    reason: broken\n`;
  return new Map([...sound, ['matrix/packages/hello.yaml', `${recipe}needs: { zlib: '${range}' }\n`], ['matrix/packages/zlib.yaml', library]]);
}

t.test('every cell is a target or an exclusion, in name order', (t) => {
  const { targets, exclusions } = plan(withNeeds('1.x'));
  const names = (cells: readonly { readonly name: string }[]): readonly string[] => cells.map(({ name }) => name);

  t.equal(targets.length + exclusions.length, (1 + 4) * 2);
  t.same(names(targets), [...names(targets)].sort());
  t.same(names(exclusions), ['zlib_1.10_debian_bookworm_linux-arm64', 'zlib_1.11_debian_bookworm_linux-amd64', 'zlib_1.11_debian_bookworm_linux-arm64']);
  t.end();
});

t.test('the first rule that fits gives an exclusion its reason', (t) => {
  const rules = 'exclude:\n  - when: { distro: debian_bookworm, platform: linux/arm64 }\n    reason: first\n  - when: { version: 1.2 }\n    reason: second\n';

  const { exclusions } = plan(edited(['packages/hello', 'settings:', `${rules}settings:`]));

  t.match(exclusions, [
    { name: amd64, reason: 'second' },
    { name: arm64, reason: 'first' },
  ]);
  t.end();
});

t.test('a need is met by the newest version in range that this distro and platform have', (t) => {
  t.equal(target(amd64, withNeeds('1.x')).needs[0]?.name, 'zlib_1.10_debian_bookworm_linux-amd64');
  t.equal(target(arm64, withNeeds('1.x')).needs[0]?.name, 'zlib_1.9_debian_bookworm_linux-arm64');
  t.equal(target(amd64, withNeeds('>=1')).needs[0]?.name, 'zlib_2.0_debian_bookworm_linux-amd64');
  t.end();
});

t.test('a need that nothing meets excludes the cell with a reason', (t) => {
  const { exclusions } = plan(withNeeds('>=3'));

  t.match(
    exclusions.find(({ name }) => name === amd64),
    { reason: 'needs zlib >=3, which is not built for debian_bookworm on linux/amd64' },
  );
  t.end();
});

t.test('how a foreign platform is compiled for is decided by recipe and distro together', (t) => {
  const recipeCannot = edited(['packages/hello', 'cross: true', 'cross: false']);
  const distroCannot = edited(['distros', '    cross: [linux/arm64]\n', '']);

  t.match(target(amd64, sound), { method: 'native', nativeBase: undefined });
  t.match(target(arm64, sound), { method: 'cross', base: { platform: 'linux/arm64' }, nativeBase: { platform: 'linux/amd64', distro: 'debian_bookworm' } });
  t.match(target(arm64, recipeCannot), { method: 'emulated', nativeBase: undefined });
  t.match(target(arm64, distroCannot), { method: 'emulated', nativeBase: undefined });
  t.end();
});

t.test('what fits every system is taken from the native build, else from what another distro left, and never by a cross build alone', (t) => {
  const from = (edits: readonly (readonly [file: string, from: string, to: string])[], name: string): string | undefined =>
    portableFrom(target(name, edited(['packages/hello', 'cross: true', 'cross: true\n  prebuilt: true'], ...edits)));
  const noNative = ['packages/hello', 'settings:', 'exclude:\n  - { when: { platform: linux/amd64 }, reason: none }\nsettings:'] as const;

  t.equal(portableFrom(target(amd64, sound)), undefined);
  t.equal(from([], amd64), 'cache');
  t.equal(from([], arm64), 'native');
  t.equal(from([noNative], arm64), undefined);
  t.equal(from([noNative, ['distros', '    cross: [linux/arm64]\n', '']], arm64), 'cache');
  const needing = target(amd64, withNeeds('>=1'));
  t.equal(portableFrom({ ...needing, settings: { ...needing.settings, prebuilt: true } }), undefined);
  t.end();
});

t.test('the build platform is the native one', (t) => {
  const texts = edited(
    ['workspace', 'packaging_distro:', 'build_platform: linux/arm64\npackaging_distro:'],
    ['distros', 'cross: [linux/arm64]', 'cross: [linux/amd64]'],
  );

  t.match(target(arm64, texts), { method: 'native' });
  t.match(target(amd64, texts), { method: 'cross', packaging: { base: { platform: 'linux/arm64' } } });
  t.end();
});

t.test('targets share their source, base and packaging image', (t) => {
  const { targets, sources, bases } = plan(sound);

  t.equal(targets[0]?.source, targets[1]?.source);
  t.equal(targets[0]?.base, targets[1]?.nativeBase);
  t.equal(targets[0]?.packaging, targets[1]?.packaging);
  t.equal(sources.length, 1);
  t.same(
    bases.map(({ platform }) => platform),
    ['linux/amd64', 'linux/arm64'],
  );
  t.end();
});

t.test('a version is filled into its file name and addresses', (t) => {
  const { source } = target(amd64, sound);

  t.match(source, {
    file: 'hello-1.2.tar.gz',
    path: 'out/sources/hello-1111111111111111/hello-1.2.tar.gz',
    addresses: ['https://example.org/hello-1.2.tar.gz'],
  });
  t.end();
});

t.test('an iteration on the command line wins over the matrix', (t) => {
  const texts = edited(['packages/hello', 'section:', 'iteration: 3\nsection:']);

  t.equal(target(amd64, texts).artifact.path, `out/packages/${amd64}/hello_1.2-3~deb12_amd64.deb`);
  t.equal(target(amd64, texts, { iteration: 7 }).artifact.file, 'hello_1.2-7~deb12_amd64.deb');
  t.end();
});

t.test('the packaging image is another when one of its files is, and only then', (t) => {
  const folder = (path: string, digest: string): string => planMatrix(matrixOf(sound, {}, new Map([[path, digest]]))).packagings[0]?.folder ?? '';

  t.not(folder('templates/packaging/gems', 'a'), folder('templates/packaging/gems', 'b'));
  t.not(folder('templates/steps/deb/apt-install', 'a'), folder('templates/steps/deb/apt-install', 'b'));
  t.equal(folder('templates/steps/deb/lint', 'a'), folder('templates/steps/deb/lint', 'b'));
  t.end();
});
