import type { Test } from 'tap';
import t from 'tap';

import { Workspace } from './workspace.js';

const target = 'library_1.2_debian_bookworm_linux-amd64';
const result = `out/packages/${target}/upgrade.json`;

function read(workspace: Workspace): unknown {
  return JSON.parse(workspace.read(result));
}

/** A workspace in which some targets are built. */
async function built(t: Test, ...targets: readonly string[]): Promise<Workspace> {
  const workspace = new Workspace(t);
  await workspace.make([...targets]);
  workspace.takeCalls();
  return workspace;
}

t.test('a target is built, then tried, and then left alone', async (t) => {
  const workspace = new Workspace(t);

  const first = await workspace.make([`upgrade-${target}`]);
  t.equal(first.exitCode, 0, first.stderr);
  t.match(first.stdout, `${target}: previous-iteration: 1.2-0~deb12 to 1.2-1~deb12: passed (1 s)`);
  t.match(first.stdout, `${target}: previous-version: none in the matrix: not tried`);
  t.match(read(workspace), {
    target,
    base: 'own',
    result: 'passed',
    fault: 'none',
    transitions: [
      { name: 'order', what: '1.2-0~deb12 < 1.2-1~deb12 < 1.2-1~deb13', result: 'passed', seconds: 1, cases: 2 },
      { name: 'previous-iteration', result: 'passed' },
      { name: 'previous-version', what: 'none in the matrix', result: 'not tried' },
    ],
  });

  workspace.takeCalls();
  const second = await workspace.make([`upgrade-${target}`]);
  t.match(second, { exitCode: 0, stdout: `nothing has changed since it passed: ${result}` });
  t.same(workspace.takeCalls(), []);
});

t.test('a script that changes makes it tried again', async (t) => {
  const workspace = await built(t, `upgrade-${target}`);

  workspace.write('templates/steps/traces', `${workspace.read('templates/steps/traces')}# edited\n`);
  await workspace.make([`upgrade-${target}`]);

  t.match(workspace.takeCalls(), [/--file out\/attempts\/upgrade-/]);
});

t.test('a package that fails says where, why and what to do, and is tried again when asked', async (t) => {
  const workspace = await built(t, target);

  const ran = await workspace.make([`upgrade-${target}`], { FAIL: 'previous-iteration' });
  t.match(ran.stderr, 'error: it is gone');
  t.match(ran.stderr, `make shell-upgrade-${target} STEP=previous-iteration`);
  t.match(ran.stderr, 'Error 1');
  t.match(read(workspace), {
    result: 'failed',
    fault: 'package',
    step: 'previous-iteration',
    transitions: [
      { name: 'order', result: 'passed' },
      { name: 'previous-iteration', result: 'failed', reason: 'exit status 3' },
      { name: 'previous-version', result: 'not tried' },
    ],
  });

  workspace.takeCalls();
  t.equal((await workspace.make([`upgrade-${target}`])).exitCode, 0);
  t.match(workspace.takeCalls(), [/--no-cache-filter previous-iteration,export$/]);
  t.match(read(workspace), { result: 'passed' });
});

t.test('an engine that is gone is no result', async (t) => {
  const workspace = await built(t, target);

  const ran = await workspace.make([`upgrade-${target}`], { FAIL: 'engine' });

  t.match(ran.stderr, `${target}: upgrade: infrastructure fault: docker exited with 1`);
  t.match(ran.stderr, 'ERROR: cannot reach the engine');
  t.match(ran.stderr, 'Error 75');
  t.notOk(workspace.exists(result));
});

t.test('the previous version is told: none built, or tried', async (t) => {
  const newer = 'tool_3.2_debian_bookworm_linux-amd64';
  const older = 'tool_3.1_debian_bookworm_linux-amd64';
  const workspace = await built(t, newer);

  const without = await workspace.make([`upgrade-${newer}`]);
  await workspace.make([older]);
  const withIt = await workspace.make([`upgrade-${newer}`]);

  t.match(without.stdout, `previous-version: none built; ${older} would be it: not tried`);
  t.match(withIt.stdout, 'previous-version: 3.1-1~deb12 to 3.2-1~deb12: passed');
  t.match(workspace.takeCalls().at(-1), `--build-context previous=out/packages/${older}`);
});

