import t from 'tap';

import { digestFile } from '../../generator/io/read.js';
import { Elsewhere, makeHere } from './engine.js';

t.test('hello built again, elsewhere and later and from nothing, is the same byte for byte', async (t) => {
  const target = 'hello_2.10_debian_bookworm_linux-amd64';
  const artifact = `out/packages/${target}/hello_2.10-1~deb12_amd64.deb`;
  const workspace = new Elsewhere(t, 'matrix');

  const first = await makeHere([target]);
  const second = await workspace.make([target, 'NO_CACHE=1']);

  t.equal(first.exitCode, 0, first.output);
  t.equal(second.exitCode, 0, second.output);
  t.equal(digestFile(workspace.path(artifact)), digestFile(artifact));
});
