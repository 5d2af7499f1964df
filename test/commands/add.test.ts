import { createHash } from 'node:crypto';
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execaSync } from 'execa';
import fastGlob from 'fast-glob';
import t from 'tap';
import type { Test } from 'tap';

import { CliWorkspace } from '../cli.js';
import { FileServer, status, whole } from '../scripts/file-server.js';

const file = 'matrix/packages/hello.yaml';
const folder = mkdtempSync(join(tmpdir(), 'packmill-add-'));
t.teardown(() => {
  rmSync(folder, { recursive: true });
});

writeFileSync(join(folder, 'README'), 'hello');
execaSync('tar', ['-czf', 'archive.tar.gz', 'README'], { cwd: folder });
const archive = readFileSync(join(folder, 'archive.tar.gz'));
const page = Buffer.from('<!DOCTYPE html><title>404</title>');
const sha256 = createHash('sha256').update(archive).digest('hex');
const kept = `out/sources/hello-${sha256.slice(0, 16)}`;

/** The sound workspace with a second kind of source, generated, with a mirror folder. */
async function arrange(t: Test, mirror: Readonly<Record<string, Buffer>> = {}): Promise<CliWorkspace> {
  const workspace = new CliWorkspace(t);
  cpSync('scripts', join(workspace.folder, 'scripts'), { recursive: true });
  workspace.edit(
    file,
    'versions:\n',
    "  tag: # what the forge packs\n    file: v{version}.tar.gz\n    addresses: ['https://example.org/tag/v{version}.tar.gz']\nversions: # every one\n",
  );
  mkdirSync(join(workspace.folder, 'mirror'));
  for (const [name, bytes] of Object.entries(mirror)) writeFileSync(join(workspace.folder, 'mirror', name), bytes);
  await workspace.run('generate');
  return workspace;
}

/** Every file of a workspace with its bytes. */
function contents({ folder }: CliWorkspace): Readonly<Record<string, string>> {
  const paths = fastGlob.sync('**', { cwd: folder, dot: true, onlyFiles: false, markDirectories: true }).sort();
  return Object.fromEntries(paths.map((path) => [path, path.endsWith('/') ? '' : readFileSync(join(folder, path), 'latin1')]));
}

/** Nothing but perhaps an empty folder for sources has come or gone. */
function assertUnchanged(t: Test, workspace: CliWorkspace, before: Readonly<Record<string, string>>): void {
  t.same(contents(workspace), { ...('out/sources/' in contents(workspace) ? { 'out/sources/': '' } : {}), ...before });
}

const offline = ['--mirror', 'mirror', '--offline'];

t.test('a version is fetched, pinned, put in its place and generated', async (t) => {
  const workspace = await arrange(t, { 'hello-1.1.tar.gz': archive });
  const before = workspace.read(file);

  const ran = await workspace.run('add', 'hello', '1.1', ...offline);
  const checked = await workspace.run('generate', '--check');

  t.same(ran, {
    exitCode: 0,
    stdout: '',
    stderr: `packmill: 4 targets, 0 excluded; 5 files written, 0 removed
packmill: hello-1.1.tar.gz (release) has sha256 ${sha256}; compare it with what upstream published
packmill: added hello 1.1: 2 new targets
  hello_1.1_debian_bookworm_linux-amd64
  hello_1.1_debian_bookworm_linux-arm64
`,
  });
  t.equal(workspace.read(file), before.replace('# every one\n', `# every one\n  1.1: { source: release, sha256: ${sha256} }\n`));
  t.same(checked, { exitCode: 0, stdout: '', stderr: '' });
  t.same(readdirSync(join(workspace.folder, 'out/sources')), [`hello-${sha256.slice(0, 16)}`]);
  t.same(readdirSync(join(workspace.folder, kept)), ['hello-1.1.tar.gz']);
  t.ok(readFileSync(join(workspace.folder, kept, 'hello-1.1.tar.gz')).equals(archive));
});

