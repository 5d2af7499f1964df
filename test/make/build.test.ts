import t from 'tap';

import { Workspace } from './workspace.js';

const bookworm = 'library_1.2_debian_bookworm_linux-amd64';
const above = 'tool_3.2_debian_bookworm_linux-amd64';

t.test('what is not there is built, once, and then nothing is done without asking docker', async (t) => {
  const workspace = new Workspace(t);

  const first = await workspace.make(['-j2', 'build']);
  const built = workspace.takeBuilds();
  const second = await workspace.make(['build']);

  t.match(first, { exitCode: 0 }, first.stderr);
  t.match(first.stdout, 'packmill: 10 built');
  t.equal(built.length, 10);
  t.match(second, { exitCode: 0 });
  t.match(second.stdout, 'nothing is to be built');
  t.same(workspace.takeCalls(), []);
});

t.test('filters limit it, a word that fits nothing is a mistake', async (t) => {
  const workspace = new Workspace(t);

  const ran = await workspace.make(['build', 'PACKAGE=library', 'DISTRO=debian_bookworm', 'PLATFORM=linux/amd64']);
  const wrong = await workspace.make(['build', 'PACKAGE=libary']);

  t.match(ran, { exitCode: 0 });
  t.same(workspace.takeBuilds(), [bookworm]);
  t.match(wrong.stderr, /packmill: unknown package "libary"\n {2}did you mean "library"\?/);
  t.match(wrong, { exitCode: 2 });
  for (const minutes of ['x', '0', '-5']) {
    const strange = await workspace.make(['build', `MINUTES=${minutes}`]);
    t.match(strange.stderr, 'packmill: MINUTES: expected a number above 0');
  }
  t.same(workspace.takeBuilds(), []);
});

t.test('a package fault is built once more only when something changes, or when a person asks', async (t) => {
  const workspace = new Workspace(t);
  const broken = { FAIL: 'smoke', ONLY: bookworm };

  const first = await workspace.make(['build', 'DISTRO=debian_bookworm', 'PLATFORM=linux/amd64'], broken);
  t.match(first.stderr, 'Error 1');
  t.match(first.stdout, 'packmill: 1 failed, 2 blocked');
  workspace.takeCalls();
  const second = await workspace.make(['build', 'DISTRO=debian_bookworm', 'PLATFORM=linux/amd64'], broken);
  t.match(second, { exitCode: 0 });
  t.match(second.stdout, `${bookworm} is left out, night 1 of 1: it has failed once with the same inputs`);
  t.match(second.stdout, `${above} is left out, as it waits for ${bookworm}`);
  t.same(workspace.takeBuilds(), []);

  await workspace.make([bookworm], broken);
  t.same(workspace.takeBuilds(), [bookworm], 'make TARGET always tries');
  workspace.edit('matrix/packages/library.yaml', 'cross: true', 'cross: true, configure: [--mended]');
  const mended = await workspace.make(['build', 'DISTRO=debian_bookworm', 'PLATFORM=linux/amd64']);
  t.match(mended, { exitCode: 0 });
  t.same(workspace.takeBuilds(), [bookworm, above, 'tool_3.1_debian_bookworm_linux-amd64'].sort());
});

t.test('an infrastructure fault is tried again in the same run', async (t) => {
  const workspace = new Workspace(t);
  workspace.write('matrix/workspace.yaml', `${workspace.read('matrix/workspace.yaml')}nightly: { retries: 2, pause: 0 }\n`);
  workspace.edit('bin/docker', 'dest= file=', 'if [[ $* == *dockerfiles/* && ! -e once ]]; then touch once; echo gone >&2; exit 1; fi\ndest= file=');

  const ran = await workspace.make(['build', 'PACKAGE=library', 'DISTRO=debian_bookworm', 'PLATFORM=linux/amd64']);

  t.match(ran, { exitCode: 0 }, ran.stderr);
  t.match(ran.stdout, '1 targets met infrastructure faults and are tried again in 0 s');
  t.same(workspace.takeBuilds(), [bookworm, bookworm]);
});

