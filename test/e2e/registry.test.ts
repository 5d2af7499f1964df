import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';
import type { Test } from 'tap';
import t from 'tap';

import { Elsewhere } from './engine.js';

const target = 'probe_2.10_debian_bookworm_linux-amd64';
const port = '5907';
const image = `localhost:${port}/debian:bookworm`;

/** A matrix of one distro whose image is at that reference. */
function distros(reference: string): string {
  return `distros:\n  debian_bookworm: { family: debian, format: deb, package_manager: apt, suffix: deb12, image: '${reference}', end_of_life: 2028-06-30, compression: xz, platforms: [linux/amd64] }\n`;
}

/** A registry on this machine that holds the bootstrapped base as an image. */
async function startRegistry(t: Test): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'packmill-registry-'));
  const config = join(folder, 'config.yml');
  writeFileSync(config, `version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: ${folder}}}\nhttp: {addr: 'localhost:${port}'}\n`);
  const registry = execa('docker-registry', ['serve', config], { reject: false, stdio: 'ignore' });
  t.teardown(async () => {
    registry.kill();
    await registry;
    rmSync(folder, { recursive: true, force: true });
  });
  const base = readdirSync('out/bases').find((name) => name.startsWith('debian_bookworm_linux-amd64-') && !name.includes('.lock'));
  writeFileSync(join(folder, 'Dockerfile'), 'FROM base\n');
  await execa('docker', [
    'buildx',
    'build',
    '--platform',
    'linux/amd64',
    '--provenance=mode=min',
    '--build-context',
    `base=oci-layout://${String(base && join('out/bases', base))}`,
    '--output',
    `type=image,name=${image},push=true`,
    folder,
  ]);
}

t.test('make lock pins a base by digest, and the target is built from that', async (t) => {
  await startRegistry(t);
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  workspace.write('matrix/distros.yaml', distros(image));

  const unpinned = await workspace.make([target]);
  t.match(unpinned.output, 'make lock writes it', 'without a pin it says what to do');
  t.match(unpinned.exitCode, 2);

  const locked = await workspace.make(['lock']);
  t.equal(locked.exitCode, 0, locked.output);
  t.match(workspace.read('matrix/lock.yaml'), /linux\/amd64: sha256:[0-9a-f]{64}/);

  const built = await workspace.make([target]);
  t.equal(built.exitCode, 0, built.output);
  t.match(workspace.read(`dockerfiles/${target}.Dockerfile`), new RegExp(`# base: ${image}@sha256:`));
});

t.test('a registry that does not answer changes nothing', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  workspace.write('matrix/distros.yaml', distros('localhost:5908/debian:bookworm'));

  const ran = await workspace.make(['lock']);

  t.equal(ran.exitCode, 2);
  t.match(ran.output, 'localhost:5908/debian:bookworm could not be looked up; matrix/lock.yaml is as it was');
});
