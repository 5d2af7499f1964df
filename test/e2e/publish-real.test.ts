import { existsSync } from 'node:fs';

import t from 'tap';

import { publishReal } from './publish-real.js';

// It runs makeHere: in this folder, where the long builds are. On a slow machine the last of them is left to test-all (scripts/test).
t.test('Erlang and hello are published, installed by apt and dnf on clean systems, upgraded and rolled back', async (t) => {
  const second = existsSync('out/packages/erlang_27.3.4.1_debian_trixie_linux-amd64/status.json');
  t.comment(`Erlang for ${second ? 'two Debian releases' : 'one Debian release: the second is for test-all on a machine as slow as this'}`);
  await publishReal(t, second ? 2 : 1);
});
