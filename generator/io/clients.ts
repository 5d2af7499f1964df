import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { execa } from 'execa';
import { makeFolder } from './folder.js';

/** What a client said when it refused the repository. */
export class ClientError extends Error {}

async function client(command: string, words: readonly string[], cwd: string): Promise<string> {
  const ran = await execa(command, [...words], { stdin: 'ignore', cwd, env: { LC_ALL: 'C.UTF-8' }, all: true, reject: false });
  if (ran.exitCode !== 0) throw new ClientError(`${command}: ${ran.exitCode === undefined ? String(ran.shortMessage) : ran.all.trim()}`);
  return ran.all;
}

/** A suite of apt and packages of it, `name=version`, to be downloaded by architecture. */
export interface AptRequest {
  readonly suite: string;
  readonly architectures: readonly string[];
  readonly packages: readonly { readonly name: string; readonly revision: string; readonly architecture: string }[];
}

/** Reads suites with apt as a user's machine does, which has this key alone, and downloads packages of them. Nothing of this machine's apt takes part. */
export async function readWithApt(address: string, key: string, requests: readonly AptRequest[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'packmill-apt-'));
  try {
    for (const part of ['state/lists/partial', 'cache/archives/partial', 'etc/sources.list.d', 'etc/preferences.d', 'etc/apt.conf.d', 'files'])
      makeFolder(join(folder, part));
    writeFileSync(join(folder, 'status'), '');
    const lines = requests.map(({ suite, architectures }) => `deb [arch=${architectures.join(',')} signed-by=${resolve(key)}] ${address}/deb ${suite} main\n`);
    writeFileSync(join(folder, 'etc/sources.list'), lines.join(''));
    const all = [...new Set(requests.flatMap((one) => one.architectures))];
    const options = {
      'Dir::Etc': join(folder, 'etc'),
      'Dir::Etc::main': '/dev/null',
      'Dir::State': join(folder, 'state'),
      'Dir::State::status': join(folder, 'status'),
      'Dir::Cache': join(folder, 'cache'),
      'APT::Architecture': all[0] ?? 'amd64',
      'APT::Update::Error-Mode': 'any',
      'APT::Sandbox::User': 'root',
      'Acquire::http::Proxy': 'DIRECT',
      'Acquire::Languages': 'none',
    };
    const words = [
      ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
      ...all.flatMap((one) => ['-o', `APT::Architectures::=${one}`]),
    ];
    await client('apt-get', [...words, 'update'], folder);
    const packages = requests.flatMap((one) =>
      one.packages.map(({ name, revision, architecture }) => `${name}${architecture === 'all' ? '' : `:${architecture}`}=${revision}`),
    );
    if (packages.length > 0) await client('apt-get', [...words, 'download', ...new Set(packages)], join(folder, 'files'));
    if (readdirSync(join(folder, 'files')).length < new Set(packages).size) throw new ClientError('apt-get: not every package was downloaded');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A repository of dnf and files of it whose signature counts. */
export interface DnfRequest {
  readonly path: string;
  readonly architecture: string;
  readonly files: readonly string[];
}

/** Reads repositories with dnf as a user's machine does, with this key alone, and has rpm check the signature of every file with a database of its own. */
export async function readWithDnf(address: string, key: string, requests: readonly DnfRequest[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'packmill-dnf-'));
  try {
    for (const part of ['repos', 'root', 'cache', 'rpmdb']) mkdirSync(join(folder, part));
    const conf = `[main]\nreposdir=${folder}/repos\ncachedir=${folder}/cache\npersistdir=${folder}/cache\nlogdir=${folder}\npluginpath=${folder}\nproxy=\ngpgcheck=1\nrepo_gpgcheck=1\nskip_if_unavailable=0\n`;
    writeFileSync(join(folder, 'dnf.conf'), conf);
    const sections = requests.map(
      ({ path }, index) => `[r${String(index)}]\nname=r${String(index)}\nbaseurl=${address}/rpm/${path}\ngpgkey=file://${resolve(key)}\n`,
    );
    writeFileSync(join(folder, 'repos/all.repo'), sections.join(''));
    await client('dnf', ['--config', 'dnf.conf', '--installroot', join(folder, 'root'), '--releasever=1', '--assumeyes', 'makecache'], folder);
    const files = requests.flatMap((one) => one.files);
    if (files.length === 0) return;
    await checkSignatures(files, key, join(folder, 'rpmdb'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Has rpm check files with this key alone: an unsigned file passes with the keys of a machine. */
async function checkSignatures(files: readonly string[], key: string, database: string): Promise<void> {
  await client('rpmkeys', ['--dbpath', database, '--import', resolve(key)], '.');
  const said = await client('rpmkeys', ['--dbpath', database, '--checksig', ...files.map((file) => resolve(file))], '.');
  const unsigned = said.split('\n').filter((line) => !line.endsWith(': digests signatures OK'));
  if (unsigned.length > 0) throw new ClientError(`rpm: ${unsigned.join('\n')}`);
}

/** Has rpm check the signature in a package. */
export async function checkPackageSignature(file: string, key: string): Promise<void> {
  const database = mkdtempSync(join(tmpdir(), 'packmill-rpmdb-'));
  try {
    await checkSignatures([file], key, database);
  } finally {
    rmSync(database, { recursive: true, force: true });
  }
}
