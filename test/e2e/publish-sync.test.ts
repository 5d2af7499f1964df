import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import S3rver from 's3rver';
import type { Test } from 'tap';
import t from 'tap';

import { AptClient, PublishingWorkspace } from './publishing.js';

/** A server that speaks S3, with one bucket; gives its address. */
async function startStore(t: Test): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'packmill-s3-'));
  const website = '<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument></WebsiteConfiguration>';
  const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory, configureBuckets: [{ name: 'packages', configs: [website] }] });
  const { port } = await server.run();
  t.teardown(async () => {
    await server.close();
    rmSync(directory, { recursive: true });
  });
  return `http://127.0.0.1:${String(port)}`;
}

/** What the four passes moved, as rclone counts it. */
function moved(output: string): readonly string[] {
  return [...output.matchAll(/NOTICE: +([0-9.]+ \S+) \/ /g)].map(([, size = '']) => size);
}

t.test('an object store serves the same clients; a second sync moves nothing', async (t) => {
  const workspace = new PublishingWorkspace(t);
  await workspace.make(['key']);
  await workspace.build('2.10', 'debian_bookworm');
  await workspace.build('2.10', 'rockylinux_8');
  t.match(await workspace.make(['sync', 'REMOTE=/nowhere']), { exitCode: 2, output: 'nothing is published yet' });
  await workspace.make(['publish']);
  const address = await startStore(t);
  const remote = `REMOTE=:s3,provider=Other,endpoint="${address}",access_key_id=S3RVER,secret_access_key=S3RVER,force_path_style=true:packages/repository`;

  const dry = await workspace.make(['sync', remote, 'DRY=1']);
  const first = await workspace.make(['sync', remote]);
  const second = await workspace.make(['sync', remote]);

  t.equal(dry.exitCode, 0, dry.output);
  t.match(dry.output, /InRelease: Skipped copy as --dry-run is set/);
  t.equal(first.exitCode, 0, first.output);
  t.not(moved(first.output)[0], '0 B');
  t.same(moved(second.output), ['0 B', '0 B', '0 B', '0 B'], second.output);
  const client = new AptClient(t, `${address}/packages/repository`, workspace.path('out/repository/served/keys/packages.asc'), 'bookworm-probe-2-testing');
  t.equal(await client.candidate(), '2.10-1~deb12');
  t.match(await client.run('apt-get', 'download', 'probe'), { exitCode: 0 });

  await workspace.build('2.11', 'debian_bookworm');
  await workspace.make(['publish']);
  const third = await workspace.make(['sync', remote]);
  t.equal(third.exitCode, 0, third.output);
  t.equal(await client.candidate(), '2.11-1~deb12');
});

t.test('a folder gets exactly what is served', async (t) => {
  const workspace = new PublishingWorkspace(t);
  await workspace.make(['key']);
  await workspace.build('2.10', 'debian_bookworm');
  await workspace.make(['publish']);
  const folder = join(workspace.folder, 'www');

  await workspace.make(['sync', `REMOTE=${folder}`]);

  const list = (path: string): readonly string[] => readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
  t.same(list(folder), list(workspace.path('out/repository/served/.')));
  t.match(await workspace.make(['sync']), { exitCode: 2, output: 'sync needs REMOTE=' });
});
