import t from 'tap';

import { Workspace } from './workspace.js';

const target = 'library_1.2_debian_bookworm_linux-amd64';
const artifact = `out/packages/${target}/library_1.2-1~deb12_amd64.deb`;

interface Status {
  readonly result: string;
  readonly fault: string;
  readonly step: string;
}

function lastStatus(workspace: Workspace): Status {
  return JSON.parse(workspace.read(`out/attempts/${target}/last/status.json`)) as Status;
}

t.test('a package fault says where and why, and leaves no artifact', async (t) => {
  const workspace = new Workspace(t);

  const ran = await workspace.make([target], { FAIL: 'build' });

  t.match(ran.stderr, `packmill: ${target}: package fault in step build: exit status 2`);
  t.match(ran.stderr, 'error: it does not compile');
  t.match(ran.stderr, `make shell-${target}`);
  t.match(ran.stderr, /the whole log: out\/attempts\/\S+\/logs\/build\.log/);
  t.match(ran.stderr, 'Error 1');
  t.notOk(workspace.exists(artifact));
  t.match(lastStatus(workspace), { result: 'failed', fault: 'package', step: 'build' });
});

t.test('an infrastructure fault ends differently', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make(['fetch', 'bases', 'PACKAGE=library', 'PLATFORM=linux-amd64']);
  await workspace.make([target], { FAIL: 'build' });
  workspace.takeCalls();

  const ran = await workspace.make([target], { FAIL: 'engine' });

  t.match(ran.stderr, `${target}: infrastructure fault`);
  t.match(ran.stderr, 'ERROR: cannot reach the engine');
  t.match(ran.stderr, 'Error 75');
  t.notOk(workspace.exists(artifact));
  t.match(lastStatus(workspace), { result: 'failed', fault: 'infrastructure' });
});

t.test('a step that failed runs again, and every attempt keeps its log', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make([target], { FAIL: 'smoke' });
  workspace.takeCalls();

  const ran = await workspace.make([target]);

  t.match(ran, { exitCode: 0 });
  t.match(
    workspace.takeCalls().at(-1),
    /--no-cache-filter smoke,stage,depends,components,abi,package,lint,install-test,export --secret id=no-cache,env=RETRY$/,
  );
  t.ok(workspace.exists(artifact));
  const { execa } = await import('execa');
  const { stdout } = await execa('ls', [`${workspace.folder}/out/attempts/${target}`]);
  t.equal(stdout.split('\n').length, 3, 'two attempts and a link to the last');
});

t.test('an export without the package, or without a step, is a failure', async (t) => {
  const workspace = new Workspace(t);

  const empty = await workspace.make([target], { FAIL: 'empty' });
  t.match(empty.stderr, 'it left no library_1.2-1~deb12_amd64.deb');

  workspace.edit('bin/docker', 'export|native', 'export|smoke|native');
  const untested = await workspace.make([target]);
  t.match(untested.stderr, 'not every step has run: deps unpack build stage depends components abi package lint install-test');
  t.notOk(workspace.exists(artifact));
});

t.test('with -k the rest is built, and what needs the failed one is not', async (t) => {
  const workspace = new Workspace(t);

  const ran = await workspace.make(['-k', 'packages'], { FAIL: 'build', ONLY: target });

  t.equal(ran.exitCode, 2);
  const built = workspace.takeBuilds();
  t.equal(built.length, 8);
  t.notOk(built.includes('tool_3.2_debian_bookworm_linux-amd64'));
  t.ok(built.includes('tool_3.2_debian_trixie_linux-arm64'));
});

t.test('two makes at once build a target once', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make(['fetch', 'bases', 'PACKAGE=library']);
  await workspace.make(['out/images/none'], {});
  workspace.takeCalls();

  const both = await Promise.all([workspace.make([target], { SLOW: '2' }), workspace.make([target], { SLOW: '2' })]);

  t.same(
    both.map((ran) => ran.exitCode),
    [0, 0],
  );
  t.same(workspace.takeBuilds(), [target]);
});

t.test('every target built at once by -j is there, and nothing is left half-way', async (t) => {
  const workspace = new Workspace(t);

  const ran = await workspace.make(['-j', '4', 'packages']);

  t.match(ran, { exitCode: 0 });
  t.equal(workspace.takeBuilds().length, 10);
  const { execa } = await import('execa');
  const { stdout } = await execa('find', [`${workspace.folder}/out`, '-name', '*.new', '-o', '-path', '*/packages/.*']);
  t.equal(stdout, '');
});

t.test('an artifact that is lost is made again', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make([target]);
  workspace.takeCalls();
  const { rm } = await import('node:fs/promises');
  await rm(`${workspace.folder}/${artifact}`);

  await workspace.make([target]);

  t.ok(workspace.exists(artifact));
  t.same(workspace.takeBuilds(), [target]);
});

t.test('the file system of an attempt is entered with the client of now, not with the one it was built with', async (t) => {
  const workspace = new Workspace(t);
  workspace.program('bin/other', '#!/bin/bash\necho "other $*" >>"$CALLS"\n');
  await workspace.make([target, 'DOCKER=docker']);
  workspace.takeCalls();

  const ran = await workspace.make([`shell-${target}`, 'CMD=true', 'DOCKER=other']);

  t.match(ran, { exitCode: 0 }, ran.stderr);
  const calls = workspace.takeCalls().filter((call) => !call.includes('inspect'));
  t.match(calls, [/^other buildx build .* --target install-test /, /^other run --rm /, /^other image rm /]);
});
