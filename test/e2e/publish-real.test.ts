import t from 'tap';

import { publishReal } from './publish-real.js';

// It runs makeHere: in this folder, where the long builds are.
t.test('Erlang and hello are published, installed by apt and dnf on clean systems, upgraded and rolled back', async (t) => {
  await publishReal(t, 1);
});
