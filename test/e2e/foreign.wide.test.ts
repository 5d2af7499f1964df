import { readFileSync } from 'node:fs';

import t from 'tap';

import { Elsewhere } from './engine.js';

t.test('a recipe that cannot cross-compile is emulated, and gives a package for the same machine', async (t) => {
  const workspace = new Elsewhere(t, 'matrix');
  const target = 'hello_2.10_debian_bookworm_linux-arm64';
  workspace.edit('matrix/packages/hello.yaml', 'cross: true', 'cross: false');
  // Most of what configure asks takes an emulated compiler, and minutes in all: its answers are known.
  const answers = readFileSync('test/e2e/hello.site', 'utf8');
  workspace.edit('matrix/packages/hello/build', './configure', `cat >/tmp/site <<'SITE'\n${answers}SITE\nexport CONFIG_SITE=/tmp/site\n./configure`);

  const ran = await workspace.make([target]);
  const explained = await workspace.make(['-s', 'explain', `TARGET=${target}`]);

  t.equal(ran.exitCode, 0, ran.output);
  const log = workspace.read(`out/packages/${target}/logs/build.log`);
  t.match(log, /checking for gcc\.\.\. gcc\n/, 'the distro’s own compiler');
  t.match(log, /checking build system type\.\.\. aarch64-/, 'on the foreign machine');
  t.match(workspace.read(`out/packages/${target}/logs/package.log`), 'Architecture: arm64');
  t.match(explained.output, 'compiled under emulation, because the recipe or the distro cannot cross-compile');
});
