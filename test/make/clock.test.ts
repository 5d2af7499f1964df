import t from 'tap';

import { Workspace } from './workspace.js';

const target = 'library_1.2_debian_bookworm_linux-amd64';
const [hour, day] = [3_600, 86_400];

for (const ahead of [hour, day]) {
  t.test(`files from ${String(ahead / hour)} hours ahead are no reason to make anything again and again`, async (t) => {
    const workspace = new Workspace(t);
    await workspace.make([target]);
    workspace.takeCalls();

    for (const path of ['matrix/workspace.yaml', 'Makefile.in', 'generator/cli.ts', 'matrix']) workspace.touch(path, ahead);
    const first = await workspace.make([target]);
    const second = await workspace.make(['--trace', target]);

    t.match(first, { exitCode: 0 });
    t.match(second, { exitCode: 0 });
    t.notMatch(second.stdout, 'generate', 'what is generated is generated once');
    t.same(workspace.takeCalls(), []);
  });

  t.test(`after the clock was ${String(ahead / hour)} hours ahead an edit is seen and its target built`, async (t) => {
    const workspace = new Workspace(t);
    await workspace.make([target]);
    workspace.takeCalls();
    // All that make wrote while the clock was ahead.
    for (const path of ['Makefile', 'out/generator/cli.mjs', `dockerfiles/${target}.Dockerfile`, `out/packages/${target}/library_1.2-1~deb12_amd64.deb`])
      workspace.touch(path, ahead);

    workspace.edit('matrix/packages/library.yaml', 'cross: true', 'configure: [--new], cross: true');
    const edited = await workspace.make([target]);
    const again = await workspace.make([target]);

    t.match(edited, { exitCode: 0 });
    t.same(workspace.takeBuilds(), [target], 'once');
    t.match(again, { exitCode: 0 });
  });
}
