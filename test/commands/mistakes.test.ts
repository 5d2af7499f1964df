import t from 'tap';

import { CliWorkspace } from '../cli.js';

const commands = [['generate'], ['generate', '--check'], ['list'], ['explain', 'x'], ['show', 'x']];

t.test('every command tells all problems of the matrix, writes nothing and ends with 2', async (t) => {
  const workspace = new CliWorkspace(t);
  workspace.edit('matrix/packages/hello.yaml', 'section:', 'sectoin:');
  workspace.edit('matrix/distros.yaml', 'linux/arm64]', 'linux/arm46]');
  const before = workspace.stamps();

  for (const command of commands) {
    const ran = await workspace.run(...command);

    t.same(
      ran,
      {
        exitCode: 2,
        stdout: '',
        stderr: `matrix/distros.yaml:11:30: unknown platform "linux/arm46" in distro debian_bookworm
  did you mean "linux/arm64"?
matrix/packages/hello.yaml:1:1: missing key "section"
matrix/packages/hello.yaml:7:1: unknown key "sectoin"
  did you mean "section"?
`,
      },
      command.join(' '),
    );
  }
  t.same(workspace.stamps(), before);
});

t.test('a file that cannot be read is one line, not a stack trace', async (t) => {
  const cases: readonly (readonly [path: string, change: (workspace: CliWorkspace) => void, message: string])[] = [
    [
      'matrix/distros.yaml',
      (w) => {
        w.remove('matrix/distros.yaml');
        w.write('matrix/distros.yaml/x', '');
      },
      'it is a folder, not a file',
    ],
    [
      'matrix/packages/broken.yaml',
      (w) => {
        w.link('matrix/packages/broken.yaml', 'nowhere.yaml');
      },
      'no such file or folder',
    ],
    [
      'matrix/packages/loop.yaml',
      (w) => {
        w.link('matrix/packages/loop.yaml', 'loop.yaml');
      },
      'too many symbolic links encountered',
    ],
    [
      'Makefile.in',
      (w) => {
        w.remove('Makefile.in');
      },
      'no such file or folder',
    ],
    [
      'out/settings',
      (w) => {
        w.write('out/settings/x', '');
      },
      'it is a folder, not a file',
    ],
  ];
  for (const [path, change, message] of cases) {
    const workspace = new CliWorkspace(t);
    change(workspace);

    const ran = await workspace.run('generate');

    t.same(ran, { exitCode: 2, stdout: '', stderr: `packmill: ${path}: ${message}\n` }, path);
    t.notOk(workspace.exists('Makefile'));
  }
});

t.test('a place that cannot be written is one line too', async (t) => {
  const inTheWay = new CliWorkspace(t);
  inTheWay.write('dockerfiles', 'a file where a folder should be');
  const makefile = new CliWorkspace(t);
  makefile.write('Makefile/x', '');

  t.match(await inTheWay.run('generate'), { exitCode: 2, stderr: /^packmill: dockerfiles[^\n]*: [^\n]+\n$/ });
  t.match(await makefile.run('generate'), { exitCode: 2, stderr: /^packmill: Makefile[^\n]*: [^\n]+\n$/ });
});

t.test('settings that make passes on are checked', async (t) => {
  const workspace = new CliWorkspace(t);
  workspace.write('out/settings', 'BASE=moon\nITERATION=0\nBASE_debian_bookworm=$(touch X)\n');

  const ran = await workspace.run('generate');

  t.equal(ran.exitCode, 2);
  t.equal(
    ran.stderr,
    `BASE: expected auto, registry or bootstrap, found "moon"
BASE_debian_bookworm: expected an image reference or oci-layout://FOLDER, found "$(touch X)"
ITERATION: expected a whole number from 1 on, found "0"
`,
  );
});

t.test('an unknown command or option gets the help and 2', async (t) => {
  const workspace = new CliWorkspace(t);
  const cases: readonly (readonly [args: readonly string[], message: string])[] = [
    [[], 'packmill: which command?'],
    [['genrate'], 'packmill: Did you mean generate?'],
    [['generate', '--chek'], 'packmill: Unknown argument: chek'],
    [['generate', 'extra'], 'packmill: Unknown argument: extra'],
    [['show'], 'packmill: Not enough non-option arguments: got 0, need at least 1'],
    [['explain'], 'packmill: Not enough non-option arguments: got 0, need at least 1'],
  ];
  for (const [args, message] of cases) {
    const ran = await workspace.run(...args);

    t.equal(ran.exitCode, 2, args.join(' '));
    t.equal(ran.stdout, '');
    t.equal(ran.stderr.split('\n')[0], message);
    t.match(ran.stderr, 'packmill ');
    t.notMatch(ran.stderr, /^ +at /m);
  }
});

t.test('the help names every command and ends with 0', async (t) => {
  const { exitCode, stdout } = await new CliWorkspace(t).run('--help');

  t.equal(exitCode, 0);
  for (const command of ['generate', 'list', 'explain', 'show', 'lock', 'schema']) t.match(stdout, `packmill ${command}`);
});
