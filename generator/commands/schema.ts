import * as z from 'zod';

import { compareFiles, replaceFile } from '../io/write.js';
import { DistrosFile } from '../model/distro.js';
import { PackageFile } from '../model/package.js';
import { LockFile, WorkspaceFile } from '../model/workspace.js';

/** The JSON schemas of the matrix files by path, made from the zod schemas. */
export function renderSchemas(): ReadonlyMap<string, string> {
  const schemas: Readonly<Record<string, z.ZodType>> = { distros: DistrosFile, package: PackageFile, workspace: WorkspaceFile, lock: LockFile };
  return new Map(
    Object.entries(schemas).map(([name, schema]) => [
      `matrix/schema/${name}.json`,
      `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), null, 2)}\n`,
    ]),
  );
}

/** Writes matrix/schema/, or with check says what differs and gives 1. */
export function schema(check: boolean): number {
  const files = renderSchemas();
  const differences = compareFiles(files).filter(({ path }) => files.has(path));
  for (const { path, kind } of differences) {
    if (check) process.stdout.write(`${kind}: ${path}\n`);
    else replaceFile(path, files.get(path) ?? '');
  }
  return check && differences.length > 0 ? 1 : 0;
}
