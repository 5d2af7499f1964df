import { realpathSync } from 'node:fs';

import { readText } from '../io/read.js';
import { replaceFile } from '../io/write.js';
import { replaceVersion } from '../model/add-version.js';
import { renderProblems } from '../render/problems.js';
import { generate } from './generate.js';
import { findBuilt } from './publish.js';
import { everPublished } from './release.js';
import { UserError } from './user-error.js';
import type { Workspace } from './workspace.js';
import { openWorkspace } from './workspace.js';

/** A version whose packages must get another name. */
interface Raise {
  readonly package: string;
  readonly version: string;
  /** The iteration that it shall have. */
  readonly iteration: number;
  /** One of the files that were published. */
  readonly file: string;
}

/** Versions of which something was built anew and differs from what was published under its name: then only the packaging has changed. */
export function findRaises(workspace: Workspace, packages: readonly string[]): readonly Raise[] {
  const known = everPublished();
  const raised = new Map<string, Raise>();
  for (const { target, tested } of findBuilt(workspace, known)) {
    const { package: id, version, iteration, artifact } = target;
    const before = known.get(`${target.distroId} ${artifact.file}`);
    if (before === undefined || before === tested || (packages.length > 0 && !packages.includes(id))) continue;
    raised.set(`${id} ${version}`, { package: id, version, iteration: iteration + 1, file: artifact.file });
  }
  return [...raised.values()];
}

/** Raises the iteration of every version whose packages must get another name. Gives what was raised, such as `hello 2.10 iteration 2`. */
export async function raiseIterations(packages: readonly string[]): Promise<readonly string[]> {
  const workspace = openWorkspace();
  const raised = findRaises(workspace, packages);
  for (const { package: id, version, iteration, file } of raised) {
    const path = `matrix/packages/${id}.yaml`;
    const text = readText(path);
    const row = workspace.matrix.packages.get(id)?.versions[version];
    if (!row) throw new Error(`Internal error: no version ${version} of ${id}`);
    const { source, sha256, commit, archived } = row;
    const release = { source, ...(sha256 !== undefined && { sha256 }), ...(commit !== undefined && { commit }), iteration, ...(archived && { archived }) };
    const edited = replaceVersion(path, text, version, version, release);
    if (!edited.ok) throw new UserError(renderProblems(edited.problems));
    replaceFile(realpathSync(path), edited.value);
    process.stderr.write(`packmill: ${id} ${version} has iteration ${String(iteration)} now: ${file} was published with other bytes\n`);
  }
  if (raised.length > 0) await generate();
  return raised.map((one) => `${one.package} ${one.version} iteration ${String(one.iteration)}`);
}
