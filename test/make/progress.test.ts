import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import t from 'tap';
import type { Test } from 'tap';

import { readScreen } from './terminal.js';
import { Workspace } from './workspace.js';

const library = 'library_1.2_debian_bookworm_linux-amd64';

/** A workspace whose docker tells of a step before it sleeps. */
async function createWorkspace(t: Test): Promise<Workspace> {
  const workspace = new Workspace(t);
  workspace.edit('bin/docker', 'sleep "${SLOW:-0}"', `echo '#5 [build 1/1] RUN x'; sleep "\${SLOW:-0}"`);
  await workspace.make(['fetch', 'bases']);
  return workspace;
}

function progressFiles({ folder }: Workspace): readonly string[] {
  const path = join(folder, 'out/progress');
  return existsSync(path) ? readdirSync(path) : [];
}

/** Waits until files say so; gives up after some seconds. */
async function until(isSo: () => boolean, seconds: number): Promise<boolean> {
  for (let left = seconds * 20; left > 0 && !isSo(); left--) await setTimeout(50);
  return isSo();
}

function hasDisplay(workspace: Workspace): boolean {
  return progressFiles(workspace).some((name) => name.endsWith('.display'));
}

t.test('on a terminal make shows what runs, and leaves what came of it', async (t) => {
  const workspace = await createWorkspace(t);

  const ran = await workspace.onTerminal('make -j2 packages PLATFORM=linux/amd64', { SLOW: '3' });

  t.match(ran, { exitCode: 0 });
  t.match(ran.stdout, /packmill: 0 built, 0 failed, 2 running, 3 left\r\n0:\d\d so far, time left unknown \(5 targets\)\r\n/);
  t.match(ran.stdout, new RegExp(`  0:0\\d  build +${library}\\r?`), 'a target with its step and its time');
  t.match(ran.stdout, /about \d+ s left/, 'an estimate when something is known');
  const screen = readScreen(ran.stdout).filter((line) => line !== '');
  t.match(screen.at(-1), /^packmill: 5 built, 0 failed in 0:\d\d$/);
  t.equal(screen.filter((line) => line.startsWith('packmill:') || line.includes('so far')).length, 1, 'nothing else is left of it');
  t.equal(screen.filter((line) => /^\S+: out\/packages\/\S+\.deb$/.test(line)).length, 5, 'every package is told of');
  t.notMatch(ran.stdout, `${library}: build`, 'steps go by in the display alone');
  t.ok(ran.stdout.lastIndexOf('\u001B[?25h') > ran.stdout.lastIndexOf('\u001B[?25l'), 'the cursor is shown again');
  t.ok(await until(() => !hasDisplay(workspace), 2), 'the display has ended');
});

t.test('a failure in the middle stands above the display, whole, with what make says of it', async (t) => {
  const workspace = await createWorkspace(t);
  workspace.edit('bin/docker', 'if [[ $FAIL == engine ]]', `if [[ $* != *${library}* ]]; then FAIL=; fi\nif [[ $FAIL == engine ]]`);

  const ran = await workspace.onTerminal('make -j2 -k packages PLATFORM=linux/amd64', { FAIL: 'build', SLOW: '2' });

  t.match(ran, { exitCode: 2 });
  const screen = readScreen(ran.stdout).filter((line) => line !== '');
  const block = screen.findIndex((line) => line === `packmill: ${library}: package fault in step build: exit status 2`);
  t.equal(screen[block + 1], '    error: it does not compile');
  t.match(screen[block + 2], 'the whole log');
  t.match(screen[block + 3], `make shell-${library}`);
  t.equal(screen.filter((line) => /^make: \*\*\* \[\S+ \S+\] Error 1$/.test(line)).length, 1, 'the message of make is whole');
  t.ok(
    screen.some((line) => /^packmill: 2 built, 1 failed, 2 blocked by a failure in 0:\d\d$/.test(line)),
    screen.join('\n'),
  );
});