t.test('the first kind of source that can be had is taken', async (t) => {
  const workspace = await arrange(t, { 'v1.3.tar.gz': archive });

  const ran = await workspace.run('add', 'hello', '1.3', ...offline);

  t.equal(ran.exitCode, 0);
  t.match(
    ran.stderr,
    `packmill: no address has hello-1.3.tar.gz:
  mirror/hello-1.3.tar.gz: no such file
  https://example.org/hello-1.3.tar.gz: not asked, since offline
packmill: 4 targets`,
  );
  t.match(workspace.read(file), `\n  1.3: { source: tag, sha256: ${sha256} }\nsettings:`);
});

t.test('a kind of source that is named is the only one that is tried', async (t) => {
  const workspace = await arrange(t, { 'hello-1.3.tar.gz': archive });
  const before = contents(workspace);

  const missing = await workspace.run('add', 'hello', '1.3', '--source', 'tag', ...offline);
  assertUnchanged(t, workspace, before);
  writeFileSync(join(workspace.folder, 'mirror/v1.3.tar.gz'), archive);
  const found = await workspace.run('add', 'hello', '1.3', '--source', 'tag', ...offline);

  t.equal(missing.exitCode, 75);
  t.notMatch(missing.stderr + found.stderr, 'hello-1.3.tar.gz');
  t.equal(found.exitCode, 0);
  t.match(workspace.read(file), `1.3: { source: tag, sha256: ${sha256} }`);
});

t.test('offline and without a mirror, nothing is asked or changed, and it is said what to do', async (t) => {
  const workspace = await arrange(t);
  const before = contents(workspace);

  const ran = await workspace.run('add', 'hello', '1.3', '--offline');

  t.same(ran, {
    exitCode: 75,
    stdout: '',
    stderr: `packmill: no address has hello-1.3.tar.gz:
  https://example.org/hello-1.3.tar.gz: not asked, since offline
packmill: no address has v1.3.tar.gz:
  https://example.org/tag/v1.3.tar.gz: not asked, since offline
packmill: hello 1.3 was not added: its source could not be had
  If upstream has such a version, put hello-1.3.tar.gz or v1.3.tar.gz into a folder and set SOURCE_MIRROR to it, or to an address that has it.
`,
  });
  assertUnchanged(t, workspace, before);
});

const broken: readonly (readonly [title: string, bytes: Buffer])[] = [
  ['an error page', page],
  ['nothing', Buffer.alloc(0)],
  ['half an archive', archive.subarray(0, archive.length / 2)],
  ['an archive with other bytes in it', Buffer.concat([archive.subarray(0, 30), page, archive.subarray(60)])],
];

for (const [title, bytes] of broken) {
  t.test(`${title} is never pinned`, async (t) => {
    const workspace = await arrange(t, { 'hello-1.3.tar.gz': bytes, 'v1.3.tar.gz': bytes });
    const before = contents(workspace);

    const ran = await workspace.run('add', 'hello', '1.3', ...offline);

    t.equal(ran.exitCode, 1);
    t.match(ran.stderr, /\n {2}mirror\/hello-1\.3\.tar\.gz: delivered something that is no archive: .+\n/);
    t.match(ran.stderr, 'packmill: hello 1.3 was not added: its source could not be had\n');
    assertUnchanged(t, workspace, before);
  });
}

t.test('what is no archive at one address does not keep the next from being tried', async (t) => {
  const workspace = await arrange(t, { 'hello-1.3.tar.gz': page });
  const server = new FileServer(status(404), whole(page), whole(archive));
  const url = await server.start();
  t.teardown(() => {
    server.stop();
  });
  workspace.edit(file, "['https://example.org/hello-{version}.tar.gz']", `['${url}/a', '${url}/b', '${url}/c', '${url}/d']`);

  const ran = await workspace.run('add', 'hello', '1.3', '--mirror', 'mirror');

  t.equal(ran.exitCode, 0);
  t.same(
    server.requests.map((request) => request.url),
    ['/a', '/b', '/c'],
  );
  t.match(workspace.read(file), `1.3: { source: release, sha256: ${sha256} }`);
});

