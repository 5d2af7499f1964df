import t from 'tap';

import { Workspace } from './workspace.js';

t.test('make alone is the help', async (t) => {
  const workspace = new Workspace(t);

  const { exitCode, stdout } = await workspace.make([]);

  t.equal(exitCode, 0);
  for (const verb of [
    'help',
    'setup',
    'generate',
    'list',
    'explain',
    'packages',
    'fetch',
    'bases',
    'build',
    'nightly',
    'status',
    'report',
    'notify',
    'watch',
    'schedule',
    'clean',
    'distclean',
    'check',
    'test',
  ])
    t.match(stdout, new RegExp(`^  ${verb} `, 'm'));
  t.match(stdout, 'SOURCE_MIRROR=');
  t.same(stdout.match(/^\w[\w-]*$/gm), ['Verbs', 'Builds', 'Publishing', 'Notices', 'House-keeping', 'Targets', 'Settings'], 'each heading once');
  t.same(workspace.takeCalls(), []);
});

t.test('a goal that is not there gets a reason or the nearest names, and nothing is built', async (t) => {
  const workspace = new Workspace(t);
  const cases: readonly (readonly [string, string])[] = [
    ['tool_3.1_debian_trixie_linux-amd64', 'tool_3.1_debian_trixie_linux-amd64 is excluded: tool 3.1 is too old for trixie'],
    ['tool_3.2_debian_trixi_linux-amd64', 'did you mean "tool_3.2_debian_trixie_linux-amd64"'],
    ['debian_bookwrm', 'did you mean "debian_bookworm"?'],
    ['tset', 'did you mean "test"'],
    ['library_1.3', 'did you mean "library_1.2"'],
    ['nonsense', 'nonsense is not a verb, a group or a target of this matrix'],
    ["it's;$(touch pwned)`touch pwned`", 'is not a verb, a group or a target'],
  ];
  for (const [goal, reason] of cases) {
    const ran = await workspace.make(['library_1.2_debian_bookworm_linux-amd64', goal]);

    t.equal(ran.exitCode, 2, goal);
    t.match(ran.stderr, reason);
  }
  t.same(workspace.takeCalls(), []);
  t.notOk(workspace.exists('pwned'));
});

t.test('a target that was just added can be asked for at once', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make(['list']);
  workspace.edit('matrix/packages/library.yaml', 'settings:', `  1.3: { source: release, sha256: ${'7'.repeat(64)} }\nsettings:`);
  workspace.touch('matrix/packages/library.yaml', 1);
  workspace.takeCalls();

  const ran = await workspace.make(['library_1.3_debian_trixie_linux-amd64']);

  t.match(ran, { exitCode: 0 });
  t.same(workspace.takeBuilds(), ['library_1.3_debian_trixie_linux-amd64']);
});

t.test('a filter that the matrix does not know is a mistake', async (t) => {
  const workspace = new Workspace(t);

  const unknown = await workspace.make(['packages', 'DISTRO=debian_woody']);
  const empty = await workspace.make(['tool_3.1', 'DISTRO=debian_trixie']);

  t.match(unknown, { exitCode: 2, stderr: /the matrix has no debian_woody/ });
  t.match(empty, { exitCode: 2, stderr: /tool_3.1: no target is left; make list EXCLUDED=1 shows why/ });
  t.same(workspace.takeCalls(), []);
});

t.test('a mistake in the matrix stops every verb with its place, and writes nothing', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make([]);
  const before = workspace.read('Makefile');

  workspace.edit('matrix/packages/tool.yaml', 'section: utils', 'sectoin: utils');
  const ran = await workspace.make(['packages']);

  t.equal(ran.exitCode, 2);
  t.match(ran.stderr, 'matrix/packages/tool.yaml:7:1: unknown key "sectoin"');
  t.equal(workspace.read('Makefile'), before);
  t.same(workspace.takeCalls(), []);
});

t.test('generate says what differs with CHECK=1 and mends it without', async (t) => {
  const workspace = new Workspace(t);
  const path = 'dockerfiles/library_1.2_debian_bookworm_linux-amd64.Dockerfile';
  await workspace.make(['generate']);
  t.match(await workspace.make(['generate', 'CHECK=1']), { exitCode: 0, stdout: '' });

  workspace.write(path, `${workspace.read(path)}# by hand\n`);
  const checked = await workspace.make(['generate', 'CHECK=1']);
  t.equal(checked.exitCode, 2, 'the status of make; the recipe itself ends with 1');
  t.match(checked.stdout, `changed: ${path}`);
  t.match(workspace.read(path), '# by hand');

  await workspace.make(['generate']);
  t.notMatch(workspace.read(path), '# by hand');
});

t.test('fetch and bases make just those', async (t) => {
  const workspace = new Workspace(t);

  await workspace.make(['fetch', 'PACKAGE=tool']);
  t.same(workspace.takeCalls(), ['fetch tool-3.1.tar.gz', 'fetch tool-3.2.tar.gz']);

  await workspace.make(['bases']);
  t.equal(workspace.takeCalls().length, 4);
});

t.test('an old make is told what it lacks', async (t) => {
  const workspace = new Workspace(t);

  const ran = await workspace.make(['help', '.FEATURES=else-if', 'MAKE_VERSION=4.2.1']);

  t.match(ran, { exitCode: 2, stderr: /Packmill needs GNU make 4.3 or newer; this is 4.2.1/ });
});

t.test('offline, what is not there is named and nothing is asked of the network', async (t) => {
  const workspace = new Workspace(t);

  const ran = await workspace.make(['-k', 'library_1.2_debian_bookworm_linux-amd64', 'OFFLINE=1']);

  t.match(ran.stderr, /out\/bases\/debian_bookworm_linux-amd64-\w+\/index.json is not there, and OFFLINE is set/);
  t.match(ran.stderr, 'Error 75');
  t.notOk(workspace.takeCalls().some((call) => call.startsWith('docker') || call.startsWith('bootstrap')));
});

t.test('variables of the environment that only look like settings are left alone', async (t) => {
  const workspace = new Workspace(t);

  const ran = await workspace.make(['list'], { BASE_DIR: '/srv', BASE_URL: 'https://example.org' });

  t.match(ran, { exitCode: 0 });
});