t.test('one target, a person who says LIVE=, and V=1 get plain lines', async (t) => {
  const workspace = await createWorkspace(t);

  for (const command of [`make ${library}`, 'make packages PACKAGE=library DISTRO=debian_trixie LIVE=', 'make V=1 packages PLATFORM=linux/arm64']) {
    const ran = await workspace.onTerminal(command);

    t.match(ran.stdout, /^library_\S+: attempt /m, command);
    t.notMatch(ran.stdout, '\u001B', command);
  }
});

t.test('a dry run starts and announces nothing, and a make with nothing to do shows nothing', async (t) => {
  const workspace = await createWorkspace(t);

  for (const flag of ['-n', '-q', '-t']) {
    const dry = await workspace.onTerminal(`make ${flag} packages`);
    t.notMatch(dry.stdout, '\u001B', flag);
    t.same(progressFiles(workspace), [], flag);
  }
  await workspace.make(['packages']);
  const again = await workspace.onTerminal('make packages; sleep 2');

  t.notMatch(again.stdout, 'packmill');
  t.notOk(hasDisplay(workspace));
});

t.test('on a pipe what a target prints is one block, unless a person says otherwise', async (t) => {
  const workspace = await createWorkspace(t);
  const owners = (text: string): readonly string[] => text.split('\n').flatMap((line) => /^(library_\S+): /.exec(line)?.[1] ?? []);
  const blocks = (text: string): number => owners(text).filter((name, index, all) => name !== all[index - 1]).length;

  // As below a make that has a terminal.
  const synced = await workspace.make(['-j4', 'packages', 'PACKAGE=library'], { SLOW: '1', MAKE_TERMOUT: '/dev/tty' });
  workspace.edit('matrix/packages/library/build', 'echo 1', 'echo 2');
  const loose = await workspace.make(['-j4', '-Onone', 'packages', 'PACKAGE=library'], { SLOW: '1' });

  t.match(synced, { exitCode: 0 });
  t.equal(owners(synced.stdout).length, 12, 'attempt, step and package of four targets');
  t.equal(blocks(synced.stdout), 4);
  t.ok(blocks(loose.stdout) > 4, 'four at once come as they come');
});

t.test('the display of a make that is killed ends within two seconds', async (t) => {
  const workspace = await createWorkspace(t);
  const terminal = workspace.onTerminal('make -j2 packages || sleep 4', { SLOW: '3' });
  t.ok(await until(() => hasDisplay(workspace), 20), 'it has begun');
  const make = Number(
    progressFiles(workspace)
      .find((name) => name.endsWith('.display'))
      ?.split('.')[0],
  );
  await setTimeout(1500);

  process.kill(make, 'SIGKILL');

  t.ok(await until(() => !hasDisplay(workspace), 2));
  const { stdout } = await terminal;
  t.ok(stdout.lastIndexOf('\u001B[?25h') > stdout.lastIndexOf('\u001B[?25l'), 'the cursor is shown again');
});

t.test('watch attaches to what somebody else builds, and ends with it', async (t) => {
  const workspace = await createWorkspace(t);
  const make = workspace.make(['-j2', 'packages', 'PACKAGE=library'], { SLOW: '3' });
  await until(() => workspace.exists(`out/attempts/${library}/last`), 20);

  const [plain, live] = await Promise.all([workspace.make(['watch']), workspace.onTerminal('make watch')]);

  t.match(await make, { exitCode: 0 });
  t.match(plain.stdout.split('\n'), new Set([`${library}: build`, /^library_\S+: built in 0:\d\d$/]));
  t.match(plain.stdout.split('\n').at(-1), /^packmill: 4 built, 0 failed in 0:\d\d$/);
  t.notMatch(plain.stdout, '\u001B');
  t.match(live.stdout, /packmill: \d built, 0 failed, 2 running/);
  t.match(
    readScreen(live.stdout).filter((line) => line !== ''),
    [/^packmill: 4 built, 0 failed in 0:\d\d$/],
  );
  t.match(await workspace.make(['watch']), { exitCode: 0, stdout: 'packmill: nothing is built here now' });
});