t.test('what people write during the download is kept', async (t) => {
  const workspace = await arrange(t);
  const texts = ['section: misc', 'sectoin: misc'];
  const server = new FileServer((request, response) => {
    workspace.edit(file, 'section: devel', texts.shift() ?? '');
    whole(archive)(request, response);
  });
  const url = await server.start();
  t.teardown(() => {
    server.stop();
  });

  const added = await workspace.run('add', 'hello', '1.3', '--mirror', url);
  const text = workspace.read(file);
  workspace.edit(file, 'section: misc', 'section: devel');
  const refused = await workspace.run('add', 'hello', '1.4', '--mirror', url);

  t.equal(added.exitCode, 0);
  t.match(text, 'section: misc');
  t.match(text, `1.3: { source: release, sha256: ${sha256} }`);
  t.match(refused, { exitCode: 2, stderr: /unknown key "sectoin"/ });
  t.equal(workspace.read(file), text.replace('section: misc', 'sectoin: misc'));
});

t.test('mistakes are told before anything is fetched, and nothing changes', async (t) => {
  const workspace = await arrange(t, { 'hello-1.3.tar.gz': archive });
  const before = contents(workspace);
  const cases: readonly (readonly [args: readonly string[], message: string])[] = [
    [[], 'packmill: which version of which package?\n  make add PACKAGE=erlang VERSION=27.3.4.1\n'],
    [['hello', ''], 'packmill: which version of which package?\n  make add PACKAGE=erlang VERSION=27.3.4.1\n'],
    [['helo', '1.3'], 'packmill: unknown package "helo"\n  did you mean "hello"?\n'],
    [['hello', '1.3', '--source', 'tga'], 'packmill: unknown source "tga" of hello\n  did you mean "tag"?\n'],
    [['hello', '1.2'], `${file}:16:3: version 1.2 is already there\n`],
    [['hello', '1.2.0'], `${file}:16:3: version 1.2.0 is already there, as 1.2\n`],
    [['hello', 'v1.3'], 'packmill: "v1.3" is not a version: expected up to four numbers, such as 27.3.4.1, and a suffix such as -rc1\n  did you mean "1.3"?\n'],
    [['hello', '1.x'], 'packmill: "1.x" is not a version: expected up to four numbers, such as 27.3.4.1, and a suffix such as -rc1\n'],
    [['hello', '1.3 1.4'], 'packmill: "1.3 1.4" is not a version: expected up to four numbers, such as 27.3.4.1, and a suffix such as -rc1\n'],
  ];
  for (const [args, stderr] of cases) {
    const ran = await workspace.run('add', ...args, ...offline);

    t.same(ran, { exitCode: 2, stdout: '', stderr }, args.join(' '));
    t.same(contents(workspace), before);
  }
});

t.test('a matrix with mistakes, and a file that takes no row, are told first too', async (t) => {
  const cases: readonly (readonly [from: string, to: string, message: RegExp])[] = [
    ['section:', 'sectoin:', /^matrix\/packages\/hello\.yaml:1:1: missing key "section"\n/],
    ['versions: # every one\n', 'versions: &all # every one\n', /unknown key "notices2"/],
    ['A greeting', 'A gr\ufffdting', /^packmill: matrix\/packages\/hello\.yaml is not in UTF-8\n {2}save it in UTF-8 first\n$/],
  ];
  for (const [from, to, message] of cases) {
    const workspace = await arrange(t, { 'hello-1.3.tar.gz': archive });
    workspace.edit(file, from, to);
    if (to.includes('&all')) workspace.write(file, `${workspace.read(file)}notices2: *all\n`);
    const before = contents(workspace);

    const ran = await workspace.run('add', 'hello', '1.3', ...offline);

    t.match(ran, { exitCode: 2, stdout: '', stderr: message });
    t.same(contents(workspace), before);
  }
});

