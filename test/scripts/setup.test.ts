import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import t, { type Test } from 'tap';
import { FakeMachine } from './fake-machine.js';

const noEngine = { id: 'echo 0', curl: 'exit 7', 'apt-get': '', dnf: 'exit 1', df: `printf '%s\\n' Avail 41` };

/** A machine of this distribution with these commands beside the ordinary ones. */
function arrange(t: Test, osRelease: string, commands: Readonly<Record<string, string>>) {
  const tools = ['awk', 'bash', 'cat', 'cut', 'dirname', 'env', 'grep', 'head', 'sed', 'sh', 'sha256sum', 'tail', 'tar', 'flock', 'xz'];
  const machine = new FakeMachine(t.testdir(), tools);
  for (const [name, body] of Object.entries(commands)) machine.command(name, body);
  const file = join(machine.folder, 'os-release');
  writeFileSync(file, osRelease);
  const setup = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => machine.run('setup', args, { OS_RELEASE: file, ...env });
  return { machine, setup };
}

function commandLines(stdout: string): string[] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('    '))
    .map((line) => line.trim().replaceAll(/['\\]/g, ''));
}

void t.test('an engine that works is left alone, and a ready machine hears one line', async (t) => {
  const docker = `[ "$*" != 'buildx inspect' ] || echo 'Status: running'`;
  const { machine, setup } = arrange(t, 'ID=debian\nVERSION_ID="12"\n', { ...noEngine, docker, 'arch-test': '', mmdebstrap: '', gpgv: '' });

  const ran = await setup(['--bootstrap', '--platform', 'linux/riscv64']);

  t.strictSame([ran.exitCode, ran.stdout, ran.stderr], [0, 'packmill setup: nothing to do, this machine has everything asked for', '']);
  t.strictSame(machine.callsOf('apt-get'), []);
});

void t.test('Debian 12 takes three packages from the next release by name, all announced', async (t) => {
  const mirror = `[[ $* != indextargets* ]] || echo 'Debian|Debian|http://mirror.example/debian/'`;
  const { machine, setup } = arrange(t, 'ID=debian\nVERSION_ID="12"\n', { ...noEngine, 'apt-get': mirror });

  const ran = await setup(['--dry-run']);

  const commands = commandLines(ran.stdout);
  t.equal(ran.exitCode, 0, ran.stderr);
  t.equal(commands.filter((command) => command.endsWith('docker.io/trixie docker-cli/trixie docker-buildx/trixie iptables')).length, 1);
  t.equal(
    commands.filter((command) => command.includes('URIs: http://mirror.example/debian Suites: trixie')).length,
    existsSync('/etc/apt/sources.list.d/packmill-trixie.sources') ? 0 : 1,
  );
  t.notMatch(ran.stdout, 'untested');
  t.strictSame(
    machine.callsOf('apt-get install').filter((call) => !call.includes('--simulate')),
    [],
    'nothing is done',
  );
});

void t.test('the engine gets a limit for its cache, which older ones do not have', async (t) => {
  const { machine, setup } = arrange(t, 'ID=debian\nVERSION_ID="13"\n', noEngine);
  const file = join(machine.folder, 'etc/daemon.json');

  const first = await setup(['--dry-run'], { DAEMON_JSON: file });
  const command = first.stdout.split('\n').find((line) => line.includes(`>${file}`)) ?? '';
  await execa('bash', ['-c', command]);
  const written = readFileSync(file, 'utf8');
  const second = await setup(['--dry-run'], { DAEMON_JSON: file });

  t.match(first.stdout, 'limits the cache of builds to 30GB, three quarters of what is free');
  t.strictSame(JSON.parse(written), { features: { 'containerd-snapshotter': true }, builder: { gc: { enabled: true, defaultKeepStorage: '30GB' } } });
  t.notMatch(second.stdout, file, 'one that is there stays as it is');
});

void t.test('other distributions have their own names, and say where they are untested', async (t) => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['ID=debian\nVERSION_ID="13"\n', 'apt-get', 'docker.io docker-cli docker-buildx iptables'],
    ['ID=ubuntu\nVERSION_ID="24.04"\n', 'apt-get', 'docker.io docker-buildx iptables'],
    ['ID=fedora\nVERSION_ID=42\n', 'dnf', 'moby-engine docker-cli docker-buildx'],
    ['ID="rocky"\nVERSION_ID="9.4"\n', 'dnf', 'docker-ce docker-ce-cli docker-buildx-plugin'],
  ];
  for (const [osRelease, manager, packages] of cases) {
    const { setup } = arrange(t, osRelease, { ...noEngine, dnf: '' });

    const ran = await setup(['--dry-run']);

    t.equal(ran.exitCode, 0, ran.stderr);
    t.ok(
      commandLines(ran.stdout).some((command) => command.includes(manager) && command.endsWith(packages)),
      ran.stdout,
    );
    t.equal(ran.stdout.includes('is untested'), !osRelease.startsWith('ID=debian'));
  }
});

