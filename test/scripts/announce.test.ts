import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';
import t from 'tap';
import type { Test } from 'tap';

/** A folder with a makefile that only tells what scripts/announce told it. */
function createFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'packmill-announce-'));
  writeFileSync(join(folder, 'Makefile'), `$(info $(shell ${process.cwd()}/scripts/announce))\nall: ;\n`);
  t.teardown(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

async function announce(folder: string, args: readonly string[], makeflags?: string): Promise<string> {
  const { stdout } = await execa('make', ['-s', ...args, 'all'], {
    cwd: folder,
    extendEnv: false,
    env: { PATH: process.env.PATH ?? '', ...(makeflags === undefined ? {} : { MAKEFLAGS: makeflags }) },
  });
  return stdout.replace(/^\d+ /, '');
}

t.test('how many run at once is found however make was told', async (t) => {
  const folder = createFolder(t);

  t.equal(await announce(folder, []), 'jobs=1 sync= terminal=');
  for (const args of [['-j4'], ['-j', '4'], ['-kj4'], ['-kj', '4'], ['--jobs=4'], ['--jobs', '4'], ['-j2', '-j4']])
    t.equal(await announce(folder, args), 'jobs=4 sync= terminal=', args.join(' '));
  t.equal(await announce(folder, ['-j']), 'jobs=0 sync= terminal=', 'no limit');
  t.equal(await announce(folder, [], 'k -j4'), 'jobs=4 sync= terminal=', 'by the environment');
  t.equal(await announce(folder, ['X=-j9']), 'jobs=1 sync= terminal=', 'a variable is no option');
});

t.test("a person's own order of what is printed is found", async (t) => {
  const folder = createFolder(t);

  for (const args of [['-O'], ['-Oline'], ['-kOnone'], ['--output-sync'], ['--output-sync=recurse']])
    t.equal(await announce(folder, args), 'jobs=1 sync=own terminal=', args.join(' '));
  t.equal(await announce(folder, [], ' -Oline'), 'jobs=1 sync=own terminal=', 'by the environment');
});

t.test('a terminal is told from a pipe, whatever a make above had', async (t) => {
  const folder = createFolder(t);

  const { stdout } = await execa('script', ['-qec', 'make -s all', '/dev/null'], { cwd: folder });

  t.match(stdout, 'terminal=yes');
  const piped = await execa('make', ['-s', 'all'], { cwd: folder, env: { MAKE_TERMOUT: '/dev/tty' } });
  t.match(piped.stdout, /terminal=$/);
});

t.test('what makes that are gone have left is forgotten, and nothing of those that run', async (t) => {
  const folder = createFolder(t);
  await announce(folder, []);
  // No process has a number as high.
  for (const name of ['4999999', '4999999.display', '4999999.hello_1', String(process.pid), `${String(process.pid)}.display`])
    writeFileSync(join(folder, 'out/progress', name), '');

  await announce(folder, []);

  t.same(readdirSync(join(folder, 'out/progress')).sort(), [String(process.pid), `${String(process.pid)}.display`]);
});
