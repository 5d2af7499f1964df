import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type * as Parser from '@actions/workflow-parser';
import { buildSync } from 'esbuild';
import { execa } from 'execa';
import fastGlob from 'fast-glob';
import t from 'tap';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

// The parser imports JSON in a way that bundlers know and node does not.
const bundle = join(t.testdir(), 'parser.mjs');
const banner = { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' };
buildSync({ entryPoints: ['@actions/workflow-parser'], bundle: true, platform: 'node', format: 'esm', outfile: bundle, logLevel: 'warning', banner });
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = (await import(bundle)) as typeof Parser;

/** What GitHub's own parser says against a workflow. */
async function mistakes(content: string): Promise<readonly string[]> {
  const { context, value } = parseWorkflow({ name: 'workflow.yml', content }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

function steps(content: string): readonly Step[] {
  return Object.values((parse(content) as Workflow).jobs).flatMap((job) => job.steps);
}

const files = fastGlob.sync('.github/workflows/*.yml', { dot: true });
t.ok(files.length > 0);

for (const file of files) {
  const content = readFileSync(file, 'utf8');

  t.test(`${file} is a workflow to GitHub's parser, which would say so otherwise`, async (t) => {
    t.strictSame(await mistakes(content), []);
    t.match(await mistakes(content.replace('runs-on:', 'runson:')), [/runson/]);
    t.match(await mistakes(content.replace('${{ inputs.package }}', '${{ imputs.package }}')), [/imputs/]);
  });

  t.test(`${file} uses GitHub's own actions only, by their commit`, (t) => {
    const actions = steps(content).flatMap(({ uses }) => uses ?? []);

    t.ok(actions.length > 0);
    for (const action of actions) t.match(action, /^actions\/[a-z-]+@[0-9a-f]{40}$/);
    t.end();
  });

  t.test(`the commands of ${file} are sound, and nothing that people enter is part of them`, async (t) => {
    const commands = steps(content).flatMap(({ run }) => run ?? []);

    t.ok(commands.length > 0);
    for (const command of commands) {
      const { exitCode, all } = await execa('shellcheck', ['--shell=bash', '-'], { input: command, all: true, reject: false });
      t.equal(exitCode, 0, all);
      t.notMatch(command, /\$\{\{/);
    }
  });
}
