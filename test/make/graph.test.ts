import t from 'tap';

import { Workspace } from './workspace.js';

const bookworm = 'library_1.2_debian_bookworm_linux-amd64';
const everything = [
  ...['bookworm', 'trixie'].flatMap((codename) => ['amd64', 'arm64'].map((arch) => `library_1.2_debian_${codename}_linux-${arch}`)),
  ...['tool_3.1_debian_bookworm', 'tool_3.2_debian_bookworm', 'tool_3.2_debian_trixie'].flatMap((cell) => [`${cell}_linux-amd64`, `${cell}_linux-arm64`]),
];

t.test('a target is built with everything it is made of, once', async (t) => {
  const workspace = new Workspace(t);

  const first = await workspace.make([bookworm]);
  const calls = workspace.takeCalls();
  const second = await workspace.make([bookworm]);

  t.match(first, { exitCode: 0 });
  t.equal(calls.filter((call) => call.startsWith('docker')).length, 2, 'the packaging image and the target');
  t.equal(calls.filter((call) => call.startsWith('fetch')).length, 1);
  t.equal(calls.filter((call) => call.startsWith('bootstrap')).length, 1);
  t.ok(workspace.exists(`out/packages/${bookworm}/library_1.2-1~deb12_amd64.deb`));
  t.match(second, { exitCode: 0 });
  t.same(workspace.takeCalls(), [], 'the second make calls nothing at all');
});

t.test('touching every input of the matrix rebuilds nothing', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make(['packages']);
  workspace.takeCalls();

  for (const path of [
    `dockerfiles/${bookworm}.Dockerfile`,
    'matrix/distros.yaml',
    'matrix/packages/tool.yaml',
    'matrix/packages/tool/build',
    'matrix',
    'templates/steps/step',
    'Makefile.in',
  ])
    workspace.touch(path, 5);
  const touched = await workspace.make(['packages']);

  t.match(touched, { exitCode: 0 });
  t.same(workspace.takeCalls(), []);
});

t.test('one edit rebuilds exactly what it changes, and what needs that', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make(['packages']);
  t.same(workspace.takeBuilds(), [...everything].sort(), 'at first everything is built');

  workspace.edit(
    'matrix/packages/tool.yaml',
    'exclude:',
    'overrides:\n  - when: { version: 3.2.x, distro: debian_trixie, platform: linux/arm64 }\n    add: { configure: [--fast] }\nexclude:',
  );
  await workspace.make(['packages']);
  t.same(workspace.takeBuilds(), ['tool_3.2_debian_trixie_linux-arm64'], 'a flag for one cell');

  workspace.edit('matrix/packages/library/build', 'echo 1', 'echo 2');
  await workspace.make(['packages', 'PLATFORM=linux/amd64', 'DISTRO=debian_trixie']);
  t.same(
    workspace.takeBuilds(),
    ['library_1.2_debian_trixie_linux-amd64', 'tool_3.2_debian_trixie_linux-amd64'],
    'a script of the library, for what the filters let through',
  );
});

t.test('a new version builds just that version', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make(['packages']);
  workspace.takeCalls();

  workspace.edit('matrix/packages/tool.yaml', '  3.1:', `  3.3: { source: release, sha256: ${'4'.repeat(64)} }\n  3.1:`);
  const dry = await workspace.make(['-n', 'packages']);
  await workspace.make(['packages']);

  const expected = ['bookworm', 'trixie'].flatMap((codename) => ['amd64', 'arm64'].map((arch) => `tool_3.3_debian_${codename}_linux-${arch}`));
  t.same([...dry.stdout.matchAll(/--file dockerfiles\/(\S+)\.Dockerfile/g)].map((match) => match[1]).sort(), expected, 'make -n says so');
  t.same(workspace.takeBuilds(), expected, 'make does so');
});

