import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import t from 'tap';
import type { Test } from 'tap';

import { built, furnish, repack, target, upgrade, workspace } from './upgrade.js';

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
