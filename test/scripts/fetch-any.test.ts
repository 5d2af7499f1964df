import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { execaSync } from 'execa';
import t, { type Test } from 'tap';

import { FakeMachine } from './fake-machine.js';
import { FileServer, stalled, status, truncated, whole, type Answer } from './file-server.js';

const page = Buffer.from('<!DOCTYPE html><title>Sign in</title>');

/** An archive of a file that is too long to be sent in one piece. */
function archiveOf(t: Test, letter: string): Buffer {
  const folder = t.testdir({ README: Array.from({ length: 40_000 }, (_, index) => `${letter}${String(index ** 3)}\n`).join('') });
  execaSync('tar', ['-cJf', 'x.tar.xz', 'README'], { cwd: folder });
  return readFileSync(join(folder, 'x.tar.xz'));
}

async function arrange(t: Test, ...answers: readonly Answer[]) {
  const machine = new FakeMachine(t.testdir());
  const server = new FileServer(...answers);
  const url = await server.start();
  t.teardown(() => {
    server.stop();
  });
  const fetch = (addresses: readonly string[], options: readonly string[] = []) =>
    machine.run('fetch', [...options, '--any', 'unpinned', 'out/x.tar.xz', 'x.tar.xz', ...addresses], { FETCH_PATIENCE: '2' });
  return { machine, server, url, out: join(machine.folder, 'out', 'x.tar.xz'), fetch };
}

/** The file is there, whole, readable by all, and nothing else is left. */
function assertFetched(t: Test, out: string, content: Buffer): void {
  t.ok(readFileSync(out).equals(content));
  t.equal(statSync(out).mode & 0o777, 0o644);
  t.strictSame(readdirSync(join(out, '..')), ['x.tar.xz']);
}

void t.test('without a checksum, the first archive that is delivered is kept', async (t) => {
  const content = archiveOf(t, 'a');
  const { url, server, out, fetch } = await arrange(t, status(404), whole(page), whole(Buffer.alloc(0)), whole(content.subarray(0, 1000)), whole(content));

  const ran = await fetch([`${url}/a`, `${url}/b`, `${url}/c`, `${url}/d`, `${url}/e`, `${url}/f`]);

  t.equal(ran.exitCode, 0);
  t.equal(server.requests.length, 5);
  assertFetched(t, out, content);
});

void t.test('a mirror is tried first, and what it has must be an archive too', async (t) => {
  const content = archiveOf(t, 'a');
  const { url, machine, server, out, fetch } = await arrange(t, whole(content));
  mkdirSync(join(machine.folder, 'mirror'));
  writeFileSync(join(machine.folder, 'mirror', 'x.tar.xz'), page);

  const wrong = await fetch([], ['--mirror', 'mirror', '--offline']);
  const passed = await fetch([`${url}/a`], ['--mirror', 'mirror']);

  t.equal(wrong.exitCode, 1);
  t.match(
    wrong.stderr,
    /^packmill: no address has x\.tar\.xz:\n {2}mirror\/x\.tar\.xz: delivered something that is no archive: This does not look like a tar archive$/,
  );
  t.equal(passed.exitCode, 0);
  t.equal(server.requests.length, 1);
  assertFetched(t, out, content);
});

void t.test('when nothing is delivered, every address is named with its reason', async (t) => {
  const { url, fetch } = await arrange(t, status(404));

  const ran = await fetch([`${url}/a`, 'debian:pool/x'], []);
  const offline = await fetch([`${url}/a`], ['--offline']);

  t.equal(ran.exitCode, 75);
  t.match(ran.stderr, `packmill: no address has x.tar.xz:\n  ${url}/a: (22) The requested URL returned error: 404\n  debian:pool/x: needs a machine`);
  t.equal(offline.exitCode, 75);
  t.equal(offline.stderr, `packmill: no address has x.tar.xz:\n  ${url}/a: not asked, since offline`);
});

void t.test('a download that breaks off is continued', async (t) => {
  const content = archiveOf(t, 'a');
  const { url, out, server, fetch } = await arrange(t, truncated(content, 50_000), whole(content));

  const ran = await fetch([`${url}/a`]);

  t.equal(ran.exitCode, 0);
  t.match(server.requests[1]?.headers.range, /^bytes=[1-9]/);
  assertFetched(t, out, content);
});

void t.test('pieces of two addresses are never put together', async (t) => {
  const [content, other] = [archiveOf(t, 'a'), archiveOf(t, 'b')];
  const { url, out, server, fetch } = await arrange(t, stalled(other, 50_000), status(404), whole(content));

  const ran = await fetch([`${url}/a`, `${url}/b`]);

  t.equal(ran.exitCode, 0);
  t.equal(server.requests.length, 3);
  t.equal(server.requests[2]?.headers.range, undefined);
  assertFetched(t, out, content);
});

void t.test('--pin never continues the partial file of another source either', async (t) => {
  const content = archiveOf(t, 'a');
  const { url, machine } = await arrange(t, whole(content));
  mkdirSync(join(machine.folder, 'out'));
  writeFileSync(join(machine.folder, 'out', '.unpinned.part'), page);

  const ran = await machine.run('fetch', ['--pin', '1: { sha256: % }', 'unpinned', 'out/x', 'x.tar.xz', `${url}/a`]);

  t.equal(ran.exitCode, 1);
  const sum = execaSync('sha256sum', { input: content }).stdout.slice(0, 64);
  t.match(ran.stderr, `\n  1: { sha256: ${sum} }`);
});
