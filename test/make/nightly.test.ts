import { execa } from 'execa';
import t from 'tap';

import type { RunFile } from '../../generator/model/run.js';
import { Workspace } from './workspace.js';

const bookworm = 'library_1.2_debian_bookworm_linux-amd64';
const limits = ['PACKAGE=library', 'DISTRO=debian_bookworm', 'PLATFORM=linux/amd64'];

/** The runs that there were, the oldest first. */
async function runsOf(workspace: Workspace): Promise<readonly RunFile[]> {
  const { stdout } = await execa('bash', ['-c', 'cat out/runs/*/run.json'], { cwd: workspace.folder });
  return stdout.split('\n').map((line) => JSON.parse(line) as RunFile);
}

/** Subjects of the messages that tell of the target. */
async function subjectsOf(workspace: Workspace): Promise<readonly string[]> {
  const { stdout } = await execa('bash', ['-c', 'cat out/notices/messages/*'], { cwd: workspace.folder });
  return stdout.split('\n').filter((line) => line.startsWith('Subject') && line.includes(bookworm));
}

/** Waits until something is the case, for a minute at most. */
async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds() && waited < 600; waited++) await new Promise((resolve) => setTimeout(resolve, 100));
}

t.test('each step is a verb; one that fails keeps no other from running', async (t) => {
  const workspace = new Workspace(t);

  const ran = await workspace.make(['nightly', ...limits]);
  const [run] = await runsOf(workspace);

  // The stand-in's packages are none, so upgrades pass and publishing refuses them.
  t.same(
    run?.steps.map(({ name, status }) => [name, status === 0]),
    [
      ['key', true],
      ['bump', true],
      ['generate', true],
      ['build', true],
      ['upgrade', true],
      ['publish', false],
      ['report', true],
      ['notify', true],
    ],
  );
  t.match(run, { asked: limits.join(' ') });
  t.type(run?.seconds, 'number');
  t.match(ran.stderr, 'Error 1');
  t.match(ran.stdout, /publish ended with \d+; its log: out\/runs\/000001-\S+\/publish\.log/);
  t.ok(workspace.exists(`out/report/targets/${bookworm}.html`));
});

t.test('a second run says who holds it', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make(['fetch', 'bases', 'PACKAGE=library', 'PLATFORM=linux-amd64']);

  const first = workspace.make(['nightly', ...limits], { SLOW: '6' });
  await until(() => workspace.exists(`out/attempts/${bookworm}/last`));
  const second = await workspace.make(['nightly', ...limits]);
  await first;

  t.match(second.stderr, /another nightly run is under way: run 000001-\S+, process \d+, since .* UTC, now at build/);
  t.match(second.stderr, 'Error 75');
  t.equal((await runsOf(workspace)).length, 1);
});

t.test('a run that is killed half-way leaves nothing behind that the next one minds', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make(['fetch', 'bases', 'PACKAGE=library', 'PLATFORM=linux-amd64']);
  const env = { PATH: `${workspace.folder}/bin:${process.env.PATH ?? ''}`, CALLS: `${workspace.folder}/calls`, FAIL: '', SLOW: '30', HOME: workspace.folder };
  const killed = execa('setsid', ['make', 'nightly', ...limits], { cwd: workspace.folder, env, extendEnv: false, reject: false });
  await until(() => workspace.exists(`out/attempts/${bookworm}/last`));
  process.kill(-(killed.pid ?? 0), 'SIGKILL');
  await killed;
  workspace.takeCalls();

  await workspace.make(['nightly', ...limits]);

  t.same(workspace.takeBuilds(), [bookworm]);
  const [first, second] = await runsOf(workspace);
  t.equal(first?.seconds, undefined, 'it did not end');
  t.match(
    second?.steps.find(({ name }) => name === 'build'),
    { status: 0 },
  );
  t.same(await subjectsOf(workspace), [], 'and nobody is told of a failure');
});

t.test('a cell that fails the same way every night is one message and few builds; a mended one is built at once', async (t) => {
  const workspace = new Workspace(t);
  const broken = { FAIL: 'smoke', ONLY: bookworm };
  const nights: number[] = [];
  for (let night = 1; night <= 3; night++) {
    await workspace.make(['nightly', ...limits], broken);
    if (workspace.takeBuilds().length > 0) nights.push(night);
  }
  const told = await subjectsOf(workspace);

  workspace.edit('matrix/packages/library.yaml', 'cross: true', 'cross: true, configure: [--mended]');
  await workspace.make(['nightly', ...limits]);

  t.same(nights, [1, 3]);
  t.equal(told.length, 1);
  t.same(workspace.takeBuilds(), [bookworm]);
  t.equal((await subjectsOf(workspace)).length, 2);
});

t.test('a matrix that cannot be understood ends a run before it begins', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make(['generate']);
  workspace.edit('matrix/packages/library.yaml', 'license: MIT', 'licence: MIT');

  const ran = await workspace.make(['nightly', ...limits]);

  t.match(ran.stderr, 'matrix/packages/library.yaml');
  t.match(ran, { exitCode: 2 });
  t.notOk(workspace.exists('out/runs'));
});

t.test('on a terminal the builds of a run are shown live, and its other steps as they come', async (t) => {
  const workspace = new Workspace(t);

  const ran = await workspace.onTerminal('make -j2 nightly PACKAGE=library', { SLOW: '2' });

  t.match(ran.stdout, /packmill: 0 built, 0 failed, 2 running, 2 left/);
  t.match(ran.stdout, /packmill: 4 built, 0 failed in 0:\d\d/);
  t.match(ran.stdout, /packmill: nightly 000001-\S+: notify/);
});
