import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

import t from 'tap';

import { AptClient, PublishingWorkspace, serve } from './publishing.js';

t.test('what is tested is published, promoted and taken back', async (t) => {
  const workspace = new PublishingWorkspace(t);
  await workspace.build('2.10', 'debian_bookworm');
  await workspace.build('2.10', 'rockylinux_8');
  await workspace.build('4.0-rc1', 'debian_bookworm');

  const key = await workspace.make(['key']);
  const first = await workspace.make(['publish']);
  const second = await workspace.make(['publish']);

  t.match(key, { exitCode: 0, output: /^[0-9A-F]{40} {2}Packmill Tests/m });
  t.equal(first.exitCode, 0, first.output);
  t.match(first.output, 'not there: probe-2 2.10 for debian_bookworm arm64');
  t.match(second, { exitCode: 0, output: 'packmill: nothing new to publish' });
  const one = workspace.served();

  const address = await serve(t, workspace);
  const keyring = workspace.path('out/repository/served/keys/packages.asc');
  const testing = new AptClient(t, address, keyring, 'bookworm-probe-2-testing');
  t.equal(await testing.candidate(), '2.10-1~deb12');

  t.match(await workspace.make(['promote', 'FROM=testing', 'TO=stable', 'SERIES=probe-4']), { exitCode: 2, output: /nothing that may become stable/ });
  t.match(await workspace.make(['promote', 'FROM=testing', 'TO=stable']), { exitCode: 0 });
  const two = workspace.served();
  const stable = new AptClient(t, address, keyring, 'bookworm-probe-2');
  t.equal(await stable.candidate(), '2.10-1~deb12');

  await workspace.build('2.11', 'debian_bookworm');
  await workspace.make(['publish']);
  t.equal(await stable.candidate(), '2.10-1~deb12', 'stable is as it was');
  t.equal(await testing.candidate(), '2.11-1~deb12');
  await workspace.make(['promote', 'FROM=testing', 'TO=stable']);
  t.equal(await stable.candidate(), '2.11-1~deb12');

  const back = await workspace.make(['rollback', 'CHANNEL=stable', `TO=${two}`]);
  t.equal(back.exitCode, 0, back.output);
  t.equal(await stable.candidate(), '2.10-1~deb12', 'a client that saw the newer release takes the older one');
  t.match(await workspace.make(['publish']), { exitCode: 0, output: 'nothing new' });

  const none = await workspace.make(['rollback', 'CHANNEL=stable', `TO=${one}`]);
  t.equal(none.exitCode, 0, none.output);
  t.equal(await stable.candidate(), 'none', 'the suite is there, and empty');

  await workspace.make(['rollback', 'CHANNEL=testing', `TO=${two}`]);
  t.equal(await testing.candidate(), '2.10-1~deb12');
  await workspace.build('2.10', 'debian_trixie');
  const next = await workspace.make(['publish']);
  t.match(next.output, 'probe_2.11-1~deb12_amd64.deb was taken back from testing');
  t.equal(await testing.candidate(), '2.10-1~deb12', 'what was taken back stays away');

  const listed = await workspace.make(['releases']);
  t.match(listed.output, new RegExp(`^ {2}${one} .* publish$`, 'm'));
  t.match(listed.output, new RegExp(`^\\* ${workspace.served()} .* publish$`, 'm'));
  t.match(listed.output, new RegExp(`rollback stable ${two}$`, 'm'));
});

t.test('what is not as it was tested is refused, and the served state stays', async (t) => {
  const workspace = new PublishingWorkspace(t);
  await workspace.make(['key']);
  t.match(await workspace.make(['publish']), { exitCode: 2, output: 'nothing is built that could be published' });
  await workspace.build('2.10', 'debian_bookworm');
  await workspace.make(['publish']);
  const before = workspace.served();

  const other = await workspace.build('2.10', 'debian_bookworm', { content: 'two' });
  t.match(await workspace.make(['publish']), { exitCode: 2, output: /probe_2\.10-1~deb12_amd64\.deb was published with other bytes .*; raise its iteration/ });

  const tampered = await workspace.build('2.11', 'debian_bookworm');
  await workspace.build('2.10', 'debian_bookworm');
  writeFileSync(tampered, Buffer.concat([readFileSync(tampered), Buffer.from('x')]));
  t.match(await workspace.make(['publish']), {
    exitCode: 2,
    output: `${tampered.slice(workspace.folder.length + 1)} cannot be published: its bytes are not those that were tested`,
  });

  t.equal(workspace.served(), before);
  t.match(other, /probe_2\.10/);
});

