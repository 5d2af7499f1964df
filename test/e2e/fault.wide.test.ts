import t from 'tap';

import { Elsewhere } from './engine.js';
import { expectFaults, recipe, target } from './faults.js';

/** A file where packages have none, which lintian calls an error. */
const local = 'install -D probe "$DESTDIR/opt/probe2"\ninstall -D';

expectFaults([
  {
    title: 'a patch that breaks the source',
    step: 'build',
    says: 'this is no shell',
    spoil: (w) => {
      w.write(`${recipe}/patches/break.patch`, '--- /dev/null\n+++ b/broken\n@@ -0,0 +1 @@\n+this is no shell (\n');
      w.edit(`${recipe}.yaml`, 'settings:', 'settings:\n  patches: [break.patch]');
      w.edit(`${recipe}/build`, 'set -eux', 'set -eux\ncat broken\nbash broken');
    },
  },
  {
    title: 'a smoke test that leaves no count',
    step: 'smoke',
    says: 'no test case ran',
    spoil: (w) => {
      w.edit(`${recipe}/smoke`, 'echo 1 >"$CASES"', ':');
    },
  },
  {
    title: 'a package that cannot be installed',
    step: 'install-test',
    says: 'no-such-library',
    spoil: (w) => {
      w.edit(`${recipe}.yaml`, 'settings:', 'settings:\n  depends: [no-such-library]');
    },
  },
  {
    title: 'an error of the linter that nobody waived',
    step: 'lint',
    says: 'dir-or-file-in-opt',
    spoil: (w) => {
      w.edit(`${recipe}/stage`, 'install -D', local);
    },
  },
]);

t.test('an error of the linter that is waived with a reason is none', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  workspace.edit(`${recipe}/stage`, 'install -D', local);
  workspace.edit(`${recipe}.yaml`, 'settings:', 'settings:\n  waivers:\n    - { tag: dir-or-file-in-opt, reason: a test }');

  const ran = await workspace.make([target]);

  t.equal(ran.exitCode, 0, ran.output);
});

t.test('a log that only talks of the network is a package fault', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  workspace.edit(`${recipe}/build`, 'set -eux', 'set -eux\necho "E: Connection timed out" >&2; exit 1');

  const ran = await workspace.make([target]);

  t.match(ran.output, `${target}: package fault in step build`);
  t.match(ran.output, 'Error 1');
});
