import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { execa } from 'execa';
import type { Test } from 'tap';

import type { Ran } from './engine.js';
import { Elsewhere } from './engine.js';

const rocky = `
  rockylinux_8:
    family: rhel
    format: rpm
    package_manager: dnf
    suffix: el8
    image: rockylinux:8
    compression: xz
    platforms: [linux/amd64]
`;

/** A workspace with packages that lie there as scripts/attempt leaves what it has built and tested. They are real, and small. */
export class PublishingWorkspace extends Elsewhere {
  constructor(t: Test) {
    super(t, 'test/e2e/matrix');
    this.write('matrix/distros.yaml', this.read('matrix/distros.yaml') + rocky);
    const pin = 'sha256: 31e066137a962676e89f69d1b65382de95a7ef7d914b8cb956f41ea72e0f516b';
    const rows = ['2.11', '3.1', '4.0-rc1'].map((version) => `  ${version}: { source: debian, ${pin} }\n`).join('');
    this.edit('matrix/packages/probe.yaml', 'settings:', `${rows}settings:`);
  }

  /** Puts a tested package in place; `content` makes its bytes. */
  async build(
    version: string,
    distro: 'debian_bookworm' | 'debian_trixie' | 'rockylinux_8',
    { content = 'one', iteration = 1, substituted = false } = {},
  ): Promise<string> {
    const target = `probe_${version}_${distro}_linux-amd64`;
    const folder = this.path(`out/packages/${substituted ? 'substituted/' : ''}${target}`);
    mkdirSync(folder, { recursive: true });
    const upstream = version.replace('-', '~');
    const path = distro === 'rockylinux_8' ? await makeRpm(folder, upstream, iteration, content) : await makeDeb(folder, upstream, iteration, distro, content);
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
    writeFileSync(join(folder, 'status.json'), JSON.stringify({ target, base: substituted ? 'substituted' : 'own', result: 'built', sha256 }));
    writeFileSync(join(folder, 'provenance.json'), JSON.stringify({ subject: [{ name: `artifacts/${basename(path)}`, digest: { sha256 } }] }));
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\n');
    writeFileSync(join(folder, 'components'), 'linked\tlibc6\t2.36-9\tamd64\nbuild\tgcc\t4:12.2.0-3\tamd64\n');
    return path;
  }

  /** These packages cannot be installed on a base that they were built on: they were not. Other tests install. */
  override async make(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return super.make(args, { INSTALL: '0', ...env });
  }

  /** Name of the served release. */
  served(): string {
    return readlinkSync(this.path('out/repository/served')).replace('releases/', '');
  }
}

async function makeDeb(folder: string, version: string, iteration: number, distro: string, content: string): Promise<string> {
  const full = `${version}-${String(iteration)}~${distro === 'debian_trixie' ? 'deb13' : 'deb12'}`;
  const path = join(folder, `probe_${full}_amd64.deb`);
  const tree = mkdtempSync(join(tmpdir(), 'packmill-deb-'));
  mkdirSync(join(tree, 'DEBIAN'));
  mkdirSync(join(tree, 'usr/share/probe'), { recursive: true });
  writeFileSync(join(tree, 'usr/share/probe/content'), content);
  const control = `Package: probe\nVersion: ${full}\nArchitecture: amd64\nMaintainer: Packmill Tests <tests@packmill.example>\nDescription: Probe\n`;
  writeFileSync(join(tree, 'DEBIAN/control'), control);
  await execa('dpkg-deb', ['--root-owner-group', '--build', tree, path], { env: { SOURCE_DATE_EPOCH: '1700000000' } });
  rmSync(tree, { recursive: true });
  return path;
}

async function makeRpm(folder: string, version: string, iteration: number, content: string): Promise<string> {
  const path = join(folder, `probe-${version}-${String(iteration)}.el8.x86_64.rpm`);
  const tree = mkdtempSync(join(tmpdir(), 'packmill-rpm-'));
  const spec = `Name: probe\nVersion: ${version}\nRelease: ${String(iteration)}.el8\nSummary: Probe\nLicense: MIT\n%description\nProbe.\n%install\nmkdir -p %{buildroot}/usr/share/probe\necho ${content} >%{buildroot}/usr/share/probe/content\n%files\n/usr/share/probe\n`;
  writeFileSync(join(tree, 'probe.spec'), spec);
  await execa('rpmbuild', ['-bb', '--target', 'x86_64', '--define', `_topdir ${tree}`, '--define', '_build_id_links none', join(tree, 'probe.spec')]);
  await execa('cp', [join(tree, `RPMS/x86_64/probe-${version}-${String(iteration)}.el8.x86_64.rpm`), path]);
  rmSync(tree, { recursive: true });
  return path;
}

