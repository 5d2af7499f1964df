import t from 'tap';

import { CliWorkspace } from '../cli.js';

const amd64 = 'dockerfiles/hello_1.2_debian_bookworm_linux-amd64.Dockerfile';
const arm64 = 'dockerfiles/hello_1.2_debian_bookworm_linux-arm64.Dockerfile';

/** Stamps without the Makefile's, whose date make wants to be new, and the manifest's, which is for the generator alone. */
function settled(workspace: CliWorkspace): readonly (readonly [string, string])[] {
  return [...workspace.stamps()].filter(([path]) => path !== 'Makefile' && path !== 'out/rules/manifest.json');
}

t.test('everything is written once', async (t) => {
  const workspace = new CliWorkspace(t);

  const ran = await workspace.run('generate');

  t.same(ran, { exitCode: 0, stdout: '', stderr: 'packmill: 2 targets, 0 excluded; 7 files written, 0 removed\n' });
  t.same(
    [...workspace.stamps().keys()],
    [
      'Makefile',
      'Makefile.in',
      amd64,
      arm64,
      'out/rules/hello_1.2.mk',
      'out/rules/hello_latest.mk',
      'out/rules/index.mk',
      'out/rules/manifest.json',
      'out/rules/shared.mk',
    ],
  );
});

t.test('a second time nothing is written or said', async (t) => {
  const workspace = new CliWorkspace(t);
  await workspace.run('generate');
  const before = settled(workspace);
  const makefile = workspace.read('Makefile');

  const ran = await workspace.run('generate');

  t.same(ran, { exitCode: 0, stdout: '', stderr: '' });
  t.same(settled(workspace), before);
  t.equal(workspace.read('Makefile'), makefile);
});

t.test('a change that leaves the bytes of a file alone leaves the file alone', async (t) => {
  const workspace = new CliWorkspace(t);
  await workspace.run('generate');
  const before = settled(workspace);

  workspace.edit('matrix/packages/hello.yaml', 'name: hello', '# a remark\nname: hello');
  const remarked = await workspace.run('generate');
  const afterRemark = settled(workspace);
  workspace.edit('matrix/packages/hello.yaml', 'settings:', 'overrides:\n  - when: { platform: linux/arm64 }\n    add: { configure: [--with-x] }\nsettings:');
  const changed = await workspace.run('generate');

  t.equal(remarked.stderr, '');
  t.same(afterRemark, before);
  t.equal(changed.stderr, 'packmill: 2 targets, 0 excluded; 1 files written, 0 removed\n');
  t.same(
    settled(workspace).filter(([path]) => path !== arm64),
    before.filter(([path]) => path !== arm64),
  );
});

t.test('--check names what was edited by hand, fails, and writes nothing', async (t) => {
  const workspace = new CliWorkspace(t);
  await workspace.run('generate');
  const sound = await workspace.run('generate', '--check');
  workspace.edit(amd64, 'FROM base AS deps', 'FROM other AS deps');
  workspace.remove(arm64);
  const before = workspace.stamps();

  const ran = await workspace.run('generate', '--check');

  t.same(sound, { exitCode: 0, stdout: '', stderr: '' });
  t.same(ran, { exitCode: 1, stdout: `changed: ${amd64}\nmissing: ${arm64}\n`, stderr: 'packmill: 2 generated files differ; make generate writes them\n' });
  t.same(workspace.stamps(), before);
});

t.test('what was edited by hand is mended', async (t) => {
  const workspace = new CliWorkspace(t);
  await workspace.run('generate');
  const before = workspace.read(amd64);
  workspace.edit(amd64, 'FROM base AS deps', 'FROM other AS deps');

  const ran = await workspace.run('generate');

  t.equal(ran.exitCode, 0);
  t.equal(workspace.read(amd64), before);
});

t.test('what is no longer in the matrix is removed, and nothing else', async (t) => {
  const workspace = new CliWorkspace(t);
  workspace.edit('matrix/packages/hello.yaml', 'settings:', '  1.3: { source: release }\nsettings:');
  workspace.write('dockerfiles/README.md', 'mine');
  workspace.write('dockerfiles/mine.Dockerfile', 'FROM scratch');
  workspace.write('out/rules/mine.mk', '# mine');
  await workspace.run('generate');

  workspace.edit('matrix/packages/hello.yaml', '  1.3: { source: release }\n', '');
  const check = await workspace.run('generate', '--check');
  const ran = await workspace.run('generate');

  t.match(check.stdout, /^stale: dockerfiles\/hello_1\.3_debian_bookworm_linux-amd64\.Dockerfile$/m);
  t.match(ran.stderr, /, 3 removed\n$/);
  t.same(
    [...workspace.stamps().keys()].filter((path) => /1\.3|mine|README/.test(path)),
    ['dockerfiles/README.md', 'dockerfiles/mine.Dockerfile', 'out/rules/mine.mk'],
  );
});

t.test('a script that a target needs and that nobody wrote is a mistake, told for all of them', async (t) => {
  const workspace = new CliWorkspace(t);
  workspace.remove('matrix/packages/hello/smoke');
  workspace.edit('matrix/packages/hello.yaml', 'settings:', 'settings:\n  patches: [fix.patch]');

  const ran = await workspace.run('generate');

  t.equal(ran.exitCode, 2);
  t.equal(
    ran.stderr,
    ['patches/fix.patch', 'smoke']
      .map((file) => `matrix/packages/hello/${file}: this file is missing; hello_1.2_debian_bookworm_linux-arm64 is built with it\n`)
      .join(''),
  );
  t.notOk(workspace.exists('Makefile'));
});
