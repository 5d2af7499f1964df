import { readFileSync } from 'node:fs';

import t from 'tap';

import type { Told } from './night.js';
import { Night } from './night.js';

t.test('a cell that is broken is one message, and the rest is built', async (t) => {
  const { night } = await Night.start(t);
  night.edit('matrix/packages/probe/smoke', 'set -eux', 'set -eux\ngrep -q bookworm /etc/os-release');

  const nights: (readonly string[])[] = [];
  const told: Told[] = [];
  for (let count = 0; count < 3; count++) {
    await night.run();
    nights.push(night.built());
    told.push(...night.told.filter((one) => one.kind !== 'digest'));
  }
  night.edit('matrix/packages/probe/smoke', 'grep -q bookworm /etc/os-release', ':');
  const mended = await night.run();

  const broken = 'probe_1.0_debian_trixie_linux-amd64';
  t.same(nights, [['probe_1.0_debian_bookworm_linux-amd64', broken], [], [broken]], 'a night is left out');
  t.match(told, [{ kind: 'red', title: new RegExp(broken) }]);
  t.equal(told.length, 1);
  t.equal(mended.exitCode, 0, mended.output);
  t.match(
    night.told.filter((one) => one.kind !== 'digest'),
    [{ kind: 'green', title: new RegExp(broken) }],
  );
  t.match(readFileSync(night.path('out/report/feed.atom'), 'utf8'), broken);
});
