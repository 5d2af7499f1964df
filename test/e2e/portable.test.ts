import { readFileSync } from 'node:fs';

import t from 'tap';

import { Elsewhere } from './engine.js';

const cell = (distro: string): string => `probe_2.10_debian_${distro}_linux-amd64`;

/** The log of a target's step that compiles. */
function log(workspace: Elsewhere, target: string): string {
  return readFileSync(workspace.path(`out/packages/${target}/logs/build.log`), 'utf8');
}

/** Two files of the same content, whose names Debian 11 puts in another order than Debian 12. */
const names = ['😀', 'a'].map((name) => `--- /dev/null\n+++ b/${name}\n@@ -0,0 +1 @@\n+same\n`).join('');

/** A recipe whose build makes one file that fits every system, at a cost, and one that does not. What other runs left is of another script. */
function recipe(workspace: Elsewhere): void {
  workspace.edit('matrix/packages/probe.yaml', '  cross: true', '  prebuilt: true\n  patches: [names.patch]');
  workspace.write('matrix/packages/probe/patches/names.patch', names);
  workspace.write(
    'matrix/packages/probe/build',
    `#!/bin/bash
# ${String(process.hrtime.bigint())}
set -eu
if [ -n "\${PREBUILT:-}" ]; then
    cp "$PREBUILT/fits" .
else
    echo 'made for every system'
    echo fits >fits
fi
printf '#!/bin/sh\\necho probe\\n' >probe
chmod +x probe
if [ -n "\${PORTABLE:-}" ]; then tar -cf "$PORTABLE" fits; fi
`,
  );
}

t.test('what fits every system is made once for all distros', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  recipe(workspace);
  const [first, second, third] = [cell('bookworm'), cell('trixie'), cell('bullseye')] as const;

  t.match(await workspace.make([first]), { exitCode: 0 });
  t.match(log(workspace, first), /^made for every system$/m);

  for (const other of [second, third]) {
    t.match(await workspace.make([other]), { exitCode: 0 });
    t.match(log(workspace, other), 'comes from an earlier build');
    t.notMatch(log(workspace, other), 'made for every system');
  }

  await t.test('NO_CACHE=1 believes nothing', async (t) => {
    await workspace.make([second, 'ITERATION=2', 'NO_CACHE=1']);
    t.match(log(workspace, second), /^made for every system$/m);
  });

  await t.test('another source or another script is another thing', async (t) => {
    workspace.edit('matrix/packages/probe/build', 'set -eu', 'set -eu # edited');
    t.match(await workspace.make([third]), { exitCode: 0 });
    t.match(log(workspace, third), /^made for every system$/m);
  });
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

t.test('a step that failed runs again without what other builds left, and no failure is taken for another', async (t) => {
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