t.test('groups and filters choose what they name', async (t) => {
  const workspace = new Workspace(t);
  const built = async (...args: string[]): Promise<readonly string[]> => {
    await workspace.make(['clean']);
    const ran = await workspace.make(args);
    t.match(ran, { exitCode: 0 }, args.join(' '));
    return workspace.takeBuilds();
  };

  t.same(await built('tool_3.1'), [
    'library_1.2_debian_bookworm_linux-amd64',
    'library_1.2_debian_bookworm_linux-arm64',
    'tool_3.1_debian_bookworm_linux-amd64',
    'tool_3.1_debian_bookworm_linux-arm64',
  ]);
  t.same(await built('linux-arm64', 'PACKAGE=library', 'DISTRO=debian_trixie'), ['library_1.2_debian_trixie_linux-arm64']);
  t.same(await built('library', 'SYSBASE=debian-12', 'PLATFORM=linux-amd64'), [bookworm]);
  t.same(await built('packages', 'VERSION=1.2', 'PLATFORM=linux/amd64'), [bookworm, 'library_1.2_debian_trixie_linux-amd64']);
  t.same(await built('debian_bookworm', 'debian_trixie', 'PACKAGE=library', 'PLATFORM=linux-amd64'), [bookworm, 'library_1.2_debian_trixie_linux-amd64']);
});

t.test('filters come from the environment too', async (t) => {
  const workspace = new Workspace(t);

  await workspace.make(['packages'], { PACKAGE: 'library', DISTRO: 'debian_trixie', PLATFORM: 'linux-amd64' });

  t.same(workspace.takeBuilds(), ['library_1.2_debian_trixie_linux-amd64']);
});

t.test('make -n prints the complete docker command, and it can be pasted', async (t) => {
  const workspace = new Workspace(t);

  const { stdout } = await workspace.make(['-n', 'library_1.2_debian_trixie_linux-arm64']);

  const line = stdout.split('\n').find((candidate) => candidate.includes('--file dockerfiles/')) ?? '';
  const docker = line.slice(line.indexOf('docker buildx build'));
  for (const part of [
    '--platform linux/arm64',
    '--build-context base=oci-layout://out/bases/debian_trixie_linux-arm64-',
    '--build-context native-base=oci-layout://',
    '--build-context packaging=',
    '--build-context source=',
    '--build-context recipe=matrix/packages/library',
    '--output type=local,dest=',
  ]) {
    t.match(docker, part);
  }
  t.same(workspace.takeCalls(), [], 'and runs nothing');
  workspace.program('pasted', `#!/bin/bash\nset -eu\n${docker}\n`);
  const { execa } = await import('execa');
  await execa(`${workspace.folder}/pasted`, {
    cwd: workspace.folder,
    extendEnv: false,
    env: { PATH: `${workspace.folder}/bin:/usr/bin:/bin`, CALLS: `${workspace.folder}/calls`, FAIL: '' },
  });
  t.same(workspace.takeBuilds(), ['library_1.2_debian_trixie_linux-arm64']);
});

t.test('a base or an iteration on the command line is a change like any other', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make([bookworm]);
  workspace.takeCalls();

  await workspace.make([bookworm, 'ITERATION=2']);
  t.ok(workspace.exists(`out/packages/${bookworm}/library_1.2-2~deb12_amd64.deb`));
  t.same(workspace.takeBuilds(), [bookworm]);

  const based = await workspace.make([bookworm, 'BASE_debian_bookworm=example.org/mine:1']);
  const [call = ''] = workspace.takeCalls().filter((line) => line.includes('dockerfiles/'));
  t.match(based, { exitCode: 0 });
  t.match(call, '--build-context base=docker-image://example.org/mine:1 ');

  const wrong = await workspace.make([bookworm, 'ITERATION=0', 'BASE=moon']);
  t.match(wrong, { exitCode: 2 });
  t.match(wrong.stderr, 'BASE: expected auto, registry or bootstrap, found "moon"');
  t.match(wrong.stderr, 'ITERATION: expected a whole number from 1 on, found "0"');
});

t.test('an edit that is taken back builds nothing', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make([bookworm]);
  workspace.takeCalls();

  workspace.edit('matrix/packages/library.yaml', 'cross: true', 'cross: true, configure: [--fast]');
  const dry = await workspace.make(['-n', bookworm]);
  workspace.edit('matrix/packages/library.yaml', 'cross: true, configure: [--fast]', 'cross: true');
  await workspace.make([bookworm]);
  const second = await workspace.make([bookworm]);

  t.match(dry.stdout, 'docker buildx build', 'the edit alone would have');
  t.same(workspace.takeCalls(), []);
  t.match(second.stdout, 'Nothing to be done');
});
