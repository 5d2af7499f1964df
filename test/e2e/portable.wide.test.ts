import t from 'tap';

import { Elsewhere } from './engine.js';
import { cell, log, recipe } from './portable.js';

t.test('an older system, which sorts names in another way, takes the same', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  recipe(workspace);
  t.match(await workspace.make([cell('bookworm')]), { exitCode: 0 });

  t.match(await workspace.make([cell('bullseye')]), { exitCode: 0 });
  t.match(log(workspace, cell('bullseye')), 'comes from an earlier build');
  t.notMatch(log(workspace, cell('bullseye')), 'made for every system');
});

t.test('what cannot be read is made anew', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  recipe(workspace);
  // The second build finds a whole archive and leaves half of it, as a machine does that loses its power.
  workspace.edit('matrix/packages/probe/build', 'set -eu', 'set -eu\nif [ -n "${PREBUILT:-}" ]; then truncate --size=20 /portable/*.tar.gz; fi');

  for (const distro of ['bookworm', 'trixie', 'bullseye']) t.match(await workspace.make([cell(distro)]), { exitCode: 0 });

  t.match(log(workspace, cell('trixie')), 'comes from an earlier build');
  t.match(log(workspace, cell('bullseye')), 'cannot be read; everything is built anew');
  t.match(log(workspace, cell('bullseye')), /^made for every system$/m);
});

t.test('no failure is taken for another', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  recipe(workspace);
  workspace.edit('matrix/packages/probe/build', 'set -eu', 'set -eu\nif [ -n "${PREBUILT:-}" ]; then exit 1; fi # round 0');
  const [first, second] = [cell('bookworm'), cell('trixie')] as const;

  for (const round of [1, 2, 3]) {
    // Every round fails with the same words, and is mended by the same words.
    workspace.edit('matrix/packages/probe/build', `# round ${String(round - 1)}`, `# round ${String(round)}`);
    t.match(await workspace.make([first]), { exitCode: 0 });
    t.match(await workspace.make([second]), { exitCode: 2, output: /package fault in step build/ });
    t.match(await workspace.make([second]), { exitCode: 0 });
    t.match(log(workspace, second), /^made for every system$/m);
  }
});

t.test('a script that leaves nothing is built whole everywhere', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  recipe(workspace);
  workspace.edit('matrix/packages/probe/build', '${PORTABLE:-}', '${NOTHING:-}');

  for (const distro of ['bookworm', 'trixie']) {
    t.match(await workspace.make([cell(distro)]), { exitCode: 0 });
    t.match(log(workspace, cell(distro)), /^made for every system\nprebuilt: the script left nothing/m);
  }
});