t.test('a source that cannot be had blocks its targets, and is told', async (t) => {
  const workspace = new Workspace(t);
  workspace.write('matrix/workspace.yaml', `${workspace.read('matrix/workspace.yaml')}nightly: { retries: 1, pause: 0 }\n`);
  workspace.program('scripts/fetch', '#!/bin/bash\necho "fetch" >>"$CALLS"\necho "packmill: no source" >&2\nexit 75\n');

  const ran = await workspace.make(['build', 'PACKAGE=library', 'DISTRO=debian_bookworm'], { RUN: '000001-20260101T000000Z' });
  const status = await workspace.make(['status', 'PACKAGE=library', 'DISTRO=debian_bookworm']);

  t.match(ran.stderr, 'Error 75');
  t.match(ran.stdout, 'packmill: 2 blocked');
  t.equal(workspace.takeCalls().filter((call) => call === 'fetch').length, 2, 'tried twice');
  workspace.write('out/runs/000001-20260101T000000Z/run.json', JSON.stringify({ id: '000001-20260101T000000Z', asked: '', started: 1, process: 1, steps: [] }));
  const after = await workspace.make(['status', 'PACKAGE=library', 'DISTRO=debian_bookworm']);
  t.match(status.stdout, `${bookworm}  missing`);
  t.match(after.stdout, /waiting .*for out\/sources\/library-1111111111111111\/library-1\.2\.tar\.gz, which could not be had/);
});

t.test('when time is up no further build begins, and the next run has the rest first', async (t) => {
  const workspace = new Workspace(t);
  const run = (number: number): string => `00000${String(number)}-20260101T000000Z`;
  workspace.edit('bin/docker', 'sleep "${SLOW:-0}"', 'sleep "${SLOW:-0}"; echo "its time is up" >"$STOP_FILE"');

  const ran = await workspace.make(['build', 'PACKAGE=library'], { RUN: run(1) });
  const [first] = workspace.takeBuilds();
  workspace.write(`out/runs/${run(1)}/run.json`, JSON.stringify({ id: run(1), asked: '', started: 1, process: 1, steps: [] }));
  workspace.edit('bin/docker', '; echo "its time is up" >"$STOP_FILE"', '');
  const next = await workspace.make(['build'], { RUN: run(2) });

  t.match(ran, { exitCode: 0 });
  t.match(ran.stdout, 'packmill: 1 built, 3 left');
  t.match(ran.stderr, 'left for the next run: its time is up');
  t.match(next, { exitCode: 0 });
  const { due } = JSON.parse(workspace.read(`out/runs/${run(2)}/build.json`)) as { readonly due: readonly string[] };
  t.same(
    due.slice(0, 3).map((name) => name.split('_')[0]),
    ['library', 'library', 'library'],
  );
  t.notOk(due.includes(first ?? ''));
});

t.test('a build that is killed is begun again, and no failure', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make(['fetch', 'bases', 'PACKAGE=library', 'PLATFORM=linux-amd64']);

  const { execa } = await import('execa');
  const env = { PATH: `${workspace.folder}/bin:${process.env.PATH ?? ''}`, CALLS: `${workspace.folder}/calls`, FAIL: '', SLOW: '30', HOME: workspace.folder };
  const killed = execa('setsid', ['make', 'build', 'PACKAGE=library', 'DISTRO=debian_bookworm', 'PLATFORM=linux/amd64'], {
    cwd: workspace.folder,
    env,
    extendEnv: false,
    reject: false,
  });
  for (let waited = 0; !workspace.exists(`out/attempts/${bookworm}/last`) && waited < 200; waited++) await new Promise((resolve) => setTimeout(resolve, 100));
  const building = await workspace.make(['status', 'STATE=building']);
  process.kill(-(killed.pid ?? 0), 'SIGKILL');
  await killed;
  const status = await workspace.make(['status', 'PACKAGE=library', 'DISTRO=debian_bookworm', 'PLATFORM=linux/amd64']);
  const again = await workspace.make(['build', 'PACKAGE=library', 'DISTRO=debian_bookworm', 'PLATFORM=linux/amd64']);

  t.match(building.stdout, `${bookworm}  building`);
  t.match(status.stdout, `${bookworm}  missing`);
  t.match(again, { exitCode: 0 });
  t.match(again.stdout, '1 built');
});
