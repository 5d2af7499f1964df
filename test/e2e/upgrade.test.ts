import t from 'tap';

import { furnish, target, upgrade, workspace } from './upgrade.js';

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
