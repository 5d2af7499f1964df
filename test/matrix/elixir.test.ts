import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { execa } from 'execa';
import t from 'tap';
import type { Test } from 'tap';

const passes = '4 doctests, 20 tests, 0 failures, 1 excluded';
const fails = '4 doctests, 20 tests, 1 failure, 1 excluded';

interface Smoke {
  readonly exitCode: number | undefined;
  readonly output: string;
  /** Cases that the step counts; undefined where it wrote none. */
  readonly cases: string | undefined;
  /** How often each group of tests ran, such as `test_mix 1`. */
  readonly runs: readonly string[];
}

/**
 * Runs Elixir's smoke step in a tree whose makefile has upstream's goals and their messages, but no tests.
 *
 * @param stdlib what the standard library's tests print, each time that they run; `fails` fails them
 */
async function smoke(t: Test, stdlib: readonly string[]): Promise<Smoke> {
  const tree = mkdtempSync(join(tmpdir(), 'packmill-elixir-'));
  t.teardown(() => {
    rmSync(tree, { recursive: true });
  });
  const write = (path: string, ...lines: readonly string[]): void => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), lines.map((line) => `${line}\n`).join(''));
    chmodSync(join(tree, path), 0o755);
  };
  write(
    'Makefile',
    'test: test_formatted test_erlang test_stdlib test_mix',
    'compile test_formatted:',
    "test_erlang: compile ; @echo '  All 200 tests passed.'",
    `test_stdlib test_mix: compile ; @echo $@ >>runs; out="$$(sed -n "$$(grep -c $@ runs)p" $@.says)"; echo "$$out"; [ "$$out" != '${fails}' ]`,
  );
  write('test_stdlib.says', ...stdlib);
  write('test_mix.says', passes, passes);
  write('bin/epmd', '#!/bin/sh');
  write('lib/iex/test/test_helper.exs', 'requires_source');
  write('lib/mix/test/fixtures/rebar3');

  const { exitCode, all } = await execa('bash', [resolve('matrix/packages/elixir/smoke')], {
    cwd: tree,
    env: { PATH: `${tree}/bin:${process.env.PATH ?? ''}`, CASES: `${tree}/cases` },
    reject: false,
    all: true,
  });
  const read = (path: string): string => readFileSync(join(tree, path), 'utf8').trim();
  return { exitCode, output: all, cases: existsSync(join(tree, 'cases')) ? read('cases') : undefined, runs: read('runs').split('\n').sort() };
}

t.test('cases are summed over the applications, without those that were left out', async (t) => {
  const ran = await smoke(t, [passes]);

  t.match(ran, { exitCode: 0, cases: '246', runs: ['test_mix', 'test_stdlib'] });
});

t.test('what failed runs once more, and the log says so', async (t) => {
  const ran = await smoke(t, [fails, passes]);

  t.match(ran, { exitCode: 0, cases: '246', runs: ['test_mix', 'test_stdlib', 'test_stdlib'] });
  t.match(ran.output, /^failed, and run once more: test_stdlib$/m);
});

t.test('what fails twice has failed', async (t) => {
  const ran = await smoke(t, [fails, fails, passes]);

  t.match(ran, { exitCode: 2, cases: undefined, runs: ['test_mix', 'test_stdlib', 'test_stdlib'] });
});

t.test('an application that ends without having counted its tests has failed', async (t) => {
  const ran = await smoke(t, ['stopped']);

  t.match(ran, { exitCode: 1, cases: undefined, runs: ['test_mix', 'test_stdlib'] });
});
