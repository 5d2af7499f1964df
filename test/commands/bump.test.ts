import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { execaSync } from 'execa';
import t from 'tap';
import type { Test } from 'tap';

import { CliWorkspace } from '../cli.js';

const file = 'matrix/packages/hello.yaml';

/** An upstream on this machine: a git repository and a folder with its sources. */
class LocalUpstream {
  readonly repository: string;
  readonly sources: string;

  constructor(private readonly workspace: CliWorkspace) {
    this.repository = join(workspace.folder, 'upstream');
    this.sources = join(workspace.folder, 'mirror');
    for (const folder of [this.repository, this.sources]) mkdirSync(folder);
    this.git('init', '--quiet', '--initial-branch=main');
  }

  git(...words: readonly string[]): string {
    return execaSync('git', ['-c', 'user.name=Tests', '-c', 'user.email=tests@packmill.example', ...words], { cwd: this.repository }).stdout;
  }

  /** Publishes a version: a tag and a source. Gives the source's checksum. */
  release(version: string): string {
    this.git('commit', '--quiet', '--allow-empty', '--message', version);
    this.git('tag', '--force', `v${version}`);
    writeFileSync(join(this.workspace.folder, 'README'), version);
    const archive = join(this.sources, `hello-${version}.tar.gz`);
    execaSync('tar', ['-czf', archive, 'README'], { cwd: this.workspace.folder });
    return createHash('sha256')
      .update(execaSync('cat', [archive], { encoding: 'buffer' }).stdout)
      .digest('hex');
  }
}

/** The sound workspace, whose package follows an upstream on this machine. */
async function arrange(t: Test, more = ''): Promise<{ readonly workspace: CliWorkspace; readonly upstream: LocalUpstream }> {
  const workspace = new CliWorkspace(t);
  cpSync('scripts', join(workspace.folder, 'scripts'), { recursive: true });
  const upstream = new LocalUpstream(workspace);
  workspace.edit(file, 'versions:\n', `upstream: { git: 'file://${upstream.repository}', names: 'v{version}'${more} }\nversions: # followed\n`);
  await workspace.run('generate');
  return { workspace, upstream };
}

const offline = ['--mirror', 'mirror', '--offline'];

t.test('the newest version of a series takes the row of the one before, and nothing else changes', async (t) => {
  const { workspace, upstream } = await arrange(t);
  for (const version of ['1.2', '1.3', '2.0', '2.1-rc1']) upstream.release(version);
  const sha256 = upstream.release('1.4');
  const commit = upstream.git('rev-parse', 'v1.4^{commit}');
  const before = workspace.read(file);

  const shown = await workspace.run('outdated');
  const ran = await workspace.run('bump', 'hello', ...offline);
  const again = await workspace.run('bump', 'hello', ...offline);

  t.match(shown.stdout, /^hello_1 +1\.2 +1\.4 +newer\nhello_2 +- +2\.0 +new series$/m);
  t.equal(ran.exitCode, 0, ran.stderr);
  t.match(ran.stderr, 'hello 1.2 is 1.4 now: 2 targets appear, 2 disappear');
  t.match(ran.stderr, /\+ hello_1\.4_debian_bookworm_linux-amd64\n {2}\+ hello_1\.4_debian_bookworm_linux-arm64\n {2}- hello_1\.2_/);
  const row = `  1.2: { source: release, sha256: ${'1'.repeat(64)} }`;
  t.equal(workspace.read(file), before.replace(row, `  1.4: { source: release, sha256: ${sha256}, commit: ${commit} }`));
  t.match(again, { exitCode: 0, stderr: 'packmill: every series has the newest version that is followed\n' });
  t.equal((await workspace.run('generate', '--check')).exitCode, 0);
});

t.test('a new series comes when it is named, and is committed when that is wanted', async (t) => {
  const { workspace, upstream } = await arrange(t);
  upstream.release('1.2');
  upstream.release('2.0');
  const git = (...words: readonly string[]): string =>
    execaSync('git', ['-c', 'user.name=Tests', '-c', 'user.email=tests@packmill.example', ...words], { cwd: workspace.folder }).stdout;
  git('init', '--quiet');
  git('config', 'user.name', 'Tests');
  git('config', 'user.email', 'tests@packmill.example');
  git('add', 'matrix');
  git('commit', '--quiet', '--message', 'first');

  const ran = await workspace.run('bump', 'hello', '--series=hello_2', '--commit', ...offline);
  const strange = await workspace.run('bump', 'hello', '--series=hello_3', ...offline);

  t.equal(ran.exitCode, 0, ran.stderr);
  t.equal(git('log', '-1', '--format=%s'), 'Bump hello 2.0');
  t.equal(git('status', '--short', 'matrix'), '');
  t.match(workspace.read(file), /^ {2}1\.2: .*\n {2}2\.0: /m);
  t.match(strange, { exitCode: 2, stderr: /upstream has no hello_3/ });
});

t.test('a tag that upstream has moved stops everything of its package', async (t) => {
  const { workspace, upstream } = await arrange(t);
  upstream.release('1.3');
  await workspace.run('bump', 'hello', ...offline);
  upstream.release('1.3');
  upstream.release('1.4');
  const before = workspace.read(file);

  const ran = await workspace.run('bump', 'hello', ...offline);

  t.equal(ran.exitCode, 75);
  t.match(ran.stderr, /hello: .*upstream has moved tags, so nothing of it is taken: the tag of 1\.3 stood for [0-9a-f]{12} when it was pinned/);
  t.equal(workspace.read(file), before);
});

t.test('a source that is not what upstream published is refused, and one whose checksum fits is told', async (t) => {
  const { workspace, upstream } = await arrange(t);
  let sums = `${'0'.repeat(64)}  hello-1.3.tar.gz\n`;
  const server = createServer((_, response) => response.end(sums));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  workspace.edit(file, "    addresses: ['https", `    checksums: 'http://127.0.0.1:${String(port)}/{version}/SHA256SUMS'\n    addresses: ['https`);
  const sha256 = upstream.release('1.3');
  const before = workspace.read(file);

  const refused = await workspace.run('bump', 'hello', ...offline);
  t.equal(refused.exitCode, 1);
  t.match(refused.stderr, /hello-1\.3\.tar\.gz is not what upstream published/);
  t.equal(workspace.read(file), before);

  sums = `${'0'.repeat(64)}  hello-1.2.tar.gz\n${sha256} *hello-1.3.tar.gz\n`;
  const ran = await workspace.run('bump', 'hello', ...offline);
  t.equal(ran.exitCode, 0, ran.stderr);
  t.match(ran.stderr, `hello-1.3.tar.gz (release) has the sha256 that upstream published: ${sha256}`);
});

t.test('an upstream that cannot be asked, and a source that is not there, change nothing', async (t) => {
  const { workspace, upstream } = await arrange(t);
  const before = workspace.read(file);
  t.match(await workspace.run('bump', 'hello', ...offline), { exitCode: 75, stderr: /the answer names nothing/ });
  upstream.git('commit', '--quiet', '--allow-empty', '--message', 'one');
  upstream.git('tag', 'other-1.3');
  t.match(await workspace.run('outdated'), { exitCode: 75, stderr: /no name fits v\{version\}/ });
  upstream.git('tag', 'v1.3');
  t.match(await workspace.run('bump', 'hello', ...offline), { exitCode: 75, stderr: /hello 1\.3 was not added: its source could not be had/ });
  t.equal(workspace.read(file), before);
  t.match(await workspace.run('bump', 'helo'), { exitCode: 2, stderr: /the matrix has no helo/ });
});
