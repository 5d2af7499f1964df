import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { execa } from 'execa';
import t from 'tap';

import { CliWorkspace } from '../cli.js';

interface Row {
  readonly target: string;
  readonly package: string;
  readonly version: string;
  readonly platform: string;
  readonly method?: string;
  readonly needs?: readonly string[];
  readonly builder?: string | null;
}

interface Group {
  readonly name: string;
  readonly runner: string;
  readonly build_platform: string;
  readonly builder: string | null;
  readonly targets: string;
}

/** Runs a jq program of deploy/ci as the workflow does. */
async function jq(program: string, input: string, ...options: readonly string[]): Promise<string> {
  const { stdout } = await execa('jq', [...options, '--from-file', `deploy/ci/${program}`], { input });
  return stdout;
}

async function groupsOf(rows: readonly Row[]): Promise<readonly Group[]> {
  const matrix = JSON.parse(await jq('groups.jq', JSON.stringify(rows), '--compact-output')) as { readonly include: readonly Group[] };
  return matrix.include;
}

function row(name: string, version: string, platform: string, rest: Partial<Row> = {}): Row {
  return { target: `${name}_${version}_debian_trixie_${platform}`, package: name, version, platform, needs: [], builder: null, ...rest };
}

t.test("every build of this project's matrix is in one group, with its version and platform", async (t) => {
  const { stdout } = await new CliWorkspace(t, 'matrix').run('list', '--json');
  const rows = JSON.parse(stdout) as readonly Row[];
  t.ok(rows.length > 50);

  const groups = await groupsOf(rows);

  t.strictSame(
    groups.flatMap(({ targets }) => targets.split(' ')).sort(),
    rows
      .filter(({ method }) => method !== 'shared')
      .map(({ target }) => target)
      .sort(),
  );
  t.equal(new Set(groups.map(({ name }) => name)).size, groups.length, 'names are those of artifacts');
  const erlang = groups.find(({ name }) => name === 'erlang_27.3.4.1_linux-arm64');
  t.match(erlang, { runner: 'ubuntu-24.04-arm', build_platform: 'linux/arm64', builder: null });
  const matching = rows.filter((each) => each.package === 'erlang' && each.version === '27.3.4.1' && each.platform === 'linux-arm64');
  t.strictSame(
    erlang?.targets.split(' '),
    matching.map(({ target }) => target),
  );
});

t.test('a target is built in the group of what it needs, also through others', async (t) => {
  const erlang = row('erlang', '27', 'linux-amd64');
  const elixir = row('elixir', '1.18', 'linux-amd64', { needs: [erlang.target] });
  const phoenix = row('phoenix', '1.7', 'linux-amd64', { needs: [elixir.target] });

  const all = await groupsOf([phoenix, elixir, erlang]);
  const some = await groupsOf([phoenix, elixir]);

  t.strictSame(
    all.map(({ name, targets }) => [name, targets.split(' ').sort()]),
    [['erlang_27_linux-amd64', [elixir.target, erlang.target, phoenix.target]]],
  );
  t.strictSame(
    some.map(({ name }) => name),
    ['elixir_1.18_linux-amd64'],
    'make builds what filters have left out',
  );
});

t.test('a package for every platform is built once, whatever platform is asked for', async (t) => {
  const erlang = row('erlang', '27', 'linux-amd64');
  const elixir = row('elixir', '1.18_27', 'linux-amd64', { needs: [erlang.target] });
  const shared = row('elixir', '1.18_27', 'linux-arm64', { needs: [elixir.target], method: 'shared' });

  const all = await groupsOf([elixir, shared, erlang]);
  const one = await groupsOf([shared]);

  t.strictSame(
    all.map(({ runner, targets }) => [runner, targets]),
    [['ubuntu-24.04', `${elixir.target} ${erlang.target}`]],
  );
  t.strictSame(
    one.map(({ name, runner, targets }) => [name, runner, targets]),
    [['elixir_1.18_27_linux-amd64', 'ubuntu-24.04', elixir.target]],
  );
});

t.test('a builder of the workspace is asked from any runner, other platforms are emulated', async (t) => {
  const groups = await groupsOf([row('hello', '1', 'linux-arm64', { builder: 'arm' }), row('hello', '1', 'linux-s390x')]);

  t.strictSame(
    groups.map(({ name, runner, build_platform, builder }) => [name, runner, build_platform, builder]),
    [
      ['hello_1_linux-s390x', 'ubuntu-24.04', 'linux/amd64', null],
      ['hello_1_linux-arm64', 'ubuntu-24.04', 'linux/amd64', 'arm'],
    ],
  );
});

t.test('more than 256 groups are joined, each with one kind of runner', async (t) => {
  const rows = ['linux-amd64', 'linux-arm64'].flatMap((platform) => Array.from({ length: 300 }, (_, index) => row('hello', `1.${String(index)}`, platform)));

  const groups = await groupsOf(rows);

  t.equal(groups.length, 200, 'three together; two together would be 300');
  t.strictSame(groups.flatMap(({ targets }) => targets.split(' ')).sort(), rows.map(({ target }) => target).sort());
  for (const { runner, targets } of groups) {
    t.ok(targets.split(' ').every((target) => target.endsWith('arm64') === runner.endsWith('-arm')));
  }
  t.equal(new Set(groups.map(({ name }) => name)).size, groups.length);
  t.match(groups[0]?.name, /^hello_1\.0_linux-amd64\+2$/);
});

t.test('filters that leave nothing are a mistake', async (t) => {
  await t.rejects(groupsOf([]), /no target is left/);
});

t.test('the summary names what was not built, and what was not reached', async (t) => {
  const rows = ['1', '2', '3'].map((version) => row('hello', version, 'linux-amd64'));
  const [built, failed, unreached] = rows.map(({ target }) => target);
  const plan = join(t.testdir(), 'groups.json');
  writeFileSync(plan, JSON.stringify({ include: await groupsOf(rows) }));
  const status = (target: string | undefined, rest: object): string => `${JSON.stringify({ target, fault: 'none', step: '', ...rest })}\n`;

  const some = await jq(
    'summary.jq',
    status(built, { result: 'built' }) + status(failed, { result: 'failed', fault: 'package', step: 'smoke' }),
    ...['--raw-output', '--slurp', '--slurpfile', 'plan', plan],
  );
  const all = await jq(
    'summary.jq',
    rows.map(({ target }) => status(target, { result: 'built' })).join(''),
    '--raw-output',
    '--slurp',
    '--slurpfile',
    'plan',
    plan,
  );

  t.equal(
    some,
    [
      '## 1 of 3 packages built',
      '',
      '| target | result | fault | step | logs are in |',
      '|---|---|---|---|---|',
      `| ${String(failed)} | failed | package | smoke | report-hello_2_linux-amd64 |`,
      `| ${String(unreached)} | not reached |  |  | report-hello_3_linux-amd64 |`,
    ].join('\n'),
  );
  t.equal(all, '## 3 of 3 packages built');
});

t.test('the summary reads what an attempt writes', (t) => {
  const written = /'(\{"target":.*\})\\n'/.exec(readFileSync('scripts/attempt', 'utf8'))?.[1] ?? '';

  for (const key of ['target', 'result', 'fault', 'step']) t.ok(written.includes(`"${key}":"%s"`), key);
  t.match(readFileSync('scripts/attempt', 'utf8'), /^write_status built none '' /m);
  t.end();
});
