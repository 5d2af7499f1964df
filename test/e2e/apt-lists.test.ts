import t from 'tap';

import { Elsewhere } from './engine.js';

const target = 'probe_2.10_debian_bookworm_linux-amd64';
const script = 'templates/steps/deb/install-build-deps';
const reading = /^#\d+ [\d.]+ (Hit|Get):\d+ \S+ \S+ InRelease/m;

t.test('lists of the last hour are read again only when they do not serve', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  workspace.edit('matrix/packages/probe.yaml', 'settings:', 'settings:\n  tools: [m4]');
  // Only the installation matters, and what comes behind it takes its time.
  workspace.edit('matrix/packages/probe/build', 'set -eux', 'exit 1');
  const whole = workspace.read(script);
  /** What the installation says, once something has happened to the lists that the engine keeps. */
  const installation = async (event: string): Promise<string> => {
    // A step that has never run.
    workspace.write(script, whole.replace('set -eu', `set -eu\n: ${String(process.hrtime.bigint())}\ncd /var/lib/apt/lists\n${event}\ncd /`));
    const ran = await workspace.make([target]);
    t.match(ran.output, 'package fault in step build');
    return workspace.read(`out/attempts/${target}/last/build.log`);
  };

  t.match(await installation('rm -f read-*'), reading);
  t.notMatch(await installation(''), reading);
  t.match(await installation('rm -f *_Packages'), reading);
  t.match(await installation("touch -d '2 hours ago' read-*"), reading);
});
