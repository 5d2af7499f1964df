import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import t from 'tap';

import { Elsewhere } from './engine.js';

const target = 'probe_2.10_debian_bookworm_linux-amd64';

/** A way to the engine that a test can cut. */
async function wire(): Promise<{ readonly host: string; readonly cut: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'packmill-wire-'));
  const path = join(folder, 'docker.sock');
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const engine = connect('/var/run/docker.sock');
    for (const end of [client, engine]) {
      open.add(end);
      end.on('error', () => end.destroy());
      end.on('close', () => open.delete(end));
    }
    client.pipe(engine).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    host: `unix://${path}`,
    cut: () => {
      server.close();
      for (const end of open) end.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

t.test('an engine that is not there is an infrastructure fault', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  t.equal((await workspace.make([target])).exitCode, 0, 'with the engine it builds');
  workspace.edit('matrix/packages/probe.yaml', 'iteration: 1', 'iteration: 2');

  const ran = await workspace.make([target], { DOCKER_HOST: 'unix:///nonexistent/docker.sock' });

  t.match(ran.output, `${target}: infrastructure fault`);
  t.match(ran.output, 'Error 75');
  t.notOk(existsSync(workspace.path(`out/packages/${target}/probe_2.10-2~deb12_amd64.deb`)));
});

t.test('an engine that goes away half-way is an infrastructure fault, and the next run succeeds', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  workspace.edit('matrix/packages/probe/build', 'set -eux', `set -eux\nsleep 20 # ${String(Date.now())}`);
  const { host, cut } = await wire();

  const running = workspace.make([target], { DOCKER_HOST: host });
  const log = workspace.path(`out/attempts/${target}/last/build.log`);
  while (!existsSync(log) || !/\[build 1\/1\] RUN/.test(workspace.read(`out/attempts/${target}/last/build.log`)))
    await new Promise((resolve) => setTimeout(resolve, 200));
  cut();
  const ran = await running;

  t.match(ran.output, `${target}: infrastructure fault`);
  t.match(ran.output, 'Error 75');
  t.same(readdirSync(workspace.path('out/packages')), []);
  t.equal((await workspace.make([target])).exitCode, 0);
});
