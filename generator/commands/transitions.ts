import { existsSync } from 'node:fs';

import { digestFile, readTemplates } from '../io/read.js';
import { findTransitions } from '../plan/transitions.js';
import { Templates } from '../render/templates.js';
import { renderUpgrade, upgradeFiles } from '../render/upgrade.js';
import { describeMissing } from './explain.js';
import { UserError } from './user-error.js';
import { openWorkspace } from './workspace.js';

/** Prints the Dockerfile in which a built target's package is tried in its transitions, for scripts/upgrade. */
export function transitions(name: string): number {
  const workspace = openWorkspace();
  const { matrix, plan } = workspace;
  const target = plan.aliases.find((alias) => alias.name === name)?.target ?? plan.targets.find((candidate) => candidate.name === name);
  if (!target) throw new UserError(describeMissing(name, workspace));
  const found = findTransitions(target, matrix, plan, existsSync);
  const files = upgradeFiles(found);
  const missing = files.find((path) => !existsSync(path));
  if (missing !== undefined) throw new UserError(`packmill: ${missing} is not there; make upgrade-${name} builds it first\n`);
  const digests = new Map(files.map((path) => [path, digestFile(path)]));
  process.stdout.write(renderUpgrade(found, matrix, new Templates(readTemplates().templates), digests));
  return 0;
}
