import t from 'tap';

import { CliWorkspace } from '../cli.js';

const matrix = 'test/golden/overrides/matrix';

function names(stdout: string): readonly string[] {
  return stdout.split('\n').flatMap((line) => line.split(' ')[0] || []);
}

t.test('the table has a line for each target, in name order', async (t) => {
  const workspace = new CliWorkspace(t);

  const ran = await workspace.run('list');

  t.same(ran, {
    exitCode: 0,
    stdout: `hello_1.2_debian_bookworm_linux-amd64  native    out/packages/hello_1.2_debian_bookworm_linux-amd64/hello_1.2-1~deb12_amd64.deb
hello_1.2_debian_bookworm_linux-arm64  cross     out/packages/hello_1.2_debian_bookworm_linux-arm64/hello_1.2-1~deb12_arm64.deb
`,
    stderr: '',
  });
});

t.test('filters let through what fits all of them, any word of each', async (t) => {
  const workspace = new CliWorkspace(t, matrix);

  const distro = await workspace.run('list', '--distro', 'debian_bullseye');
  const both = await workspace.run('list', '--version', '1.10', '2.0', '--platform', 'linux/arm64');

  t.same(names(distro.stdout), ['words_1.10_debian_bullseye_linux-amd64', 'words_1.9_debian_bullseye_linux-amd64', 'words_2.0_debian_bullseye_linux-amd64']);
  t.same(names(both.stdout), ['words_1.10_debian_bookworm_linux-arm64', 'words_2.0_debian_bookworm_linux-arm64']);
});

t.test('a version is the text that was typed', async (t) => {
  const { stdout, stderr } = await new CliWorkspace(t, matrix).run('list', '--version', '1.10');

  t.equal(stderr, '');
  t.equal(names(stdout).length, 3);
});

t.test('a filter that the matrix does not know is a mistake with a hint', async (t) => {
  const workspace = new CliWorkspace(t, matrix);

  t.same(await workspace.run('list', '--distro', 'debian_bookwrm'), {
    exitCode: 2,
    stdout: '',
    stderr: 'packmill: unknown distro "debian_bookwrm"\n  did you mean "debian_bookworm"?\n',
  });
  t.match(await workspace.run('list', '--version', '7'), { exitCode: 2, stderr: /unknown version "7"\n {2}one of / });
});

t.test('excluded cells are listed with their reason when asked for', async (t) => {
  const workspace = new CliWorkspace(t, matrix);

  const { stdout } = await workspace.run('list', '--excluded', '--version', '1.9', '--distro', 'debian_bookworm');

  t.equal(
    stdout,
    `words_1.9_debian_bookworm_linux-amd64  excluded  too old for OpenSSL 3
words_1.9_debian_bookworm_linux-arm64  excluded  too old for OpenSSL 3
`,
  );
});

t.test('JSON has every field of every row', async (t) => {
  const { stdout } = await new CliWorkspace(t).run('list', '--json', '--platform', 'linux-arm64');

  t.same(JSON.parse(stdout), [
    {
      target: 'hello_1.2_debian_bookworm_linux-arm64',
      package: 'hello',
      version: '1.2',
      distro: 'debian_bookworm',
      platform: 'linux-arm64',
      method: 'cross',
      builder: null,
      artifact: 'out/packages/hello_1.2_debian_bookworm_linux-arm64/hello_1.2-1~deb12_arm64.deb',
      needs: [],
      endOfLife: '2028-06-30',
      byName: null,
      excluded: null,
    },
  ]);
});

t.test('nothing is coloured when the output is no terminal', async (t) => {
  const workspace = new CliWorkspace(t);

  for (const args of [['list'], ['explain', 'hello_1.2_debian_bookworm_linux-arm64'], ['--help'], ['nonsense']]) {
    const { stdout, stderr } = await workspace.runWith({ FORCE_COLOR: '', NO_COLOR: '' }, ...args);

    t.notMatch(stdout + stderr, '\u001b');
  }
});

t.test('a reader that goes away early is no error', async (t) => {
  const workspace = new CliWorkspace(t);

  const ran = await workspace.runInto('true', 'list');

  t.match(ran, { exitCode: 0, stderr: '' });
});
