import type { Matrix } from '../model/matrix.js';
import { dockerfilePath } from '../plan/names.js';
import type { Plan } from '../plan/target.js';
import { renderDockerfile } from './dockerfile.js';
import { renderMakefile } from './makefile.js';
import { renderRules } from './rules.js';
import { Templates } from './templates.js';

/** Every generated file of a workspace by path, but for those that are known to be current. Takes the texts of templates/ and of Makefile.in. */
export function renderPlan(
  matrix: Matrix,
  plan: Plan,
  templateTexts: ReadonlyMap<string, string>,
  makefileIn: string,
  current: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, string> {
  const templates = new Templates(templateTexts);
  const files = new Map<string, string>();
  for (const target of plan.targets) {
    const path = dockerfilePath(target.name);
    if (!current.has(path)) files.set(path, renderDockerfile(target, matrix, templates));
  }
  for (const [path, text] of renderRules(plan, templates)) files.set(path, text);
  files.set('Makefile', renderMakefile(matrix, plan, makefileIn, templates));
  return files;
}
