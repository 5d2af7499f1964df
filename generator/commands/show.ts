import { readTemplates } from '../io/read.js';
import { renderDockerfile } from '../render/dockerfile.js';
import { Templates } from '../render/templates.js';
import { describeMissing } from './explain.js';
import { UserError } from './user-error.js';
import { openWorkspace } from './workspace.js';

/** Prints a target's Dockerfile as it would be generated now. */
export function show(name: string): number {
  const workspace = openWorkspace();
  const target = workspace.plan.targets.find((candidate) => candidate.name === name);
  if (!target) throw new UserError(describeMissing(name, workspace));
  process.stdout.write(renderDockerfile(target, workspace.matrix, new Templates(readTemplates().templates)));
  return 0;
}
