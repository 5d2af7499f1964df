import { readFileSync } from 'node:fs';

import t from 'tap';

import { Elsewhere } from './engine.js';

t.test('what is published is built again, byte for byte; a difference is shown', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  const target = 'probe_2.10_debian_bookworm_linux-amd64';
  await workspace.make(['key', target]);
  await workspace.make(['publish']);

  const same = await workspace.make(['rebuild-check', `TARGET=${target}`]);

  t.match(same, { exitCode: 0, output: /probe_2\.10-1~deb12_amd64\.deb: the same bytes, sha256 [0-9a-f]{64}/ }, same.output);
  t.match(await workspace.make(['rebuild-check', 'TARGET=probe_2.10_debian_trixie_linux-amd64']), { exitCode: 2, output: /is not published/ });

  workspace.edit('matrix/packages/probe/stage', 'set -eux', 'set -eux\nmkdir -p "$DESTDIR/usr/share/probe"\ndate +%N >"$DESTDIR/usr/share/probe/moment"');
  await workspace.make([target, 'ITERATION=2']);
  await workspace.make(['publish', 'ITERATION=2']);
  const other = await workspace.make(['rebuild-check', target, 'ITERATION=2']);

  t.match(other, { exitCode: 2, output: /differs from what was published/ });
  t.match(other.output, 'usr/share/probe/moment');
  t.match(readFileSync(workspace.path('out/repository/journal'), 'utf8'), / publish$/m);
});
