import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import t from 'tap';

import { exportKeys } from '../../generator/io/gpg.js';

t.test('a key whose last byte is a line end is exported whole', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'packmill-gpg-'));
  writeFileSync(join(folder, 'gpg'), "#!/bin/sh\nprintf 'key\\n'\n");
  chmodSync(join(folder, 'gpg'), 0o755);
  const path = process.env.PATH;
  process.env.PATH = `${folder}:${String(path)}`;
  t.teardown(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true });
  });

  const bytes = await exportKeys({ home: folder, passphraseFile: undefined }, [], 'binary');

  t.equal(Buffer.from(bytes).toString(), 'key\n');
});
