import t from 'tap';

import { CliWorkspace } from '../cli.js';

const amd64 = 'hello_1.2_debian_bookworm_linux-amd64';
const arm64 = 'hello_1.2_debian_bookworm_linux-arm64';

t.test('a target is told with all that it is made of', async (t) => {
  const workspace = new CliWorkspace(t);
  workspace.edit('matrix/packages/hello.yaml', 'settings:', 'settings:\n  tools: [gcc, make]\n  configure: [--with-x]');

  const { exitCode, stdout } = await workspace.run('explain', arm64);

  t.equal(exitCode, 0);
  t.equal(
    stdout.replaceAll(/[0-9a-f]{16}\b(?!1)/g, 'KEY'),
    `${arm64}
  package      hello 1.2, iteration 1
  artifact     out/packages/${arm64}/hello_1.2-1~deb12_arm64.deb
  distro       debian_bookworm, supported until 2028-06-30; deb by apt
  platform     linux-arm64: cross-compiled; tests of the package run under emulation
  source       hello-1.2.tar.gz (release), sha256 ${'1'.repeat(48)}KEY
               https://example.org/hello-1.2.tar.gz
  base         out/bases/debian_bookworm_linux-arm64-KEY (bootstrap: matrix/lock.yaml has no digest of debian:bookworm for linux/arm64)
  native base  out/bases/debian_bookworm_linux-amd64-KEY (bootstrap: matrix/lock.yaml has no digest of debian:bookworm for linux/amd64)
  packaging    out/images/packaging_linux-amd64-KEY
  tools        gcc make
  configure    --with-x
  state        missing: nobody has built it
  would be built: the package does not exist yet
`,
  );
});

t.test('an excluded target is told with its reason', async (t) => {
  const workspace = new CliWorkspace(t);
  workspace.edit('matrix/packages/hello.yaml', 'settings:', 'exclude:\n  - when: { platform: linux/arm64 }\n    reason: it crashes there\nsettings:');

  t.same(await workspace.run('explain', arm64), { exitCode: 0, stdout: `${arm64} is excluded: it crashes there\n`, stderr: '' });
});

t.test('a name that is nothing is a mistake with the nearest names', async (t) => {
  const workspace = new CliWorkspace(t);

  t.same(await workspace.run('explain', 'hello_1.2_debian_bookwrm_linux-amd64'), {
    exitCode: 2,
    stdout: '',
    stderr: `hello_1.2_debian_bookwrm_linux-amd64: the matrix has no distro debian_bookwrm\n  did you mean "${amd64}"?\n`,
  });
  t.match(await workspace.run('explain', 'ab'), { exitCode: 2, stderr: /^ab is not a verb, a group or a target of this matrix\n {2}make help shows/ });
  t.match(await workspace.run('show', 'nonsense'), { exitCode: 2, stderr: /^nonsense is not a verb, a group or a target of this matrix\n/ });
});

t.test('a built target is up to date until its Dockerfile would be another', async (t) => {
  const workspace = new CliWorkspace(t);
  await workspace.run('generate');
  workspace.write(`out/packages/${amd64}/Dockerfile`, workspace.read(`dockerfiles/${amd64}.Dockerfile`));
  workspace.write(`out/packages/${amd64}/hello_1.2-1~deb12_amd64.deb`, 'package');

  const built = await workspace.run('explain', amd64);
  workspace.edit('matrix/packages/hello.yaml', 'settings:', 'settings:\n  configure: [--with-x]');
  const changed = await workspace.run('explain', amd64);

  t.match(built.stdout, / {2}up to date: built \d{4}-\d\d-\d\dT/);
  t.match(
    changed.stdout,
    `  would be rebuilt, because this changed:
      - ["/steps/step", "build", "/recipe/build"]
      + ["/steps/step", "build", "/recipe/build", "--with-x"]
`,
  );
});

t.test('show prints the Dockerfile that generate writes', async (t) => {
  const workspace = new CliWorkspace(t);
  await workspace.run('generate');

  const { exitCode, stdout } = await workspace.run('show', arm64);

  t.equal(exitCode, 0);
  t.equal(stdout, workspace.read(`dockerfiles/${arm64}.Dockerfile`));
});
