import { readInputs } from '../io/read.js';
import { parseSettings, readSettingsText } from '../io/settings.js';
import type { Matrix } from '../model/matrix.js';
import { parseMatrix } from '../model/parse.js';
import { planMatrix } from '../plan/plan.js';
import type { Plan } from '../plan/target.js';
import { renderProblems } from '../render/problems.js';
import { UserError } from './user-error.js';

/** A workspace, understood and planned. */
export interface Workspace {
  readonly matrix: Matrix;
  readonly plan: Plan;
}

/** Reads and plans the workspace in the current directory, with some texts in place of those on disk; every problem at once as a UserError. */
export function openWorkspace(edits: ReadonlyMap<string, string> = new Map()): Workspace {
  const settings = parseSettings(readSettingsText());
  if (!settings.ok) throw new UserError(renderProblems(settings.problems));
  const inputs = readInputs(settings.value);
  const matrix = parseMatrix({ ...inputs, texts: new Map([...inputs.texts, ...edits]) });
  if (!matrix.ok) throw new UserError(renderProblems(matrix.problems));
  return { matrix: matrix.value, plan: planMatrix(matrix.value) };
}
