import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { execa } from 'execa';
import type { Test } from 'tap';
import t from 'tap';

import { Elsewhere } from './engine.js';

const target = 'probe_2.10_debian_bookworm_linux-amd64';
const artifact = `out/packages/${target}/probe_2.10-1~deb12_amd64.deb`;
const result = `out/packages/${target}/upgrade.json`;

/** An unpacked package, whose files and scripts a test can change. */
class Unpacked {
  constructor(readonly folder: string) {}

  /** Puts a file in. */
  file(path: string, text: string, mode = 0o644): void {
    mkdirSync(join(this.folder, dirname(path)), { recursive: true });
    writeFileSync(join(this.folder, path), text, { mode });
  }

  /** Adds commands to a maintainer script. */
  script(name: string, commands: string): void {
    this.file(`DEBIAN/${name}`, `#!/bin/sh\nset -e\n${commands}\n`, 0o755);
  }

  control(from: string, to: string): void {
    const path = join(this.folder, 'DEBIAN/control');
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${path} does not have ${from}`);
    writeFileSync(path, text.replace(from, to));
  }
}

/** Makes a package anew with some changes, as if its recipe had made it so. */
async function repack(from: string, to: string, change: (unpacked: Unpacked) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'packmill-repack-'));
  await execa('dpkg-deb', ['--raw-extract', from, join(folder, 'package')]);
  change(new Unpacked(join(folder, 'package')));
  const sums = await execa('bash', ['-c', "find . -type f ! -path './DEBIAN/*' -printf '%P\\0' | sort -z | xargs -0 md5sum"], { cwd: join(folder, 'package') });
  writeFileSync(join(folder, 'package/DEBIAN/md5sums'), `${sums.stdout}\n`);
  await execa('dpkg-deb', ['--root-owner-group', '-Zgzip', '--build', join(folder, 'package'), to]);
  rmSync(folder, { recursive: true });
}

const workspace = new Elsewhere(t, 'test/e2e/matrix');
const built = join(workspace.folder, 'built.deb');

t.before(async () => {
  const ran = await workspace.make([target]);
  if (ran.exitCode !== 0) throw new Error(ran.output);
  cpSync(workspace.path(artifact), built);
});

async function upgrade(
  change: (unpacked: Unpacked) => void,
): Promise<{ readonly exitCode: number | undefined; readonly output: string; readonly json: unknown }> {
  rmSync(workspace.path(result), { force: true });
  await repack(built, workspace.path(artifact), change);
  const ran = await workspace.make([`upgrade-${target}`]);
  return { ...ran, json: JSON.parse(workspace.read(result)) };
}

/** Configuration, a service that is switched on, and a user: all that packages bring beside their programs, and take away again. */
function furnish(unpacked: Unpacked): void {
  unpacked.file('etc/probe/probe.conf', 'greeting = probe\n');
  unpacked.file('DEBIAN/conffiles', '/etc/probe/probe.conf\n');
  unpacked.file('usr/lib/systemd/system/probe.service', '[Service]\nExecStart=/usr/bin/probe\n');
  const link = '/etc/systemd/system/multi-user.target.wants/probe.service';
  unpacked.script(
    'postinst',
    `getent passwd probe >/dev/null || useradd --system --user-group probe
     mkdir -p ${dirname(link)} /var/lib/probe
     ln -sf /usr/lib/systemd/system/probe.service ${link}
     date >/var/lib/probe/state`,
  );
  unpacked.script(
    'postrm',
    `[ "$1" = purge ] || exit 0\nuserdel probe\nrm ${link}\nrm -r /var/lib/probe\nrmdir -p --ignore-fail-on-non-empty ${dirname(link)}`,
  );
}

t.test('a sound package upgrades, keeps what its owner changed, and leaves nothing behind', async (t) => {
  const { exitCode, output, json } = await upgrade(furnish);

  t.equal(exitCode, 0, output);
  t.match(json, {
    target,
    base: 'own',
    result: 'passed',
    transitions: [
      { name: 'order', what: '2.10-0~deb12 < 2.10-1~deb12 < 2.10-1~deb13', result: 'passed' },
      { name: 'previous-iteration', what: '2.10-0~deb12 to 2.10-1~deb12', result: 'passed', cases: 1 },
      { name: 'previous-version', what: 'none in the matrix', result: 'not tried' },
    ],
  });
  t.match(workspace.read(`out/attempts/upgrade-${target}/last/trials/previous-iteration/logs/previous-iteration.log`), 'owner-changes: check: 1 files');
});

/** What a package can do wrong, and what is said of it. */
const faults: readonly { readonly title: string; readonly says: string; readonly spoil: (unpacked: Unpacked) => void }[] = [
  {
    title: 'a postrm that leaves a file behind',
    says: 'left behind: /var/lib/probe-state',
    spoil: (u) => {
      u.script('postrm', '[ "$1" != purge ] || touch /var/lib/probe-state');
    },
  },
  {
    title: 'configuration that is not marked as such, so that an upgrade takes it',
    says: 'the upgrade has lost what the owner of the system changed',
    spoil: (u) => {
      u.file('etc/probe.conf', 'greeting = probe\n');
    },
  },
  {
    title: 'configuration that a maintainer script writes anew',
    says: 'the upgrade has lost what the owner of the system changed',
    spoil: (u) => {
      u.file('etc/probe.conf', 'greeting = probe\n');
      u.file('DEBIAN/conffiles', '/etc/probe.conf\n');
      u.script('postinst', 'echo greeting = probe >/etc/probe.conf');
    },
  },
  {
    title: 'a user that stays',
    says: 'left behind: user probe',
    spoil: (u) => {
      u.script('postinst', 'getent passwd probe >/dev/null || useradd --system --user-group probe');
    },
  },
  {
    title: 'a service that stays switched on',
    says: 'left behind: /etc/systemd/system/probe.service',
    spoil: (u) => {
      u.script('postinst', 'mkdir -p /etc/systemd/system && ln -sf /usr/bin/probe /etc/systemd/system/probe.service');
    },
  },
  {
    title: 'a line in a file of others that stays',
    says: 'changed: /etc/shells',
    spoil: (u) => {
      u.script('postinst', 'echo /usr/bin/probe >>/etc/shells');
    },
  },
  {
    title: 'a file that is not as it was packaged',
    says: 'not as they were packaged',
    spoil: (u) => {
      u.script('postinst', 'echo >>/usr/bin/probe');
    },
  },
  {
    title: 'a program that only runs until it is upgraded',
    says: '/recipe/install-test',
    spoil: (u) => {
      u.script('postinst', '[ -z "$2" ] || chmod -x /usr/bin/probe');
    },
  },
  {
    title: 'a script that fails in upgrades',
    says: '2.10-1~deb12 cannot be installed',
    spoil: (u) => {
      u.script('preinst', '[ "$1" != upgrade ]');
    },
  },
];

for (const { title, says, spoil } of faults) {
  t.test(`${title} is a package fault`, async (t) => {
    const { output, json } = await upgrade(spoil);

    t.match(output, says);
    t.match(output, 'Error 1');
    t.match(json, { result: 'failed', fault: 'package', step: 'previous-iteration', transitions: [{}, { name: 'previous-iteration', result: 'failed' }, {}] });
  });
}

t.test('the previous version is upgraded from when it is built, and must be older', async (t: Test) => {
  const older = target.replace('2.10', '2.9');
  const file = workspace.path(`out/packages/${older}/probe_2.9-1~deb12_amd64.deb`);
  workspace.edit('matrix/packages/probe.yaml', '  2.10:', `  2.9: { source: debian, sha256: ${'9'.repeat(64)} }\n  2.10:`);
  mkdirSync(dirname(file), { recursive: true });

  const none = await upgrade(furnish);
  await repack(built, file, (u) => {
    furnish(u);
    appendFileSync(join(u.folder, 'etc/probe/probe.conf'), 'tone = low\n');
    u.control('Version: 2.10-1~deb12', 'Version: 2.9-1~deb12');
  });
  const sound = await upgrade(furnish);
  await repack(built, file, (u) => {
    u.control('Version: 2.10-1~deb12', 'Version: 1:2.9-1~deb12');
  });
  const epoch = await upgrade(furnish);

  t.match(none.json, { transitions: [{ what: /^2\.9-1~deb12 < 2\.10-0~deb12 < / }, {}, { what: `none built; ${older} would be it`, result: 'not tried' }] });
  t.equal(sound.exitCode, 0, sound.output);
  t.match(sound.json, { result: 'passed', transitions: [{}, {}, { name: 'previous-version', what: '2.9-1~deb12 to 2.10-1~deb12', result: 'passed' }] });
  t.match(epoch.json, { result: 'failed', step: 'previous-version', transitions: [{}, { result: 'passed' }, { result: 'failed' }] });
  t.match(epoch.output, 'DOWNGRADED');
});

t.test('the file system that a failed try left can be entered', async (t) => {
  await upgrade((u) => {
    u.script('postrm', 'touch /witness');
  });

  const ran = await workspace.make([`shell-upgrade-${target}`, 'CMD=ls /witness; cat /r/failed']);

  t.equal(ran.exitCode, 0, ran.output);
  t.match(ran.output, '/witness\nprevious-iteration 1');
});
