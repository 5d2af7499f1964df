import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { execa } from 'execa';
import t from 'tap';
import type { Test } from 'tap';

const passes = '4 doctests, 20 tests, 0 failures, 1 excluded';
const fails = '4 doctests, 20 tests, 1 failure, 1 excluded';

/** Of the tests of tasks, as upstream has them. */
const tasks = [
  'defmodule TaskTest do',
  '               |> Task.async_stream(&exit/1, @opts)',
  '        task = 1..4 |> Task.Supervisor.async_stream_nolink(1..4, &exit/1)',
  '        task = spawn(&exit/1)',
  'end',
];

interface Smoke {
  readonly exitCode: number | undefined;
  /** Cases that the step counts; undefined where it wrote none. */
  readonly cases: string | undefined;
  /** The tests of tasks, as they ran. */
  readonly tasks: string;
  /** The test that has a limit of its own, as it ran. */
  readonly limit: string;
  /** The groups of tests that ran. */
  readonly runs: readonly string[];
}

/**
 * Runs Elixir's smoke step in a tree whose makefile has upstream's goals and their messages, but no tests.
 *
 * @param stdlib what the standard library's tests print; `fails` fails them
 */
async function smoke(t: Test, stdlib: string): Promise<Smoke> {
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
    'test: test_formatted test_erlang test_stdlib test_iex test_mix',
    'compile test_formatted:',
    "test_erlang: compile ; @echo '  All 200 tests passed.'",
    `test_stdlib test_iex test_mix: compile ; @echo $@ >>runs; cat $@.says; ! grep -q '${fails}' $@.says`,
  );
  write('test_stdlib.says', stdlib);
  write('test_iex.says', passes);
  write('test_mix.says', passes);
  write('bin/epmd', '#!/bin/sh');
  write('lib/elixir/test/elixir/task_test.exs', ...tasks);
  write('lib/iex/test/test_helper.exs', 'requires_source');
  write('lib/mix/test/fixtures/rebar3');
  write('lib/mix/test/mix/tasks/compile_test.exs', '    timeout = 2_000');

  const { exitCode } = await execa('bash', [resolve('matrix/packages/elixir/smoke')], {
    cwd: tree,
    env: { PATH: `${tree}/bin:${process.env.PATH ?? ''}`, CASES: `${tree}/cases` },
    reject: false,
  });
  const read = (path: string): string => readFileSync(join(tree, path), 'utf8').trim();
  return {
    exitCode,
    cases: existsSync(join(tree, 'cases')) ? read('cases') : undefined,
    tasks: read('lib/elixir/test/elixir/task_test.exs'),
    limit: read('lib/mix/test/mix/tasks/compile_test.exs'),
    runs: read('runs').split('\n').sort(),
  };
}

t.test('cases are summed over the applications, without those that were left out', async (t) => {
  const ran = await smoke(t, passes);

  t.match(ran, { exitCode: 0, cases: '269', runs: ['test_iex', 'test_mix', 'test_stdlib'] });
});

t.test('where one application fails, the others are still tested', async (t) => {
  const ran = await smoke(t, fails);

  t.match(ran, { exitCode: 2, cases: undefined, runs: ['test_iex', 'test_mix', 'test_stdlib'] });
});

t.test('an application that ends without having counted its tests has failed', async (t) => {
  const ran = await smoke(t, 'stopped');

  t.match(ran, { exitCode: 1, cases: undefined, runs: ['test_iex', 'test_mix', 'test_stdlib'] });
});

t.test('a task whose exit counts waits until it is watched', async (t) => {
  const { tasks } = await smoke(t, passes);

  t.equal(
    tasks,
    [
      'defmodule TaskTest do',
      '               |> Task.async_stream(&exit_late/1, @opts)',
      '        task = 1..4 |> Task.Supervisor.async_stream_nolink(1..4, &exit_late/1)',
      '        task = spawn(&exit/1)',
      '',
      '  def exit_late(value) do',
      '    Process.sleep(50)',
      '    exit(value)',
      '  end',
      'end',
    ].join('\n'),
  );
});

t.test('a compiler has 20 seconds to start', async (t) => {
  t.match(await smoke(t, passes), { limit: 'timeout = 20_000' });
});
