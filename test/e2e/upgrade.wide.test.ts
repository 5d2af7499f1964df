import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import t from 'tap';
import type { Test } from 'tap';

import type { Unpacked } from './upgrade.js';
import { built, furnish, repack, target, upgrade, workspace } from './upgrade.js';

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

t.test('the file system that a failed try left can be entered', async (t) => {
  await upgrade((u) => {
    u.script('postrm', 'touch /witness');
  });

  const ran = await workspace.make([`shell-upgrade-${target}`, 'CMD=ls /witness; cat /r/failed']);

  t.equal(ran.exitCode, 0, ran.output);
  t.match(ran.output, '/witness\nprevious-iteration 1');
});

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
