import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { execa } from 'execa';
import t from 'tap';

import { makeFolder } from '../../generator/io/folder.js';

t.test('a folder is made with those above it, and may be there already', (t) => {
  const folder = t.testdir({});
  makeFolder(join(folder, 'a/b'), 0o700);
  makeFolder(join(folder, 'a/b'));
  t.equal(statSync(join(folder, 'a/b')).mode & 0o777, 0o700);
  t.end();
});

t.test('in a workspace that has been deleted it is an error at once', async (t) => {
  for (const known of ['', 'process.cwd();']) {
    const folder = mkdtempSync(join(tmpdir(), 'packmill-folder-'));
    const script = `
      import { rmdirSync } from 'node:fs';
      import { makeFolder } from '${resolve('generator/io/folder.ts')}';
      ${known}
      rmdirSync('${folder}');
      makeFolder('out/runs');
    `;
    const words = [`--import=${import.meta.resolve('tsx')}`, '--input-type=module', '--eval', script];
    const ran = await execa(process.execPath, words, { cwd: folder, reject: false, timeout: 60_000, killSignal: 'SIGKILL' });
    t.match(ran, { exitCode: 1, stderr: /ENOENT/ });
  }
});
