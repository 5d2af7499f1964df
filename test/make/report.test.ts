import t from 'tap';

import { Workspace } from './workspace.js';

const target = 'library_1.2_debian_bookworm_linux-amd64';
const page = `out/report/targets/${target}.html`;
const run = '000001-20261127T010000Z';

t.test('a failure is reported with its log, and goes from the report when it is built', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make([target], { FAIL: 'build', RUN: run });
  workspace.write(`out/runs/${run}/run.json`, JSON.stringify({ id: run, asked: '', started: 1_795_741_200, process: 1, seconds: 60, steps: [] }));

  const first = await workspace.make(['report']);

  t.match(first, { exitCode: 0, stdout: /^out\/report\/index\.html: \d+ cells; \d+ files written, 0 removed$/ }, first.stderr);
  t.match(workspace.read('out/report/index.html'), '1 cell fails because of itself');
  t.match(workspace.read(page), '<mark>error: it does not compile</mark>');
  t.match(workspace.read(`out/report/runs/${run}.html`), '1 attempt in 1 lane over');
  t.match(workspace.read('out/report/feed.atom'), `<title>${target} fails</title>`);
  const [, log = ''] = /href="([^"]+)">The whole log/.exec(workspace.read(page)) ?? [];
  t.ok(workspace.exists(`out/report/targets/${log}`), log);

  await workspace.make([target]);
  await workspace.make(['report']);

  t.match(workspace.read('out/report/index.html'), 'Nothing: no cell fails because of itself.');
  t.notMatch(workspace.read(page), '<mark>');
  t.match(workspace.read(page), `href="../../packages/${target}/library_1.2-1~deb12_amd64.deb"`);
  t.match(workspace.read('out/report/feed.atom'), `<title>${target} is built again</title>`);
});

t.test('a second report writes nothing and asks nobody; a page that is lost, edited or no longer wanted is put right', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make([target]);
  await workspace.make(['report']);
  const before = workspace.read(page);
  workspace.takeCalls();

  const again = await workspace.make(['report']);

  t.match(again, { exitCode: 0, stdout: 'out/report/index.html: nothing has changed' });
  t.same(workspace.takeCalls(), []);

  workspace.remove(page);
  t.match(await workspace.make(['report']), { stdout: /; [12] files written, 0 removed$/ });
  t.equal(workspace.read(page), before);

  workspace.write(page, 'scribble');
  await workspace.make(['report']);
  t.equal(workspace.read(page), before);

  const { rm } = await import('node:fs/promises');
  await rm(`${workspace.folder}/out/attempts/${target}`, { recursive: true });
  await rm(`${workspace.folder}/out/packages/${target}`, { recursive: true });
  t.match(await workspace.make(['report']), { stdout: /, 1 removed$/ });
  t.notOk(workspace.exists(page));
});

t.test('what the matrix has no more keeps its page', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make([target]);
  await workspace.make(['report']);
  workspace.edit('matrix/packages/library.yaml', '1.2:', '1.3:');

  const ran = await workspace.make(['report']);

  t.match(ran, { exitCode: 0 }, ran.stderr);
  t.match(workspace.read(page), 'the matrix has it no more');
  t.match(workspace.read('out/report/packages/library.html'), `targets/${target}.html`);
});
