import { cpSync, readFileSync, writeFileSync } from 'node:fs';

import { execa } from 'execa';
import type { Test } from 'tap';
import t from 'tap';

import { make } from './engine.js';
import { commandsFor, freePort, Machine } from './machine.js';
import { PublishingWorkspace } from './publishing.js';

/** A workspace whose repository can be served at the address that its page and its release package name. */
async function addressedWorkspace(t: Test): Promise<{ readonly workspace: PublishingWorkspace; readonly serve: () => Promise<void> }> {
  const workspace = new PublishingWorkspace(t);
  const port = await freePort();
  workspace.edit('matrix/workspace.yaml', 'packaging_distro:', `publishing: { address: 'http://127.0.0.1:${String(port)}' }\npackaging_distro:`);
  cpSync('matrix/packages/release', workspace.path('matrix/packages/release'), { recursive: true });
  cpSync('matrix/packages/release.yaml', workspace.path('matrix/packages/release.yaml'));
  await workspace.make(['key']);
  const serve = async (): Promise<void> => {
    const server = execa('node', ['out/generator/cli.mjs', 'serve', String(port)], { cwd: workspace.folder, reject: false });
    t.teardown(() => {
      server.kill();
    });
    await new Promise((resolve) => server.stdout.once('data', resolve));
  };
  return { workspace, serve };
}

t.test('the release package makes apt install and upgrade just work on a clean Debian', async (t) => {
  const { workspace, serve } = await addressedWorkspace(t);
  await workspace.build('2.10', 'debian_bookworm');
  const target = 'release_1_debian_bookworm_linux-amd64';
  const built = await workspace.make([target]);
  t.equal(built.exitCode, 0, built.output);
  await workspace.make(['publish']);
  await workspace.make(['promote', 'FROM=testing', 'TO=stable']);
  await serve();
  const layout = /^# base: (\S+)/m.exec(workspace.read(`out/packages/${target}/Dockerfile`))?.[1] ?? '';
  const machine = await Machine.start(t, workspace.path(layout), workspace.path(`out/packages/${target}`));

  await machine.run('dpkg -i /mnt/*.deb && apt-get update && apt-get install -y probe');
  t.match(await machine.run("dpkg-query -W -f '${Version}' probe"), '2.10-1~deb12');

  await workspace.build('2.11', 'debian_bookworm');
  await workspace.make(['publish']);
  t.match(await machine.run('apt-get update && apt-get install -y --only-upgrade probe'), /probe is already the newest version/, 'testing is switched off');
  await workspace.make(['promote', 'FROM=testing', 'TO=stable']);
  await machine.run('apt-get update && apt-get install -y --only-upgrade probe');
  t.match(await machine.run("dpkg-query -W -f '${Version}' probe"), '2.11-1~deb12');

  const pasted = await Machine.start(t, workspace.path(layout), workspace.path('matrix'));
  await pasted.run(commandsFor(workspace.read('out/repository/served/index.html'), 'bookworm-probe-2'));
  t.match(await pasted.run('cat /usr/share/probe/content'), 'one');
});

t.test('dnf installs by the commands of the page, and refuses a tampered package and a tampered index', async (t) => {
  const standin = (await make(process.cwd(), ['-s', 'el-standin'])).output.trim().split('\n').at(-1) ?? '';
  const layout = standin.slice(standin.indexOf('oci-layout://') + 'oci-layout://'.length);
  const { workspace, serve } = await addressedWorkspace(t);
  await workspace.build('2.10', 'rockylinux_8', { substituted: true });
  t.match(await workspace.make(['publish']), { exitCode: 0 });
  await serve();
  const machine = await Machine.start(t, layout, workspace.path('matrix'));
  const page = readFileSync(workspace.path('out/repository/served/index.html'), 'utf8');

  await machine.run(commandsFor(page, 'probe-2-substituted'));

  t.match(await machine.run('rpm -q probe'), 'probe-2.10-1.el8.x86_64');
  t.match(await machine.run('cat /usr/share/probe/content'), 'one');

  const file = workspace.path('out/repository/served/rpm/rockylinux/8/x86_64/probe-2-substituted/Packages/probe-2.10-1.el8.x86_64.rpm');
  await execa('bash', ['-c', `printf x | dd of='${file}' bs=1 seek=3000 conv=notrunc`]);
  await t.rejects(machine.run('rpm -e probe && dnf clean packages && dnf install -y probe'), /checksum|digest|Error/i);

  const index = workspace.path('out/repository/served/rpm/rockylinux/8/x86_64/probe-2-substituted/repodata/repomd.xml');
  writeFileSync(index, readFileSync(index, 'utf8').replace('<revision>', '<revision>1'));
  await t.rejects(machine.run('dnf makecache --refresh'), /signature|GPG/i, 'nor an index');
});
