import { makeNewer } from '../io/dates.js';
import type { TemplateFiles } from '../io/read.js';
import { digestFile, readTemplates } from '../io/read.js';
import { compareFiles, findCurrent, writeFiles } from '../io/write.js';
import type { Problem } from '../model/problem.js';
import { dockerfilePath } from '../plan/names.js';
import type { Plan } from '../plan/target.js';
import { inputFiles, missingDigest } from '../render/dockerfile.js';
import { dockerfileKeys } from '../render/keys.js';
import { renderProblems } from '../render/problems.js';
import { renderPlan } from '../render/render.js';
import { UserError } from './user-error.js';
import type { Workspace } from './workspace.js';
import { openWorkspace } from './workspace.js';

/** Scripts and patches that rendered targets name but that nobody wrote. */
function missingInputs({ matrix, plan }: Workspace, files: ReadonlyMap<string, string>): readonly Problem[] {
  const missing = new Map<string, string>();
  for (const target of plan.targets) {
    if (!files.get(dockerfilePath(target.name))?.includes(` sha256:${missingDigest}\n`)) continue;
    for (const path of inputFiles(target, matrix.workspace)) if (!matrix.digests.has(path)) missing.set(path, target.name);
  }
  return [...missing].map(([file, target]) => ({ file, path: [], message: `this file is missing; ${target} is built with it` }));
}

/** What the generated files of a workspace should be, by path, without those that are current. */
function render(workspace: Workspace, { templates, makefileIn }: TemplateFiles, current?: ReadonlySet<string>): ReadonlyMap<string, string> {
  const files = renderPlan(workspace.matrix, workspace.plan, templates, makefileIn, current);
  const missing = missingInputs(workspace, files);
  if (missing.length > 0) throw new UserError(renderProblems(missing));
  return files;
}

function summary(plan: Plan): string {
  return `${String(plan.targets.length)} targets, ${String(plan.exclusions.length)} excluded`;
}

/** Writes what differs from what the workspace stands for, and says how much. Takes the digest of all inputs, and the generator's own file. */
export function regenerate(inputs: string, generator: string): void {
  const workspace = openWorkspace();
  const templateFiles = readTemplates();
  const keys = dockerfileKeys(workspace.matrix, workspace.plan, [digestFile(generator), ...templateFiles.templates.values()]);
  const current = findCurrent(keys);
  const differences = writeFiles(render(workspace, templateFiles, current), { inputs, keys, current });
  // What was built before may have a date of another clock.
  const written = new Set(differences.map(({ path }) => path));
  for (const { name, artifact } of workspace.plan.targets) if (written.has(dockerfilePath(name))) makeNewer(dockerfilePath(name), artifact.path);
  const removed = differences.filter(({ kind }) => kind === 'stale').length;
  if (differences.length > 0) {
    process.stderr.write(`packmill: ${summary(workspace.plan)}; ${String(differences.length - removed)} files written, ${String(removed)} removed\n`);
  }
}

/** Compares without writing: prints each file that is not as it should be; 1 when there is one. */
export function check(): number {
  const differences = compareFiles(render(openWorkspace(), readTemplates()));
  for (const { path, kind } of differences) process.stdout.write(`${kind}: ${path}\n`);
  if (differences.length > 0) process.stderr.write(`packmill: ${String(differences.length)} generated files differ; make generate writes them\n`);
  return differences.length > 0 ? 1 : 0;
}
