import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { execa } from 'execa';
import t from 'tap';

import { Workspace } from './workspace.js';

const target = 'library_1.2_debian_bookworm_linux-amd64';

function messages(workspace: Workspace): readonly string[] {
  return readdirSync(join(workspace.folder, 'out/notices/messages')).sort();
}

t.test('a broken cell, built and told of three times, is one message; its repair is one more', async (t) => {
  const workspace = new Workspace(t);

  for (const [night] of Array.from({ length: 3 }).entries()) {
    await workspace.make([target], { FAIL: 'build' });
    t.match(await workspace.make(['notify']), { exitCode: 0, stderr: '' }, `night ${String(night + 1)}`);
  }
  const [red = '', ...others] = messages(workspace);

  t.equal(red, `00000001-red-${target}.txt`);
  t.same(others, []);
  t.match(workspace.read(`out/notices/messages/${red}`), /error: it does not compile\n[^]*make shell-library/);
  t.match(JSON.parse(workspace.read(`out/notices/open/${target}.json`)), { failures: 3 });
  await workspace.make([target]);
  await workspace.make(['notify']);
  await workspace.make(['notify']);
  t.same(messages(workspace), [red, `00000002-green-${target}.txt`]);
});

t.test('nobody hears of what an engine that is gone did to a person, and make clean loses no message', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make(['notify']);
  await workspace.make([target], { FAIL: 'engine' });
  await workspace.make(['notify']);
  t.notOk(workspace.exists('out/notices/messages'));
  await workspace.make([target], { FAIL: 'build' });
  await workspace.make(['notify']);

  await workspace.make(['clean']);
  await workspace.make(['notify']);

  t.equal(messages(workspace).length, 1);
  t.ok(workspace.exists(`out/notices/open/${target}.json`), 'what was removed is not mended');
});

t.test('two calls at once are one after the other', async (t) => {
  const workspace = new Workspace(t);
  await workspace.make([target], { FAIL: 'build' });
  const lock = execa('flock', ['out/locks/notices', 'sleep', '3'], { cwd: workspace.folder });
  const began = Date.now();

  const calls = await Promise.all([workspace.make(['notify']), workspace.make(['notify'])]);

  await lock;
  t.ok(Date.now() - began > 2500, 'both waited');
  t.same(
    calls.map(({ exitCode }) => exitCode),
    [0, 0],
  );
  t.equal(calls.filter(({ stdout }) => stdout.includes('red:')).length, 1);
  t.equal(messages(workspace).length, 1);
});
