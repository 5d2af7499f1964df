import { execa } from 'execa';
import t from 'tap';

import * as names from '../../generator/plan/names.js';

/** The part of a file name between the underscores: what dpkg will compare. */
function version(upstream: string, iteration: number, suffix: string): string {
  const file = names.packageFile('deb', { name: 'hello', version: upstream, iteration: names.packageIteration(iteration), suffix, platform: 'linux/amd64' });
  return file.split('_')[1] ?? '';
}

async function isOlder(left: string, right: string): Promise<boolean> {
  const { exitCode } = await execa('dpkg', ['--compare-versions', left, 'lt', right], { reject: false });
  return exitCode === 0;
}

const upgrades: readonly (readonly [title: string, versions: readonly string[]])[] = [
  ['the next release of the distribution', [version('1.2', 1, 'deb11'), version('1.2', 1, 'deb12'), version('1.2', 1, 'deb13')]],
  [
    'a new iteration, from and to any release of the distribution',
    [version('1.2', 1, 'deb13'), version('1.2', 2, 'deb11'), version('1.2', 9, 'deb13'), version('1.2', 10, 'deb11')],
  ],
  [
    'a pre-release, then its release',
    [version('27.9', 5, 'deb12'), version('28.0-rc1', 1, 'deb12'), version('28.0-rc2', 1, 'deb12'), version('28.0', 1, 'deb11')],
  ],
  [
    'a fourth number',
    [
      version('27.3.4', 1, 'deb12'),
      version('27.3.4.1', 1, 'deb12'),
      version('27.3.4.2', 1, 'deb12'),
      version('27.3.4.15', 1, 'deb12'),
      version('27.3.5', 1, 'deb12'),
    ],
  ],
  ["from the distribution's own backport to the same version of ours and on", [version('1.2', 1, 'deb12'), '1.2-1', version('1.2', 2, 'deb12')]],
];

for (const [title, versions] of upgrades) {
  t.test(`dpkg upgrades to ${title}`, async (t) => {
    for (const [index, newer] of versions.entries()) {
      const older = versions[index - 1];
      if (older === undefined) continue;

      t.ok(await isOlder(older, newer), `${older} < ${newer}`);
      t.notOk(await isOlder(newer, older), `not ${newer} < ${older}`);
    }
  });
}

t.test('every name is spelled in one way', (t) => {
  const sha256 = `0123456789abcdef${'0'.repeat(48)}`;

  t.equal(names.platformName('linux/arm/v7'), 'linux-arm-v7');
  t.equal(names.targetName('erlang', '27.3.4.1', 'debian_bookworm', 'linux/amd64'), 'erlang_27.3.4.1_debian_bookworm_linux-amd64');
  const parts = { name: 'esl-erlang', version: '28.0-rc1', iteration: '1', suffix: 'deb12', platform: 'linux/arm64' } as const;
  t.equal(names.packageFile('deb', parts), 'esl-erlang_28.0~rc1-1~deb12_arm64.deb');
  t.equal(names.packageFile('deb', { ...parts, platform: undefined }), 'esl-erlang_28.0~rc1-1~deb12_all.deb');
  t.equal(names.packageFile('rpm', { ...parts, suffix: 'el8' }), 'esl-erlang-28.0~rc1-1.el8.aarch64.rpm');
  t.equal(names.packageFile('rpm', { ...parts, suffix: 'el8', platform: undefined }), 'esl-erlang-28.0~rc1-1.el8.noarch.rpm');
  t.equal(names.packageIteration(2, { package: 'erlang', version: '27.3.4.1' }), '2.erlang27.3.4.1');
  t.equal(
    names.targetName('elixir', names.versionLabel('1.18.3', '27.3.4.1'), 'debian_bookworm', 'linux/amd64'),
    'elixir_1.18.3_27.3.4.1_debian_bookworm_linux-amd64',
  );
  t.equal(names.packageFolder('x', false), 'out/packages/x');
  t.equal(names.packageFolder('x', true), 'out/packages/substituted/x');
  t.equal(names.sourceFolder('hello', sha256), 'out/sources/hello-0123456789abcdef');
  t.equal(names.sourceFolder('hello', undefined), 'out/sources/hello-unpinned');
  t.equal(names.layoutIndex(names.baseFolder('debian_bookworm', 'linux/arm64', 'key')), 'out/bases/debian_bookworm_linux-arm64-key/index.json');
  t.equal(names.packagingFolder('linux/amd64', 'key'), 'out/images/packaging_linux-amd64-key');
  t.equal(names.dockerfilePath('t'), 'dockerfiles/t.Dockerfile');
  t.equal(names.shardPath('hello', '2.10'), 'out/rules/hello_2.10.mk');
  t.end();
});

t.test('a content key is short, and the same for the same text only', (t) => {
  t.match(names.contentKey('a'), /^[0-9a-f]{16}$/);
  t.equal(names.contentKey('a'), names.contentKey('a'));
  t.not(names.contentKey('a'), names.contentKey('b'));
  t.end();
});

t.test('pages of the report link to each other and to files of out/ by relative paths', (t) => {
  t.equal(names.linkFrom('index.html', names.reportPage('targets', 'a_1.0~rc1+b')), 'targets/a_1.0~rc1%2Bb.html');
  t.equal(names.linkFrom('targets/a.html', names.reportPage('runs', '000001')), '../runs/000001.html');
  t.equal(names.linkFrom('targets/a.html', 'out/attempts/a b/x'), '../../attempts/a%20b/x');
  t.equal(names.linkFrom('index.html', names.servedFile('deb/x')), '../repository/served/deb/x');
  t.end();
});
