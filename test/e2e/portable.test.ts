import t from 'tap';

import { Elsewhere } from './engine.js';
import { cell, log, recipe } from './portable.js';

t.test('what fits every system is made once for all distros', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  recipe(workspace);
  const [first, second] = [cell('bookworm'), cell('trixie')] as const;

  t.match(await workspace.make([first]), { exitCode: 0 });
  t.match(log(workspace, first), /^made for every system$/m);

  t.match(await workspace.make([second]), { exitCode: 0 });
  t.match(log(workspace, second), 'comes from an earlier build');
  t.notMatch(log(workspace, second), 'made for every system');

  await t.test('NO_CACHE=1 believes nothing', async (t) => {
    await workspace.make([second, 'ITERATION=2', 'NO_CACHE=1']);
    t.match(log(workspace, second), /^made for every system$/m);
  });

  await t.test('another source or another script is another thing', async (t) => {
    workspace.edit('matrix/packages/probe/build', 'set -eu', 'set -eu # edited');
    t.match(await workspace.make([first]), { exitCode: 0 });
    t.match(log(workspace, first), /^made for every system$/m);
  });
});

t.test('a step that failed runs again without what other builds left', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  recipe(workspace);
  workspace.edit('matrix/packages/probe/build', 'set -eu', 'set -eu\nif [ -n "${PREBUILT:-}" ]; then exit 1; fi');
  const [first, second] = [cell('bookworm'), cell('trixie')] as const;

  t.match(await workspace.make([first]), { exitCode: 0 });
  t.match(await workspace.make([second]), { exitCode: 2, output: /package fault in step build/ });
  t.match(await workspace.make([second]), { exitCode: 0 });
  t.match(log(workspace, second), /^made for every system$/m);
});
