import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { FakeMachine } from './fake-machine.js';

/** A docker client whose engine answers, with these lines of "buildx inspect" and this image store. */
function docker(inspect: readonly string[], store = 'io.containerd.snapshotter.v1'): string {
  return `case "$*" in
    'buildx version') echo buildx ;;
    'buildx inspect'*) printf '%s\\n' ${inspect.map((line) => `'${line}'`).join(' ')} ;;
    info*) echo '[["driver-type","${store}"]]' ;;
  esac`;
}

const working = ['Name: default', 'Driver:        docker', 'Status:        running', 'Platforms:     linux/amd64*, linux/amd64/v2, linux/arm64'];

function arrange(t: Test): FakeMachine {
  const machine = new FakeMachine(t.testdir());
  machine.command('docker', docker(working));
  machine.command('mmdebstrap');
  machine.command('arch-test');
  return machine;
}

void t.test('a machine with everything hears nothing', async (t) => {
  const machine = arrange(t);

  const ran = await machine.run('doctor', ['--bootstrap', '--platform', 'linux/amd64', '--platform', 'linux/arm64']);

  t.strictSame(ran, { ...ran, exitCode: 0, stdout: '', stderr: '' });
});

void t.test('everything that is missing is in one message, with what to do', async (t) => {
  const machine = new FakeMachine(t.testdir(), ['env', 'bash', 'dirname', 'sort', 'sed', 'tr', 'grep', 'sha256sum', 'tar', 'flock']);
  machine.command('make', 'echo GNU Make 4.2.1');
  machine.command('node', 'echo v18.19.0');
  machine.command('npm');

  const ran = await machine.run('doctor', ['--bootstrap', '--platform', 'linux/s390x']);

  t.equal(ran.exitCode, 1);
  t.equal(
    ran.stderr,
    [
      'packmill: this machine lacks what the build needs:',
      '  GNU make 4.3 or newer: install it with your package manager',
      '  Node.js 20 or newer with npm: install nodejs and npm, from your distribution if it has that version (Debian 13, Fedora), else from its vendor',
      '  curl: "make setup" installs it',
      '  xz: "make setup" installs it',
      '  a docker client with a working buildx: "make setup" installs it',
      '  mmdebstrap, which makes Debian bases: "make setup" installs it',
      '  linux/s390x on this machine itself, to make its base: "make setup" registers an emulator',
    ].join('\n'),
  );
});

void t.test('an engine that is gone, closed to the user, or cannot write OCI layouts is told apart', async (t) => {
  const cases: readonly (readonly [string, string])[] = [
    [docker(['Driver:', 'Error: Cannot connect to the Docker daemon']), 'an engine that answers (the local one): "make setup" installs or starts a local one'],
    [docker(['Driver:', 'Error: permission denied while trying to connect']), "an engine that this user may use: add the user to the engine's group"],
    [
      docker(working, 'overlay2'),
      'an engine that writes OCI layouts: add {"features":{"containerd-snapshotter":true}} to /etc/docker/daemon.json and restart docker',
    ],
  ];
  for (const [client, message] of cases) {
    const machine = arrange(t);
    machine.command('docker', client);

    const ran = await machine.run('doctor', []);

    t.equal(ran.exitCode, 1);
    t.ok(ran.stderr.startsWith(`packmill: this machine lacks what the build needs:\n  ${message}`), ran.stderr);
  }
});

void t.test('a builder other than the local engine is asked itself, and needs no image store', async (t) => {
  const machine = arrange(t);
  machine.command('docker', docker(['Driver: remote', 'Status: running', 'Platforms: linux/riscv64'], 'overlay2'));

  const ran = await machine.run('doctor', ['--platform', 'linux/riscv64', '--platform', 'linux/arm64'], { BUILDER: 'far' });

  t.equal(ran.exitCode, 1);
  t.equal(
    ran.stderr,
    'packmill: this machine lacks what the build needs:\n  linux/arm64 in the engine, native or emulated: "make setup" registers an emulator',
  );
  t.equal(machine.callsOf('docker buildx inspect far').length > 0, true);
});

void t.test('a client without buildx does not hide one with it', async (t) => {
  const machine = arrange(t);
  const folder = join(machine.folder, 'old');
  mkdirSync(folder);
  const old = new FakeMachine(folder, []);
  old.command('docker', 'exit 1');

  const ran = await machine.run('doctor', ['--docker'], { PATH: `${old.bin}:${machine.bin}` });

  t.equal(ran.stdout, `${machine.bin}/docker`);
});

void t.test('wrong usage exits 2', async (t) => {
  const machine = arrange(t);

  const option = await machine.run('doctor', ['--nonsense']);
  const platform = await machine.run('doctor', ['--platform', 'linux/arm46']);

  t.strictSame([option.exitCode, option.stderr], [2, 'packmill: doctor: unknown argument "--nonsense"; see doctor --help']);
  t.equal(platform.exitCode, 2);
  t.match(platform.stderr, 'packmill: unknown platform "linux/arm46"; known are linux/amd64, arm64,');
});
