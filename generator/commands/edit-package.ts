import { realpathSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';

import { makeFolder } from '../io/folder.js';
import { readText } from '../io/read.js';
import { replaceFile } from '../io/write.js';
import type { Release } from '../model/add-version.js';
import { addVersion, replaceVersion } from '../model/add-version.js';
import type { Arrival } from '../plan/difference.js';
import { renderProblems } from '../render/problems.js';
import { generate } from './generate.js';
import { UserError } from './user-error.js';
import type { Workspace } from './workspace.js';
import { openWorkspace } from './workspace.js';

/** A package's file with a version more in it, and what the workspace would then be. */
export interface Edit {
  readonly path: string;
  readonly old: string;
  readonly text: string;
  readonly workspace: Workspace;
}

/** Puts a version into the text of its package's file. Writes nothing. */
export function editPackage({ package: id, version, replaces }: Arrival, release: Release): Edit {
  const path = `matrix/packages/${id}.yaml`;
  const old = readText(path);
  if (old.includes('\ufffd')) throw new UserError(`packmill: ${path} is not in UTF-8\n  save it in UTF-8 first\n`);
  const added = replaces === undefined ? addVersion(path, old, version, release) : replaceVersion(path, old, replaces, version, release);
  if (!added.ok) throw new UserError(renderProblems(added.problems));
  return { path, old, text: added.value, workspace: openWorkspace(new Map([[path, added.value]])) };
}

/** Writes the package file and what is generated from it, and keeps the source where the build looks for it. When that fails, the file is as it was. */
export async function writeEdit({ path, old, text }: Edit, fetched: string, kept: string): Promise<void> {
  const file = realpathSync(path);
  replaceFile(file, text);
  try {
    await generate();
    makeFolder(dirname(kept));
    renameSync(fetched, kept);
  } catch (error) {
    replaceFile(file, old);
    await generate().catch(() => undefined);
    throw error;
  }
}