t.test('substituted packages have a channel of their own, which nothing leaves', async (t) => {
  const workspace = new PublishingWorkspace(t);
  await workspace.make(['key']);
  await workspace.build('2.10', 'rockylinux_8', { substituted: true });
  await workspace.make(['publish']);

  t.match(await workspace.make(['promote', 'FROM=substituted', 'TO=stable']), { exitCode: 2, output: /stay in substituted/ });
  t.match(workspace.read('out/repository/served/rpm/rockylinux/8/x86_64/probe-2-substituted/repodata/repomd.xml'), '<repomd');
});

t.test('without a key nothing is published', async (t) => {
  const workspace = new PublishingWorkspace(t);
  await workspace.build('2.10', 'debian_bookworm');

  t.match(await workspace.make(['publish']), { exitCode: 2, output: 'no key to sign with; make key creates one' });
  await workspace.make(['key']);
  t.match(await workspace.make(['publish', 'KEY=0123456789ABCDEF']), { exitCode: 2, output: /has no 0123456789ABCDEF/ });
});

t.test('a client takes neither a package nor an index that was changed behind the publisher', async (t) => {
  const workspace = new PublishingWorkspace(t);
  await workspace.make(['key']);
  await workspace.build('2.10', 'debian_bookworm');
  await workspace.make(['publish']);
  const address = await serve(t, workspace);
  const client = new AptClient(t, address, workspace.path('out/repository/served/keys/packages.asc'), 'bookworm-probe-2-testing');
  const suite = workspace.path('out/repository/served/deb/dists/bookworm-probe-2-testing');
  await client.candidate();

  const package_ = workspace.path('out/repository/served/deb/pool/main/p/probe/probe_2.10-1~deb12_amd64.deb');
  writeFileSync(package_, readFileSync(package_).fill(0, 100, 110));
  t.match(await client.run('apt-get', 'download', 'probe'), { exitCode: 100, output: /Hash Sum mismatch/ });

  writeFileSync(`${suite}/InRelease`, readFileSync(`${suite}/InRelease`, 'utf8').replace('main/binary-amd64', 'main/binary-arm64'));
  t.match(await client.run('apt-get', 'update'), { exitCode: 100, output: /BADSIG|invalid/ });
});

t.test('a downloaded package is verified from end to end, and is not when a byte differs', async (t) => {
  const workspace = new PublishingWorkspace(t);
  await workspace.make(['key']);
  await workspace.build('2.10', 'debian_bookworm');
  await workspace.build('2.10', 'rockylinux_8');
  await workspace.make(['publish']);
  const served = workspace.path('out/repository/served');
  const deb = `${served}/deb/pool/main/p/probe/probe_2.10-1~deb12_amd64.deb`;
  const rpm = `${served}/rpm/rockylinux/8/x86_64/probe-2-testing/Packages/probe-2.10-1.el8.x86_64.rpm`;
  const downloads = workspace.path('downloads');
  mkdirSync(downloads);
  for (const file of [deb, rpm]) copyFileSync(file, `${downloads}/${basename(file)}`);

  const verified = await workspace.make(['verify', `FILE=downloads/${basename(deb)}`]);
  t.equal(verified.exitCode, 0, verified.output);
  t.equal(verified.output.match(/^ok: /gm)?.length, 3);
  t.match(await workspace.make(['verify', `FILE=downloads/${basename(rpm)}`]), { exitCode: 0, output: 'ok: rpm accepts the signature in it' });
  const sbom = JSON.parse(readFileSync(`${deb}.cdx.json`, 'utf8')) as { components: readonly { purl?: string; scope?: string }[] };
  t.match(
    sbom.components.map((one) => [one.scope, one.purl]),
    [
      [undefined, undefined],
      ['required', 'pkg:deb/debian/libc6@2.36-9?arch=amd64&distro=debian-bookworm'],
      ['excluded', 'pkg:deb/debian/gcc@4%3A12.2.0-3?arch=amd64&distro=debian-bookworm'],
    ],
  );

  const bytes = readFileSync(deb);
  writeFileSync(`${downloads}/${basename(deb)}`, bytes.fill(bytes[200] === 0 ? 1 : 0, 200, 201));
  t.match(await workspace.make(['verify', `FILE=downloads/${basename(deb)}`]), { exitCode: 2, output: /is not to be trusted: its sha256 is/ });
  writeFileSync(`${deb}.cdx.json`, '{}');
  copyFileSync(deb, `${downloads}/${basename(deb)}`);
  t.match(await workspace.make(['verify', `FILE=downloads/${basename(deb)}`]), { exitCode: 2, output: /cdx\.json is not what was signed/ });
  t.match(await workspace.make(['verify', 'FILE=downloads/none.deb']), { exitCode: 2, output: 'there is no such file' });
});
