import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { FakeMachine } from './fake-machine.js';
import { FileServer, stalled, status, truncated, whole, withoutRanges, type Answer } from './file-server.js';

const content = Buffer.from('0123456789'.repeat(20_000));
const other = Buffer.from('abcdefghij'.repeat(20_000));
const sha256 = sum(content);
const advice = 'Put x.tar.gz into a folder and set SOURCE_MIRROR to it, or to an address that has it.';

function sum(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A machine, a server that answers so, and fetch run on it for x.tar.gz. */
async function arrange(t: Test, ...answers: readonly Answer[]) {
  const machine = new FakeMachine(t.testdir());
  const server = new FileServer(...answers);
  const url = await server.start();
  t.teardown(() => {
    server.stop();
  });
  const out = join(machine.folder, 'out', 'x.tar.gz');
  const part = join(machine.folder, 'out', `.${sha256}.part`);
  const env = { FETCH_PATIENCE: '2' };
  const fetch = (addresses: readonly string[], options: readonly string[] = []) =>
    machine.run('fetch', [...options, sha256, 'out/x.tar.gz', 'x.tar.gz', ...addresses], env);
  return { machine, server, url, out, part, env, fetch };
}

/** The file is there, whole, readable by all, and nothing else is left. */
function assertFetched(t: Test, out: string): void {
  t.equal(sum(readFileSync(out)), sha256);
  t.equal(statSync(out).mode & 0o777, 0o644);
  t.strictSame(readdirSync(join(out, '..')), ['x.tar.gz']);
}

void t.test('a file is fetched, and not again', async (t) => {
  const { url, server, out, fetch } = await arrange(t, whole(content));

  const first = await fetch([`${url}/x`]);
  const second = await fetch([`${url}/x`]);

  t.equal(first.exitCode, 0);
  t.equal(first.stderr, `packmill: fetching x.tar.gz from ${url}/x`);
  t.strictSame(second, { ...second, exitCode: 0, stderr: '' });
  t.equal(server.requests.length, 1);
  assertFetched(t, out);
});

void t.test('addresses are tried in order until one has the file', async (t) => {
  const { url, out, server, fetch } = await arrange(t, status(404), status(403), whole(content));

  const ran = await fetch([`${url}/a`, `${url}/b`, `${url}/c`, `${url}/d`]);

  t.equal(ran.exitCode, 0);
  t.strictSame(
    server.requests.map((request) => request.url),
    ['/a', '/b', '/c'],
  );
  assertFetched(t, out);
});

void t.test('a server that fails gets another attempt, one that says no does not', async (t) => {
  const { url, out, server, fetch } = await arrange(t, status(500), status(503), whole(content));

  const ran = await fetch([`${url}/a`]);

  t.equal(ran.exitCode, 0);
  t.equal(server.requests.length, 3);
  assertFetched(t, out);
});

void t.test('one message names every address and its reason', async (t) => {
  const { url, out, fetch } = await arrange(t, status(404));

  const ran = await fetch([`${url}/a`, 'http://127.0.0.1:9/b', 'http://user:secret@127.0.0.1:9/c']);

  t.equal(ran.exitCode, 75);
  t.match(
    ran.stderr,
    [`packmill: cannot fetch x.tar.gz (sha256 ${sha256}) into out/x.tar.gz:`, `  ${url}/a: (22) The requested URL returned error: 404`].join('\n'),
  );
  t.match(ran.stderr, /\n {2}http:\/\/127\.0\.0\.1:9\/b: \(7\) /);
  t.ok(ran.stderr.endsWith(advice));
  t.notMatch(ran.stderr, 'secret');
  t.notOk(existsSync(out));
});

void t.test('a download that breaks off is continued', async (t) => {
  const { url, out, server, fetch } = await arrange(t, truncated(content, 50_000), whole(content));

  const ran = await fetch([`${url}/a`]);

  t.equal(ran.exitCode, 0);
  t.match(server.requests[1]?.headers.range, /^bytes=[1-9]/);
  assertFetched(t, out);
});

void t.test('a server without ranges does not stop a continued download', async (t) => {
  const { url, out, fetch } = await arrange(t, truncated(content, 50_000), withoutRanges(content));

  const ran = await fetch([`${url}/a`]);

  t.equal(ran.exitCode, 0);
  assertFetched(t, out);
});

void t.test('a partial file with wrong bytes is thrown away', async (t) => {
  for (const length of [1000, other.length, other.length + 1]) {
    const { url, out, part, fetch } = await arrange(t, whole(content));
    mkdirSync(join(out, '..'));
    writeFileSync(part, Buffer.concat([other, other]).subarray(0, length));

    const ran = await fetch([`${url}/a`]);

    t.equal(ran.exitCode, 0, `${String(length)} bytes`);
    assertFetched(t, out);
  }
});

void t.test('a complete file whose fetch was killed before the rename is used', async (t) => {
  const { url, out, part, server, fetch } = await arrange(t, whole(content));
  mkdirSync(join(out, '..'));
  writeFileSync(part, content);

  const ran = await fetch([`${url}/a`]);

  t.equal(ran.exitCode, 0);
  t.equal(server.requests.length, 0);
  assertFetched(t, out);
});

void t.test('wrong bytes are an error of the input and are not kept', async (t) => {
  const { url, out, fetch } = await arrange(t, whole(other));

  const ran = await fetch([`${url}/a`, 'nowhere/x.tar.gz']);

  t.equal(ran.exitCode, 1);
  t.equal(
    ran.stderr,
    [
      `packmill: fetching x.tar.gz from ${url}/a`,
      `packmill: no address has the file x.tar.gz with sha256 ${sha256}:`,
      `  ${url}/a: delivered a file with sha256 ${sum(other)}`,
      '  nowhere/x.tar.gz: no such file',
      `Either the file was changed or the sha256 is mistyped. ${advice}`,
    ].join('\n'),
  );
  t.strictSame(
    readdirSync(join(out, '..')).filter((name) => !name.endsWith('.lock')),
    [],
  );
});

void t.test('wrong bytes at one address do not keep the next from being tried', async (t) => {
  const { url, out, fetch } = await arrange(t, whole(other), whole(content));

  const ran = await fetch([`${url}/a`, `${url}/b`]);

  t.equal(ran.exitCode, 0);
  assertFetched(t, out);
});

void t.test('a file that is there with wrong bytes is fetched again', async (t) => {
  const { url, out, fetch } = await arrange(t, whole(content));
  mkdirSync(join(out, '..'));
  writeFileSync(out, other);

  const ran = await fetch([`${url}/a`]);

  t.equal(ran.exitCode, 0);
  t.match(ran.stderr, `packmill: fetch: out/x.tar.gz is not the file with sha256 ${sha256}; fetching it again`);
  assertFetched(t, out);
});

void t.test('a server that stalls is given up', async (t) => {
  const { url, out, fetch } = await arrange(t, stalled(content, 100), status(404), whole(content));

  const ran = await fetch([`${url}/a`, `${url}/b`]);

  t.equal(ran.exitCode, 0);
  assertFetched(t, out);
});

void t.test('a mirror is tried first, as a folder or as an address', async (t) => {
  const { url, machine, server, out, fetch } = await arrange(t, whole(content));
  mkdirSync(join(machine.folder, 'mirror'));
  writeFileSync(join(machine.folder, 'mirror', 'x.tar.gz'), content);

  t.equal((await fetch([`${url}/a`], ['--mirror', 'mirror'])).exitCode, 0);
  t.equal(server.requests.length, 0);
  assertFetched(t, out);

  writeFileSync(out, other);
  t.equal((await fetch([`${url}/a`], ['--mirror', `file://${machine.folder}/mirror`])).exitCode, 0);
  t.equal(server.requests.length, 0);

  writeFileSync(out, other);
  t.equal((await fetch([`${url}/a`], ['--mirror', `${url}/sources/`])).exitCode, 0);
  t.strictSame(
    server.requests.map((request) => request.url),
    ['/sources/x.tar.gz'],
  );
});

void t.test('offline, only what is there and a mirror folder are used', async (t) => {
  const { url, machine, server, out, fetch } = await arrange(t, whole(content));
  mkdirSync(join(machine.folder, 'mirror'));

  const missing = await fetch([`${url}/a`, 'debian:pool/x'], ['--offline', '--mirror', 'mirror']);
  writeFileSync(join(machine.folder, 'mirror', 'x.tar.gz'), content);
  const found = await fetch([`${url}/a`], ['--offline', '--mirror', 'mirror']);

  t.equal(missing.exitCode, 75);
  t.equal(
    missing.stderr,
    [
      `packmill: cannot fetch x.tar.gz (sha256 ${sha256}) into out/x.tar.gz:`,
      '  mirror/x.tar.gz: no such file',
      `  ${url}/a: not asked, since offline`,
      '  debian:pool/x: not asked, since offline',
      advice,
    ].join('\n'),
  );
  t.equal(found.exitCode, 0);
  t.equal(server.requests.length, 0);
  assertFetched(t, out);
});

void t.test("debian: is a path on the mirror of this machine's apt", async (t) => {
  const { url, machine, server, out, fetch } = await arrange(t, whole(content));

  const withoutApt = await fetch(['debian:pool/main/x.tar.gz']);
  machine.command('apt-get', `[[ $* != indextargets* ]] || echo 'Debian|Debian|${url}/debian/'`);
  machine.command('apt-config');
  const withApt = await fetch(['debian:pool/main/x.tar.gz']);

  t.equal(withoutApt.exitCode, 75);
  t.match(withoutApt.stderr, 'debian:pool/main/x.tar.gz: needs a machine whose apt has a Debian mirror, or SOURCE_MIRROR');
  t.equal(withApt.exitCode, 0);
  t.strictSame(
    server.requests.map((request) => request.url),
    ['/debian/pool/main/x.tar.gz'],
  );
  assertFetched(t, out);
});

void t.test('apt that has no package lists yet still knows its mirror', async (t) => {
  const { url, machine, server, fetch } = await arrange(t, whole(content));
  machine.command('apt-get', `[[ $* != *--print-uris* ]] || . /etc/os-release && echo "'${url}/debian/dists/$VERSION_CODENAME/InRelease' x 0"`);
  machine.command('apt-config');

  const ran = await fetch(['debian:pool/x']);

  t.equal(ran.exitCode, 0);
  t.equal(server.requests[0]?.url, '/debian/pool/x');
});

void t.test('two at once make one download', async (t) => {
  const slow: Answer = (request, response) =>
    setTimeout(() => {
      whole(content)(request, response);
    }, 500);
  const { url, out, server, fetch } = await arrange(t, slow);

  const both = await Promise.all([fetch([`${url}/a`]), fetch([`${url}/a`])]);

  t.strictSame(
    both.map((ran) => ran.exitCode),
    [0, 0],
  );
  t.match(both.map((ran) => ran.stderr).join(), 'packmill: waiting for the other fetch of x.tar.gz');
  t.equal(server.requests.length, 1);
  assertFetched(t, out);
});

void t.test('a killed fetch leaves nothing under the final name, and the next one goes on', async (t) => {
  const { url, machine, out, part, server, env, fetch } = await arrange(t, stalled(content, 50_000), whole(content));
  const running = machine.start('fetch', [sha256, 'out/x.tar.gz', 'x.tar.gz', `${url}/a`], { ...env, FETCH_PATIENCE: '3' });
  while (!existsSync(part) || statSync(part).size === 0) await pause(50);

  running.kill('SIGKILL');
  await running;
  t.notOk(existsSync(out));
  const ran = await fetch([`${url}/a`]);

  t.equal(ran.exitCode, 0);
  t.equal(server.requests.length, 2);
  assertFetched(t, out);
});

void t.test('names and addresses are never commands', async (t) => {
  const { machine, url, server } = await arrange(t, whole(content));
  const hostile = '$(touch canary);`touch canary` "\' &|*[a-z]{1,2}.gz';

  const ran = await machine.run('fetch', ['--mirror', hostile, sha256, 'out/x', hostile, hostile, `${url}/{a,b}[1-3]?$(touch%20canary)`]);

  t.equal(ran.exitCode, 0);
  t.equal(server.requests.length, 1);
  t.notOk(existsSync(join(machine.folder, 'canary')));
});

void t.test('wrong usage exits 2, a disk that cannot be written 75', async (t) => {
  const { machine, url } = await arrange(t, whole(content));
  writeFileSync(join(machine.folder, 'file'), '');
  const cases: readonly (readonly [readonly string[], number, string])[] = [
    [[], 2, 'packmill: fetch: SHA256, OUTFILE and NAME are needed; see fetch --help'],
    [['abc', 'out/x', 'x'], 2, 'packmill: fetch: "abc" is not a sha256 in lower-case hexadecimal'],
    [['--mirror'], 2, 'packmill: --mirror needs a value; see fetch --help'],
    [['--ofline'], 2, 'packmill: fetch: unknown option --ofline; see fetch --help'],
    [[sha256, 'file/x', 'x', `${url}/a`], 75, 'packmill: fetch: cannot make the folder of file/x'],
  ];
  for (const [args, exitCode, message] of cases) {
    const ran = await machine.run('fetch', args);
    t.equal(ran.exitCode, exitCode);
    t.match(ran.stderr, message);
  }
});
