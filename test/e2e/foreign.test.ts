import t from 'tap';

import { Elsewhere } from './engine.js';

t.test('a recipe that cannot cross-compile is emulated, and gives a package for the same machine', async (t) => {
  const workspace = new Elsewhere(t, 'matrix');
  const target = 'hello_2.10_debian_bookworm_linux-arm64';
  workspace.edit('matrix/packages/hello.yaml', 'cross: true', 'cross: false');

  const ran = await workspace.make([target]);
  const explained = await workspace.make(['-s', 'explain', `TARGET=${target}`]);

  t.equal(ran.exitCode, 0, ran.output);
  t.match(workspace.read(`out/packages/${target}/logs/build.log`), /checking for gcc\.\.\. gcc\n/, 'the distro’s own compiler');
  t.match(workspace.read(`out/packages/${target}/logs/package.log`), 'Architecture: arm64');
  t.match(explained.output, 'compiled under emulation, because the recipe or the distro cannot cross-compile');
});
