import t from 'tap';

import { publishReal } from './publish-real.js';

// It runs makeHere: in this folder, where the long builds are.
t.test('the same with Erlang for two Debian releases', async (t) => {
  await publishReal(t, 2);
});
