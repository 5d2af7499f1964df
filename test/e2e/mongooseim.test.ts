import t from 'tap';

import { make } from './engine.js';

const target = 'mongooseim_6.2.1_debian_bookworm_linux-amd64';

t.test('building it says that the source is not pinned, or that it cannot be fetched', async (t) => {
  const ran = await make(process.cwd(), ['-k', target, 'OFFLINE=1']);

  t.equal(ran.exitCode, 2);
  t.match(ran.output, /MongooseIM-6\.2\.1\.tar\.gz/);
});