t.test('a version that rules exclude everywhere is added, and that is said', async (t) => {
  const workspace = await arrange(t, { 'hello-1.3.tar.gz': archive });
  workspace.edit(file, 'settings:', 'exclude:\n  - { when: { version: 1.3 }, reason: broken }\nsettings:');

  const ran = await workspace.run('add', 'hello', '1.3', ...offline);

  t.equal(ran.exitCode, 0);
  t.match(ran.stderr, 'packmill: added hello 1.3: no new target; make list PACKAGE=hello VERSION=1.3 EXCLUDED=1 shows why\n');
  t.match(workspace.read(file), `1.3: { source: release, sha256: ${sha256} }`);
});

t.test('of many new targets the first are named', async (t) => {
  const workspace = await arrange(t, { 'hello-1.3.tar.gz': archive });
  workspace.edit(
    'matrix/distros.yaml',
    'platforms: [linux/amd64, linux/arm64]',
    'platforms: [linux/amd64, linux/arm64, linux/386, linux/s390x, linux/riscv64]',
  );

  const ran = await workspace.run('add', 'hello', '1.3', ...offline);

  t.match(
    ran.stderr,
    `packmill: added hello 1.3: 5 new targets
  hello_1.3_debian_bookworm_linux-386
  hello_1.3_debian_bookworm_linux-amd64
  hello_1.3_debian_bookworm_linux-arm64
  and 2 more: make list PACKAGE=hello VERSION=1.3
`,
  );
});

t.test('of targets that are built only by name it is said', async (t) => {
  const workspace = await arrange(t, { 'hello-1.3.tar.gz': archive });
  workspace.edit('matrix/distros.yaml', 'family: debian', 'archived: true\n    family: debian');

  const ran = await workspace.run('add', 'hello', '1.3', ...offline);

  t.match(ran.stderr, 'packmill: added hello 1.3: 2 new targets, 2 of them in no group\n  hello_1.3_debian_bookworm_linux-amd64\n');
});

t.test('when what is generated cannot be written, the matrix is as it was', async (t) => {
  const workspace = await arrange(t, { 'hello-1.3.tar.gz': archive });
  workspace.write('out/rules/hello_1.3.mk/in-the-way', '');
  const before = contents(workspace);

  const ran = await workspace.run('add', 'hello', '1.3', ...offline);
  const after = contents(workspace);

  t.match(ran, { exitCode: 2, stderr: /packmill: out\/rules\/hello_1\.3\.mk[^\n]*: [^\n]+\n$/ });
  t.equal(after[file], before[file]);
  t.same(
    Object.keys(after).filter((path) => !(path in before)),
    ['out/sources/'],
  );
});

t.test('a package file that is a link stays one', async (t) => {
  const workspace = await arrange(t, { 'hello-1.3.tar.gz': archive });
  workspace.write('elsewhere.yaml', workspace.read(file));
  workspace.remove(file);
  workspace.link(file, '../../elsewhere.yaml');

  const ran = await workspace.run('add', 'hello', '1.3', ...offline);

  t.equal(ran.exitCode, 0);
  t.ok(lstatSync(join(workspace.folder, file)).isSymbolicLink());
  t.match(workspace.read('elsewhere.yaml'), `1.3: { source: release, sha256: ${sha256} }`);
});

t.test('a run that is killed at any moment leaves the old file or the new one, and the next one goes on', async (t) => {
  const workspace = await arrange(t, { 'hello-1.3.tar.gz': archive });
  const before = workspace.read(file);
  const after = before.replace('settings:', `  1.3: { source: release, sha256: ${sha256} }\nsettings:`);

  const started = Date.now();
  await workspace.run('add', 'hello', '1.3', ...offline);
  const duration = Date.now() - started;

  for (const part of [0.5, 0.6, 0.7, 0.8, 0.9, 1]) {
    workspace.write(file, before);
    await workspace.run('generate');
    await workspace.kill(Math.round(duration * part), 'add', 'hello', '1.3', ...offline);

    t.ok([before, after].includes(workspace.read(file)), `killed after ${String(part)} of its time`);
    await workspace.run('generate');
    t.match(await workspace.run('generate', '--check'), { exitCode: 0, stdout: '' });
  }
});