/** A user's machine that has a suite of the repository in its sources: apt with folders of its own. */
export class AptClient {
  private readonly folder = mkdtempSync(join(tmpdir(), 'packmill-client-'));

  constructor(
    t: Test,
    private readonly address: string,
    key: string,
    private readonly suite: string,
  ) {
    for (const part of ['state/lists/partial', 'cache/archives/partial', 'etc/sources.list.d', 'etc/preferences.d', 'etc/apt.conf.d'])
      mkdirSync(join(this.folder, part), { recursive: true });
    writeFileSync(join(this.folder, 'status'), '');
    writeFileSync(join(this.folder, 'key.asc'), readFileSync(key));
    writeFileSync(join(this.folder, 'etc/sources.list'), `deb [arch=amd64 signed-by=${this.folder}/key.asc] ${this.address}/deb ${this.suite} main\n`);
    t.teardown(() => {
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  async run(program: 'apt-get' | 'apt-cache', ...words: readonly string[]): Promise<Ran> {
    const options = {
      'Dir::Etc': join(this.folder, 'etc'),
      'Dir::State': join(this.folder, 'state'),
      'Dir::State::status': join(this.folder, 'status'),
      'Dir::Cache': join(this.folder, 'cache'),
      'APT::Update::Error-Mode': 'any',
      'APT::Sandbox::User': 'root',
      'Acquire::http::Proxy': 'DIRECT',
      'Acquire::Languages': 'none',
    };
    const all = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
    const ran = await execa(program, [...all, ...words], { reject: false, all: true, stdin: 'ignore', cwd: join(this.folder, 'cache') });
    return { exitCode: ran.exitCode, output: ran.all };
  }

  /** The version that an installation would take, after the lists were read again. */
  async candidate(): Promise<string> {
    const updated = await this.run('apt-get', 'update');
    if (updated.exitCode !== 0) throw new Error(updated.output);
    return /Candidate: (\S+)/.exec((await this.run('apt-cache', 'policy', 'probe')).output)?.[1] ?? 'none';
  }
}

/** A user's machine that has a folder of the repository in its sources: dnf with folders of its own. */
export class DnfClient {
  private readonly folder = mkdtempSync(join(tmpdir(), 'packmill-client-'));

  constructor(t: Test, address: string, key: string, path: string) {
    for (const part of ['repos', 'root', 'cache']) mkdirSync(join(this.folder, part));
    writeFileSync(join(this.folder, 'key.asc'), readFileSync(key));
    const main = `reposdir=${this.folder}/repos\ncachedir=${this.folder}/cache\npersistdir=${this.folder}/cache\nlogdir=${this.folder}\npluginpath=${this.folder}`;
    writeFileSync(join(this.folder, 'dnf.conf'), `[main]\n${main}\nproxy=\ngpgcheck=1\nrepo_gpgcheck=1\nskip_if_unavailable=0\n`);
    writeFileSync(join(this.folder, 'repos/probe.repo'), `[probe]\nname=probe\nbaseurl=${address}/rpm/${path}\ngpgkey=file://${this.folder}/key.asc\n`);
    t.teardown(() => {
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  /** Runs dnf, which asks the server anew. */
  async run(...words: readonly string[]): Promise<Ran> {
    const all = ['--config', 'dnf.conf', '--installroot', join(this.folder, 'root'), '--releasever=1', '--refresh', '--assumeyes', ...words];
    const ran = await execa('dnf', all, { reject: false, all: true, stdin: 'ignore', cwd: this.folder });
    return { exitCode: ran.exitCode, output: ran.all };
  }
}

/** The web server of `make serve`, as a process of its own. */
export async function serve(t: Test, workspace: Elsewhere): Promise<string> {
  const server = execa('node', ['out/generator/cli.mjs', 'serve', '0'], { cwd: workspace.folder, reject: false });
  t.teardown(async () => {
    server.kill();
    await server;
  });
  return new Promise((resolve, reject) => {
    server.stdout.on('data', (text: Buffer) => {
      const address = /http:\S+[0-9]/.exec(text.toString())?.[0];
      if (address !== undefined) resolve(address);
    });
    void server.then((ran) => {
      reject(new Error(`the server ends: ${ran.stderr}`));
    });
  });
}
