import { readTemplates } from '../io/read.js';
import { compareFiles, writeFiles } from '../io/write.js';
import type { Problem } from '../model/problem.js';
import type { Plan } from '../plan/target.js';
import { inputFiles } from '../render/dockerfile.js';
import { renderProblems } from '../render/problems.js';
import { renderPlan } from '../render/render.js';
import { UserError } from './user-error.js';
import type { Workspace } from './workspace.js';
import { openWorkspace } from './workspace.js';

/** Scripts and patches that targets name but that nobody wrote. */
function missingInputs({ matrix, plan }: Workspace): readonly Problem[] {
  const missing = new Map<string, string>();
  for (const target of plan.targets) {
    for (const path of inputFiles(target, matrix.workspace)) if (!matrix.digests.has(path)) missing.set(path, target.name);
  }
  return [...missing].map(([file, target]) => ({ file, path: [], message: `this file is missing; ${target} is built with it` }));
}

/** What the generated files of a workspace should be, by path. */
function render(workspace: Workspace): ReadonlyMap<string, string> {
  const missing = missingInputs(workspace);
  if (missing.length > 0) throw new UserError(renderProblems(missing));
  const { templates, makefileIn } = readTemplates();
  return renderPlan(workspace.matrix, workspace.plan, templates, makefileIn);
}

function summary(plan: Plan): string {
  return `${String(plan.targets.length)} targets, ${String(plan.exclusions.length)} excluded`;
}

/** Writes what differs from what the workspace stands for, and says how much; remembers the digest of the inputs. */
export function regenerate(inputs: string): void {
  const workspace = openWorkspace();
  const differences = writeFiles(render(workspace), inputs);
  const removed = differences.filter(({ kind }) => kind === 'stale').length;
  if (differences.length > 0) {
    process.stderr.write(`packmill: ${summary(workspace.plan)}; ${String(differences.length - removed)} files written, ${String(removed)} removed\n`);
  }
}

/** Compares without writing: prints each file that is not as it should be; 1 when there is one. */
export function check(): number {
  const differences = compareFiles(render(openWorkspace()));
  for (const { path, kind } of differences) process.stdout.write(`${kind}: ${path}\n`);
  if (differences.length > 0) process.stderr.write(`packmill: ${String(differences.length)} generated files differ; make generate writes them\n`);
  return differences.length > 0 ? 1 : 0;
}
