import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { execa } from 'execa';
import t, { type Test } from 'tap';

/** Runs scripts/test without the engine, where tap and tap-parser print and end as given. */
async function run(t: Test, { tap, parser }: { readonly tap: string; readonly parser: string }): Promise<readonly [number | undefined, readonly string[]]> {
  const folder = t.testdir();
  const program = (path: string, body: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `#!/bin/bash\n${body}\n`);
    chmodSync(join(folder, path), 0o755);
  };
  program('bin/npx', `case $2 in\ntap) ${tap} ;;\ntap-parser) cat >/dev/null; ${parser} ;;\nesac`);
  program('scripts/check', "echo 'ok: types'");
  for (const there of ['node_modules/.bin/tap', 'out/generator/cli.mjs', 'test/one.test.ts']) program(there, ':');
  copyFileSync('scripts/test', join(folder, 'scripts/test'));
  const ran = await execa('scripts/test', { cwd: folder, env: { FAST: '1', PATH: `${folder}/bin:${process.env.PATH ?? ''}` }, reject: false, all: true });
  return [ran.exitCode, ran.all.split('\n')];
}

t.test('what failed is shown, and the last line counts', async (t) => {
  const tap = `printf '%s\\n' 'not ok 1 - test/one.test.ts # time=2ms' '# { total: 3, pass: 2, fail: 1 }'; exit 1`;
  const [status, lines] = await run(t, { tap, parser: `printf '%s\\n' 'ok 1 - a' 'not ok 2 - b' '  ---' '  ...'; exit 1` });

  t.equal(status, 1);
  t.ok(lines.includes('not ok 1 - test/one.test.ts # time=2ms'));
  t.ok(lines.includes('not ok 2 - b'));
  t.notOk(lines.includes('ok 1 - a'));
  t.equal(lines.at(-1), '3 passed, 1 failed');
});

t.test('when all pass, that is said', async (t) => {
  const [status, lines] = await run(t, { tap: `printf '%s\\n' 'ok 1 - test/one.test.ts # time=2ms' '# { total: 3, pass: 3 }'`, parser: ':' });

  t.equal(status, 0);
  t.equal(lines.at(-1), '4 passed, 0 failed');
});

t.test('a runner that dies is a failure, and its last words are shown', async (t) => {
  const [status, lines] = await run(t, { tap: 'echo cannot load it; exit 7', parser: ':' });

  t.equal(status, 1);
  t.ok(lines.includes('cannot load it'));
  t.equal(lines.at(-1), '1 passed, 1 failed');
});