void t.test('Enterprise Linux without a repository that has the engine says so', async (t) => {
  const { setup } = arrange(t, 'ID="rocky"\nVERSION_ID="9.4"\n', noEngine);

  const ran = await setup(['--dry-run']);

  t.equal(ran.exitCode, 1);
  t.match(ran.stderr, 'packmill: setup: no configured repository of rocky 9.4 has docker-ce; add its vendor');
});

void t.test('an unknown distribution says what to do by hand', async (t) => {
  const { setup } = arrange(t, 'ID=plan9\n', noEngine);

  const ran = await setup(['--dry-run']);

  t.equal(ran.exitCode, 1);
  t.equal(ran.stderr, 'packmill: setup: does not know how to install packages on "plan9 "; install what scripts/doctor names by hand');
});

void t.test('without root everything is said and nothing done', async (t) => {
  const { machine, setup } = arrange(t, 'ID=ubuntu\nVERSION_ID="24.04"\n', { ...noEngine, id: 'echo 1000' });

  const ran = await setup([]);

  t.equal(ran.exitCode, 1);
  t.match(ran.stdout, 'packmill setup: install docker.io docker-buildx iptables\n');
  t.equal(ran.stderr, 'packmill: setup: the above needs root: run it again by sudo, or paste the commands into a root shell');
  t.strictSame(
    machine.callsOf('apt-get install').filter((call) => !call.includes('--simulate')),
    [],
  );
});

void t.test('a platform gets the emulator of its own processor, not one whose name begins so', async (t) => {
  const docker = `[ "$*" != 'buildx inspect' ] || echo 'Status: running'`;
  const { setup } = arrange(t, 'ID=debian\nVERSION_ID="12"\n', { ...noEngine, docker, 'arch-test': 'exit 1' });

  const { stdout } = await setup(['--dry-run', '--platform', 'linux/arm/v7']);

  t.match(stdout, 'packmill setup: register QEMU as the emulator for linux/arm/v7\n');
  t.match(stdout, '/usr/lib/binfmt.d/qemu-arm');
  t.notMatch(stdout, 'qemu-armeb');
});

void t.test('a kernel that refuses its own 32-bit programs gets an emulator of which QEMU ships no line', async (t) => {
  const docker = `[ "$*" != 'buildx inspect' ] || echo 'Status: running'`;
  const { setup } = arrange(t, 'ID=debian\nVERSION_ID="12"\n', { ...noEngine, docker, 'arch-test': 'exit 1', 'qemu-i386-static': '' });

  const { stdout } = await setup(['--dry-run', '--platform', 'linux/386']);

  t.match(stdout, 'packmill setup: register QEMU as the emulator for linux/386\n');
  t.match(stdout, /:qemu-i386:M::.*:\/\S+\/qemu-i386-static:OPF/);
  t.notMatch(stdout, 'qemu-i386-static.conf', 'no file that no package has');
});

void t.test('an engine elsewhere that does not answer is never replaced by a local one', async (t) => {
  const { setup } = arrange(t, 'ID=debian\nVERSION_ID="12"\n', noEngine);

  const ran = await setup([], { DOCKER_HOST: 'ssh://far.example' });

  t.equal(ran.exitCode, 75);
  t.match(ran.stderr, 'packmill: setup: the engine chosen by DOCKER_HOST=ssh://far.example BUILDER= does not answer; setup only makes a local one');
});

void t.test('apt gets four attempts', async (t) => {
  const busy = `[[ $* != *install* || $* = *--simulate* ]] || [ $(grep -c 'install --yes' "$CALLS") -gt 2 ]`;
  const docker = `[ "$*" != 'buildx inspect' ] || echo 'Status: running'`;
  const { machine, setup } = arrange(t, 'ID=debian\nVERSION_ID="12"\n', { ...noEngine, docker, 'apt-get': busy, sleep: '' });

  const ran = await setup(['--bootstrap']);

  t.equal(ran.exitCode, 0);
  t.equal(machine.callsOf('apt-get install --yes').length, 3);
  t.equal(machine.callsOf('apt-get update').length, 2);
});

void t.test('wrong usage exits 2', async (t) => {
  const { setup } = arrange(t, 'ID=debian\nVERSION_ID="12"\n', noEngine);

  t.equal((await setup(['--platform', 'linux/arm46'])).exitCode, 2);
  t.equal((await setup(['--platform'])).exitCode, 2);
  t.equal((await setup(['engine'])).exitCode, 2);
});
