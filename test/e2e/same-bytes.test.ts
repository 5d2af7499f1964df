import { digestFile } from '../../generator/io/read.js';
import t from 'tap';

import { Elsewhere } from './engine.js';

t.test('hello built again, elsewhere and later and from nothing, is the same byte for byte', async (t) => {
  const target = 'hello_2.10_debian_bookworm_linux-amd64';
  const artifact = `out/packages/${target}/hello_2.10-1~deb12_amd64.deb`;
  const workspaces = [new Elsewhere(t, 'matrix'), new Elsewhere(t, 'matrix')];

  const ran = [];
  for (const workspace of workspaces) ran.push(await workspace.make([target, 'NO_CACHE=1']));

  t.same(
    ran.map(({ exitCode }) => exitCode),
    [0, 0],
    ran.map(({ output }) => output).join('\n'),
  );
  const [first, second] = workspaces.map((workspace) => digestFile(workspace.path(artifact)));
  t.equal(first, second);
});