t.test('the base of a sibling is made when it is not there', async (t) => {
  const workspace = new Workspace(t);
  workspace.edit('matrix/distros.yaml', 'suffix: deb12\n', 'suffix: deb12\n    siblings: [debian_trixie]\n');
  await workspace.make([target]);
  workspace.takeCalls();

  const offline = await workspace.make([`upgrade-${target}`, 'OFFLINE=1']);
  const online = await workspace.make([`upgrade-${target}`]);

  t.match(offline.stderr, /infrastructure fault: out\/bases\/debian_trixie_linux-amd64-\S+ is not there, and OFFLINE is set/);
  t.match(offline.stderr, 'Error 75');
  t.match(online.stdout, /sibling-debian_trixie: 1\.2-1~deb12 on out\/bases\/debian_trixie_linux-amd64-\S+: passed/);
  t.match(workspace.takeCalls(), [
    /^bootstrap out\/bases\/debian_trixie_linux-amd64-/,
    /--build-context base-debian_trixie=oci-layout:\/\/out\/bases\/debian_trixie/,
  ]);
});

t.test('upgrades takes what is built and what the filters let through', async (t) => {
  const trixie = 'library_1.2_debian_trixie_linux-amd64';
  const workspace = await built(t, target, trixie);
  const tried = async (...words: readonly string[]): Promise<readonly string[]> =>
    [...(await workspace.make(['-n', ...words])).stdout.matchAll(/^scripts\/upgrade (\S+)/gm)].map(([, name = '']) => name).sort();

  t.same(await tried('upgrades'), [target, trixie]);
  t.same(await tried('upgrades', 'DISTRO=debian-12'), [target]);
  t.match(await workspace.make(['upgrades', 'PACKAGE=tool']), { exitCode: 2, stderr: /upgrades: nothing of what the filters let through is built/ });
});

t.test('a name that is no target is told as for any goal', async (t) => {
  const workspace = new Workspace(t);

  const ran = await workspace.make(['upgrade-library_1.2_debian_bookwrm_linux-amd64']);

  t.match(ran, { exitCode: 2, stderr: /did you mean "library_1\.2_debian_bookworm_linux-amd64"/ });
  t.same(workspace.takeCalls(), []);
});

t.test("an engine of the workspace's own is asked as for the build, also when a name stands for another target", async (t) => {
  const workspace = new Workspace(t);
  workspace.edit('matrix/packages/tool.yaml', 'settings:', 'architecture: all\nsettings:');
  const engines = ['amd64', 'arm64'].map(
    (name) => `  ${name}: { platforms: [linux/${name}], native: false, driver: context, nodes: [{ endpoint: 'unix:///run/${name}.sock' }] }\n`,
  );
  workspace.write('matrix/workspace.yaml', `${workspace.read('matrix/workspace.yaml')}builders:\n${engines.join('')}`);

  for (const [name, engine] of [
    ['library_1.2_debian_bookworm_linux-arm64', 'arm64'],
    ['tool_3.2_debian_bookworm_linux-arm64', 'amd64'],
  ] as const) {
    const ran = await workspace.make([`upgrade-${name}`, 'CA_BUNDLE=/etc/some.crt']);
    t.equal(ran.exitCode, 0, ran.stderr);
    const [build = '', upgrade = ''] = workspace
      .takeCalls()
      .filter((call) => / --file (dockerfiles|out\/attempts)\//.test(call))
      .slice(-2);
    const start = `docker --context ${engine} buildx build --progress=plain --secret id=ca,src=/etc/some.crt --`;
    t.ok(build.startsWith(start), build);
    t.ok(upgrade.startsWith(start), upgrade);
    t.match(upgrade, ` --platform linux/${engine} `);
  }
});
