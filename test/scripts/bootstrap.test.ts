import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { FakeMachine } from './fake-machine.js';

// Real bases are made by "make bases"; here mmdebstrap and the engine are played, so that their faults can be too.
const goodMmdebstrap = 'for arg; do case $arg in */rootfs.tar) echo files >"$arg" ;; esac; done';
const goodDocker = `case "$*" in
  'buildx inspect') echo 'Status: running' ;;
  'buildx build'*) all=$* && dest=\${all##*dest=} && dest=\${dest%% *} && mkdir -p "$dest/ingest" "$dest/blobs" && echo {} >"$dest/index.json" ;;
esac`;
const bookworm = ['--suite', 'bookworm', '--arch', 'amd64', 'bases/x'];

function arrange(t: Test, mmdebstrap = goodMmdebstrap, docker = goodDocker) {
  const machine = new FakeMachine(t.testdir());
  machine.command('mmdebstrap', mmdebstrap);
  machine.command('docker', docker);
  machine.command('arch-test');
  const bases = join(machine.folder, 'bases');
  const bootstrap = (args: readonly string[] = bookworm, env: Readonly<Record<string, string>> = {}) =>
    machine.run('bootstrap', args, { BOOTSTRAP_PAUSE: '0', ...env });
  return { machine, bases, bootstrap };
}

void t.test('a base is an OCI layout and nothing else, and is made once', async (t) => {
  const { machine, bases, bootstrap } = arrange(t);

  const first = await bootstrap();
  const second = await bootstrap();

  t.equal(first.exitCode, 0, first.stderr);
  t.equal(first.stderr, `packmill: making ${bases}/x: Debian bookworm amd64 from the archive`);
  t.strictSame([second.exitCode, second.stderr], [0, '']);
  t.strictSame(readdirSync(bases), ['x']);
  t.strictSame(readdirSync(join(bases, 'x')), ['blobs', 'index.json']);
  t.equal(machine.callsOf('mmdebstrap').length, 1);
});

void t.test('a mirror that is being updated is asked again', async (t) => {
  const midSync = `echo 'E: Failed to fetch …/Packages.xz  File has unexpected size (1 != 2). Mirror sync in progress?'; `;
  const recovers = arrange(t, `if [ $(grep -c mmdebstrap "$CALLS") -lt 3 ]; then ${midSync} exit 1; fi; ${goodMmdebstrap}`);
  const ran = await recovers.bootstrap();

  t.equal(ran.exitCode, 0);
  t.match(
    ran.stderr,
    'packmill: bootstrap: mmdebstrap failed (E: Failed to fetch …/Packages.xz  File has unexpected size (1 != 2). Mirror sync in progress?); again in 0 s',
  );
});

void t.test('what does not recover is a fault of the infrastructure, with its log', async (t) => {
  const { machine, bases, bootstrap } = arrange(t, `echo 'E: Failed to fetch x'; exit 25`);

  const ran = await bootstrap();

  t.equal(ran.exitCode, 75);
  t.ok(ran.stderr.endsWith(`packmill: bootstrap: mmdebstrap failed 3 times; its log is ${bases}/x.log`), ran.stderr);
  t.match(readFileSync(join(bases, 'x.log'), 'utf8'), 'E: Failed to fetch x');
  t.equal(machine.callsOf('mmdebstrap').length, 3);
  t.notOk(existsSync(join(bases, 'x')));
});

void t.test('a suite or a package that does not exist is a fault of the input, at once', async (t) => {
  for (const lines of ['E: Unable to locate package nonsuch', 'Err: 404  Not Found\nE: The repository bookwrm does not have a Release file.']) {
    const { machine, bases, bootstrap } = arrange(t, `printf '%s\\n' '${lines}'; exit 25`);

    const ran = await bootstrap();

    t.equal(ran.exitCode, 1);
    t.match(
      ran.stderr,
      `packmill: bootstrap: the archive has no such suite, architecture or package: ${lines.split('\n').at(-1) ?? ''}; its log is ${bases}/x.log`,
    );
    t.equal(machine.callsOf('mmdebstrap').length, 1);
  }
});

void t.test('an engine that is gone or cannot write the image is a fault of the infrastructure', async (t) => {
  const gone = arrange(t, goodMmdebstrap, `[ "$*" = 'buildx version' ] || echo 'Error: Cannot connect'`);
  const ranGone = await gone.bootstrap();
  const broken = arrange(t, goodMmdebstrap, goodDocker.replace('mkdir', `echo 'ERROR: OCI exporter is not supported' && exit 1 && mkdir`));

  const ranBroken = await broken.bootstrap();

  t.strictSame([ranGone.exitCode, ranGone.stderr], [75, 'packmill: bootstrap: no engine with buildx answers; "make setup" installs or starts one']);
  t.equal(ranBroken.exitCode, 75);
  t.match(ranBroken.stderr, 'the engine could not write the image (ERROR: OCI exporter is not supported); the log is');
  t.notOk(existsSync(join(broken.bases, 'x')));
});

