import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import t from 'tap';

import { Workspace } from './workspace.js';

/** Stands for scripts/fetch: it notes its words and has every source but a release. */
const fetchProgram = `#!/bin/bash
set -eu
echo "fetch $*" >>"$CALLS"
options=$*
while [[ $1 == --* ]]; do [[ $1 == --mirror ]] && shift; shift; done
if [[ $options == *--any* && $3 == tool-* ]]; then exit 75; fi
mkdir -p "\${2%/*}"; echo "source of $3" >"$2"
`;

t.test('a new version is there at once, and only it is built', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make(['packages']);
  workspace.takeCalls();
  const before = workspace.read('matrix/packages/tool.yaml');

  const added = await workspace.make(['add', 'PACKAGE=tool', 'VERSION=3.3']);
  const fetched = workspace.takeCalls();
  const again = await workspace.make(['generate']);
  await workspace.make(['packages']);
  const calls = workspace.takeCalls();

  t.match(added, { exitCode: 0, stdout: '', stderr: 'packmill: added tool 3.3: 4 new targets\n  tool_3.3_debian_bookworm_linux-amd64\n' });
  t.match(again, { exitCode: 0, stderr: '' });
  t.equal(fetched.length, 1);
  t.match(workspace.read('matrix/packages/tool.yaml').replace(/ {2}3\.3: \{ source: release, sha256: [0-9a-f]{64} \}\n/, ''), before);
  t.same(
    calls.flatMap((call) => /dockerfiles\/(\S+)\.Dockerfile/.exec(call)?.[1] ?? []).sort(),
    ['bookworm', 'trixie'].flatMap((codename) => ['amd64', 'arm64'].map((arch) => `tool_3.3_debian_${codename}_linux-${arch}`)),
  );
  t.notOk(
    calls.some((call) => call.startsWith('fetch')),
    'its source is there already',
  );
});

t.test('the settings of a fetch are those of add too, and kinds are tried in order', async (t) => {
  const workspace = new Workspace(t);
  workspace.program('scripts/fetch', fetchProgram);
  workspace.edit(
    'matrix/packages/tool.yaml',
    'sources:\n',
    "sources:\n  first: { file: 'tool-{version}.tar.gz', addresses: ['https://example.org/first'] }\n  second: { file: 'second-{version}.tar.gz', addresses: ['https://example.org/second'] }\n",
  );
  mkdirSync(join(workspace.folder, "my mirror's $x"));

  const all = await workspace.make(['add', 'PACKAGE=tool', 'VERSION=3.3', "SOURCE_MIRROR=my mirror's $$x"]);
  const calls = workspace.takeCalls().map((call) => call.replace(/-unpinned-\w+/, ''));
  const one = await workspace.make(['add'], { PACKAGE: 'tool', VERSION: '3.4', SOURCE: 'release', OFFLINE: '1' });

  t.match(all, { exitCode: 0 });
  t.same(calls, [
    "fetch --mirror my mirror's $x --any unpinned out/sources/tool/tool-3.3.tar.gz tool-3.3.tar.gz https://example.org/first",
    "fetch --mirror my mirror's $x --any unpinned out/sources/tool/second-3.3.tar.gz second-3.3.tar.gz https://example.org/second",
  ]);
  t.match(workspace.read('matrix/packages/tool.yaml'), /^ {2}3\.3: \{ source: second, sha256: /m);
  t.match(one, { exitCode: 2, stderr: /Error 75/ });
  t.match(workspace.takeCalls(), [/^fetch --offline --any unpinned \S+ tool-3\.4\.tar\.gz https:\/\/example\.org\/tool-3\.4\.tar\.gz$/]);
  t.notMatch(workspace.read('matrix/packages/tool.yaml'), '3.4');
  t.same(
    readdirSync(join(workspace.folder, 'out/sources')).filter((name) => name.includes('unpinned')),
    [],
  );
});

t.test('a mistake ends with a message, not with a half-made matrix', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make([]);
  const before = workspace.read('matrix/packages/tool.yaml');
  const cases: readonly (readonly [args: readonly string[], message: string])[] = [
    [[], 'packmill: which version of which package?\n  make add PACKAGE='],
    [['PACKAGE=tool'], 'packmill: which version of which package?'],
    [['VERSION=3.3'], 'packmill: which version of which package?'],
    [['PACKAGE=tol', 'VERSION=3.3'], 'packmill: unknown package "tol"\n  did you mean "tool"?'],
    [['PACKAGE=tool library', 'VERSION=3.3'], 'packmill: unknown package "tool library"'],
    [['PACKAGE=tool', 'VERSION=3.1'], 'matrix/packages/tool.yaml:11:3: version 3.1 is already there'],
    [['PACKAGE=tool', "VERSION=';touch pwned;'$$(touch pwned)"], 'is not a version'],
    [['PACKAGE=tool', 'VERSION=3.3', 'SOURCE=x'], 'packmill: unknown source "x" of tool\n  one of release'],
  ];
  for (const [args, message] of cases) {
    const ran = await workspace.make(['add', ...args]);

    t.equal(ran.exitCode, 2, args.join(' '));
    t.match(ran.stderr, message);
  }
  t.equal(workspace.read('matrix/packages/tool.yaml'), before);
  t.same(workspace.takeCalls(), []);
  t.notOk(workspace.exists('pwned'));
});
