import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';
import t from 'tap';

import type { WorkspaceFile } from '../generator/model/workspace.js';
import { indexPath } from '../generator/plan/names.js';
import { planMatrix } from '../generator/plan/plan.js';
import type { Plan, Target } from '../generator/plan/target.js';
import { readTemplates } from '../generator/io/read.js';
import { renderDockerfile } from '../generator/render/dockerfile.js';
import { renderRules } from '../generator/render/rules.js';
import { buildSteps } from '../generator/render/steps.js';
import { Templates } from '../generator/render/templates.js';
import { readDockerfile, readEnv } from './hostile/dockerfile.js';
import { hostileMatrices, take } from './hostile/matrices.js';
import { hostileStrings } from './hostile/strings.js';
import { matrixOf } from './texts.js';

t.setTimeout(300_000);
const strings = hostileStrings();
const taken = take(strings);
const templates = new Templates(readTemplates().templates);
const lines = ['summary', 'description 0', 'license', 'notices 0', 'exclude 0 reason', 'settings waivers 0 reason'];

t.test('every field refuses some of the strings, and takes some', (t) => {
  for (const [{ path }, values] of taken.fields) {
    t.ok(values.length < strings.length, `${path.join('.')} refuses some`);
    t.ok(values.length >= (lines.includes(path.join(' ')) ? 5000 : 1), `${path.join('.')} takes ${String(values.length)}`);
  }
  for (const name of ['versions', 'distros', 'kinds', 'packages', 'settings'] as const)
    t.ok(taken[name].length > 0 && taken[name].length < strings.length, name);
  t.end();
});

/** What a Dockerfile does, in order: each instruction with what BuildKit would read in it. */
function deeds(text: string): readonly string[] {
  return readDockerfile(text).map(({ keyword, flags, rest }) => {
    if (keyword === 'RUN') return JSON.stringify([keyword, flags.length, JSON.parse(rest)]);
    return JSON.stringify(keyword === 'ENV' ? [keyword, ...readEnv(rest)] : [keyword, ...flags, rest]);
  });
}

/** The same, from the target itself. */
function expectedDeeds(target: Target, workspace: WorkspaceFile): readonly string[] {
  const steps = buildSteps(target, workspace).flatMap((step) => {
    const words = step.from.split(' ');
    return [
      ['FROM', ...words.slice(0, -1), `${words.at(-1) ?? ''} AS ${step.name}`],
      ...step.copies.map((copy) => ['COPY', `--from=${copy.from}`, `${copy.path} ${copy.path}`]),
      ...Object.entries(step.environment).map(([name, value]) => ['ENV', name, value]),
      [
        'RUN',
        1 + step.scripts.length + step.recipe.length + step.mounts.length,
        ['/steps/step', ...(step.isTest ? ['--test'] : []), step.name, ...step.command],
      ],
    ];
  });
  return [...steps, ['FROM', 'scratch AS export'], ['COPY', '--from=install-test', '/r /']].map((deed) => JSON.stringify(deed));
}

/** Words that make's recipes must come to, by what they are for. */
function expectedWords(plan: Plan): readonly string[] {
  const fetches = plan.sources.map((source) => ['fetch', source.sha256, source.path, source.file, ...source.addresses]);
  const builds = plan.targets.map((target) => {
    const bases = [`base=${target.base.context}`, ...(target.nativeBase ? [`native-base=${target.nativeBase.context}`] : [])];
    const contexts = [
      ...bases,
      `packaging=oci-layout://${target.packaging.folder}`,
      `source=${target.source.folder}`,
      `recipe=matrix/packages/${target.package}`,
    ];
    return ['build', target.name, target.platform, ...contexts.flatMap((context) => ['--build-context', context])];
  });
  const bootstraps = plan.bases.flatMap((base) => (base.made ? [['bootstrap', ...base.made.arguments, base.made.folder]] : []));
  return [...fetches, ...builds, ...bootstraps].map((words) => JSON.stringify(words));
}

/** Stands for Makefile.in: every recipe prints its words, each ended by NUL, and a line end. */
const driver = `SHELL := bash
comma := ,
setup :=
fetch = @printf '%s\\0' fetch $1; echo
build = @printf '%s\\0' build $1 $2 $3; echo
bootstrap = @printf '%s\\0' bootstrap $1; echo
packaging = @:
refuse = @:
dockerfiles/% out/bases/%/index.json: ;
`;

t.test('what is taken is harmless', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'packmill-hostile-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true });
  });
  const makefile: string[] = [driver];
  const goals: string[] = [];
  const expected = new Set<string>();
  let targets = 0;
  for (const { texts, settings } of hostileMatrices(taken)) {
    const matrix = matrixOf(texts, settings);
    const plan = planMatrix(matrix);
    for (const target of plan.targets) {
      targets++;
      const [done, meant] = [deeds(renderDockerfile(target, matrix, templates)).join('\n'), expectedDeeds(target, matrix.workspace).join('\n')];
      if (done !== meant) t.equal(done, meant, target.name);
    }
    for (const [path, text] of renderRules(plan, templates)) if (path !== indexPath) makefile.push(text.replaceAll(/^include (\S+)$/gm, ''));
    goals.push(...plan.targets.map((target) => target.name));
    for (const words of expectedWords(plan)) expected.add(words);
  }
  t.ok(targets > 5000, `${String(targets)} targets`);
  writeFileSync(join(folder, 'Makefile'), `${makefile.join('\n')}\n.PHONY: everything\neverything: ${goals.join(' ')}\n`);

  const made = await execa('make', ['-rR', '-n', 'everything'], { cwd: folder, stripFinalNewline: false, timeout: 120_000 });
  writeFileSync(join(folder, 'script'), made.stdout);
  const { stdout } = await execa('bash', ['script'], { cwd: folder, timeout: 120_000 });

  const words = new Set(stdout.split('\n').map((line) => JSON.stringify(line.split('\0').slice(0, -1))));
  t.same([...expected].filter((line) => !words.has(line)).slice(0, 5), [], 'every recipe has the words that are meant');
  t.equal(words.size, expected.size, 'and there is no other');
  t.same(readdirSync(folder).sort(), ['Makefile', 'script'], 'nothing was executed');
});