void t.test('a foreign architecture without an emulator is said before anything is made', async (t) => {
  const { machine, bootstrap } = arrange(t);
  machine.command('arch-test', 'exit 1');

  const ran = await bootstrap(['--suite', 'bookworm', '--arch', 's390x', 'bases/x']);

  t.equal(ran.exitCode, 75);
  t.equal(ran.stderr, 'packmill: bootstrap: s390x programs do not run on this machine; "make setup" registers an emulator for linux/s390x');
  t.equal(machine.callsOf('mmdebstrap').length, 0);
});

void t.test('a killed bootstrap leaves nothing that looks finished, and the next one cleans up', async (t) => {
  for (const stage of ['mmdebstrap', 'docker']) {
    const once = `[ -e killed ] || { touch killed && sleep 2; }\n`;
    const { machine, bases, bootstrap } = arrange(
      t,
      (stage === 'mmdebstrap' ? once : '') + goodMmdebstrap,
      stage === 'docker' ? `[[ $* != *build\\ * ]] || ${once}${goodDocker}` : goodDocker,
    );
    const running = machine.start('bootstrap', bookworm);
    while (!existsSync(join(machine.folder, 'killed'))) await pause(20);

    running.kill('SIGKILL');
    await running;
    t.notOk(existsSync(join(bases, 'x')));
    const ran = await bootstrap();

    t.equal(ran.exitCode, 0, ran.stderr);
    t.strictSame(readdirSync(bases), ['x'], stage);
  }
});

void t.test('a stopped bootstrap ends at once with everything it started', async (t) => {
  const { machine, bases } = arrange(t, 'touch started; sleep 30; touch survived');
  const running = machine.start('bootstrap', bookworm);
  while (!existsSync(join(machine.folder, 'started'))) await pause(20);
  const before = Date.now();

  running.kill('SIGTERM');
  const ran = await running;

  t.equal(ran.exitCode, 130);
  t.ok(Date.now() - before < 5000);
  t.strictSame(readdirSync(bases), ['.x.lock']);
});

void t.test('half a base under the final name, as an interrupted copy leaves it, is replaced', async (t) => {
  const { bases, bootstrap } = arrange(t);
  mkdirSync(join(bases, 'x', 'blobs'), { recursive: true });
  writeFileSync(join(bases, 'x', 'oci-layout'), '');

  const ran = await bootstrap();

  t.equal(ran.exitCode, 0);
  t.strictSame(readdirSync(join(bases, 'x')), ['blobs', 'index.json']);
});

void t.test('two at once make one base', async (t) => {
  const { machine, bootstrap } = arrange(t, `sleep 0.5; ${goodMmdebstrap}`);

  const both = await Promise.all([bootstrap(), bootstrap()]);

  t.strictSame(
    both.map((ran) => ran.exitCode),
    [0, 0],
  );
  t.equal(machine.callsOf('mmdebstrap').length, 1);
});

void t.test('mirror, date, components and packages reach mmdebstrap', async (t) => {
  const { machine, bootstrap } = arrange(t);
  const more = ['--components', 'main,contrib', '--packages', 'a,b'];

  await bootstrap([...bookworm.slice(0, 4), ...more, '--mirror', 'http://mirror.example/debian/', 'bases/x']);
  await bootstrap([...bookworm.slice(0, 4), '--snapshot', '20260101T000000Z', 'bases/y'], { SNAPSHOT_MIRROR: 'http://snapshot.example' });
  const withoutMirror = await bootstrap([...bookworm.slice(0, 4), '--snapshot', '20260101T000000Z', 'bases/z']);

  const [first = '', second = ''] = machine.callsOf('mmdebstrap');
  t.match(first, '--components=main,contrib --include=a,b ');
  t.match(
    first,
    'deb http://mirror.example/debian bookworm main contrib deb http://mirror.example/debian bookworm-updates main contrib deb http://mirror.example/debian-security bookworm-security',
  );
  t.match(second, 'deb http://snapshot.example/debian/20260101T000000Z bookworm main deb ');
  t.equal(withoutMirror.exitCode, 2);
  t.match(withoutMirror.stderr, 'packmill: bootstrap: --snapshot needs SNAPSHOT_MIRROR, the address of a snapshot archive');
});
