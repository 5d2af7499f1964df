import { mkdirSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';

import t from 'tap';

import { CliWorkspace } from '../cli.js';

const target = 'hello_1.2_debian_bookworm_linux-amd64';
const artifact = `out/packages/${target}/hello_1.2-1~deb12_amd64.deb`;

t.test('what differs from what was published under its name gets the next iteration, and no more than that', async (t) => {
  const workspace = new CliWorkspace(t);
  await workspace.run('generate');
  const built = Buffer.from('built');
  const sha256 = createHash('sha256').update(built).digest('hex');
  mkdirSync(dirname(join(workspace.folder, artifact)), { recursive: true });
  writeFileSync(join(workspace.folder, artifact), built);
  workspace.write(`out/packages/${target}/status.json`, JSON.stringify({ result: 'built', sha256 }));
  const before = workspace.read('matrix/packages/hello.yaml');

  workspace.write('out/repository/published', `${sha256} debian_bookworm hello_1.2-1~deb12_amd64.deb\n`);
  t.match(await workspace.run('bump'), { exitCode: 0 });
  t.equal(workspace.read('matrix/packages/hello.yaml'), before, 'the same bytes');

  workspace.write('out/repository/published', `${'0'.repeat(64)} debian_bookworm hello_1.2-1~deb12_amd64.deb\n`);
  const ran = await workspace.run('bump');
  t.match(ran, { exitCode: 0, stderr: /hello 1\.2 has iteration 2 now: hello_1\.2-1~deb12_amd64\.deb was published with other bytes/ });
  const pin = `source: release, sha256: ${'1'.repeat(64)}`;
  t.equal(workspace.read('matrix/packages/hello.yaml'), before.replace(pin, `${pin}, iteration: 2`));
  t.match((await workspace.run('list', '--json')).stdout, 'hello_1.2-2~deb12_amd64.deb');

  t.match(await workspace.run('bump'), { exitCode: 0, stderr: /every series has the newest version/ }, 'nothing of the new name is built');
});
