import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';
import type { Test } from 'tap';
import t from 'tap';

import { amd64, arm64, workspaceWith } from './builders.js';

const bridge = 'packmill-test';

/** A second engine on this machine, with nothing of the first one's. */
async function secondEngine(t: Test): Promise<{ readonly host: string; readonly kill: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'packmill-engine-'));
  const host = `unix://${folder}/docker.sock`;
  await execa('ip', ['link', 'delete', bridge], { reject: false });
  await execa('ip', ['link', 'add', bridge, 'type', 'bridge']);
  await execa('ip', ['address', 'add', '10.213.77.1/24', 'dev', bridge]);
  await execa('ip', ['link', 'set', bridge, 'up']);
  writeFileSync(join(folder, 'daemon.json'), '{ "features": { "containerd-snapshotter": true } }');
  const places = ['data-root', 'exec-root'].flatMap((place) => [`--${place}`, join(folder, place)]);
  const engine = execa('dockerd', [...places, '--config-file', `${folder}/daemon.json`, '--pidfile', `${folder}/pid`, '--host', host, '--bridge', bridge], {
    reject: false,
    all: true,
  });
  const kill = (): void => {
    engine.kill('SIGKILL');
  };
  t.teardown(async () => {
    engine.kill('SIGTERM');
    await engine;
    await execa('pkill', ['-f', folder], { reject: false });
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await execa('ip', ['link', 'delete', bridge], { reject: false });
    await execa('bash', ['-c', `awk '$2 ~ "^${folder}/" { print $2 }' /proc/mounts | sort -r | xargs -r umount --lazy`], { reject: false });
    rmSync(folder, { recursive: true, force: true });
  });
  for (let tries = 0; tries < 60; tries++) {
    if ((await execa('docker', ['--host', host, 'version'], { reject: false })).exitCode === 0) return { host, kill };
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`the second engine does not start:\n${(await engine).all}`);
}

t.test('two engines take the cells of their platforms', async (t) => {
  const { host, kill } = await secondEngine(t);
  const { workspace, env } = workspaceWith(t, host);

  await t.test('each builds its own', async (t) => {
    const made = await workspace.make(['builders'], env);
    const again = await workspace.make(['builders'], env);
    const ran = await workspace.make(['-j2', amd64, arm64], env);

    t.match(made, { exitCode: 0, output: /builder second takes linux\/arm64/ });
    t.match(again, { exitCode: 0, output: /builder second is there/ });
    t.equal(ran.exitCode, 0, ran.output);
    t.ok(existsSync(workspace.path(`out/packages/${arm64}/probe_2.10-1~deb12_arm64.deb`)));
    const kept = async (...words: readonly string[]): Promise<string> => (await execa('docker', [...words, 'buildx', 'du', '--verbose'], { env })).stdout;
    t.match(await kept('--host', host), /install-test .*probe_2\.10-1~deb12_arm64\.deb/);
    t.notMatch(await kept('--host', host), /install-test .*probe_2\.10-1~deb12_amd64\.deb/);
  });

  await t.test('one that dies fails its own cells, and the rest go on', async (t) => {
    workspace.edit('matrix/packages/probe.yaml', 'iteration: 1', 'iteration: 2');
    workspace.edit('matrix/packages/probe/build', 'set -eux', `set -eux\nsleep 15 # ${String(Date.now())}`);
    const running = workspace.make(['-k', '-j2', amd64, arm64], env);
    const log = `out/attempts/${arm64}/last/build.log`;
    while (!existsSync(workspace.path(log)) || !/\[build 1\/1\] RUN/.test(workspace.read(log))) await new Promise((resolve) => setTimeout(resolve, 200));

    kill();
    const ran = await running;

    t.equal(ran.exitCode, 2);
    t.match(ran.output, `${arm64}: infrastructure fault`);
    t.ok(existsSync(workspace.path(`out/packages/${amd64}/probe_2.10-2~deb12_amd64.deb`)), 'the other engine’s package is there');
    t.notOk(existsSync(workspace.path(`out/packages/${arm64}/probe_2.10-2~deb12_arm64.deb`)));
  });
});
