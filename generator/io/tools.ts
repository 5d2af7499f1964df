import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/** Programs that sign, write and read repositories. */
export const publishTools = ['aptly', 'apt-get', 'createrepo_c', 'dnf', 'gpg', 'rpmsign', 'rpmkeys'] as const;

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Those of the programs that are on no folder of a search path such as PATH. */
export function missingTools(names: readonly string[], searchPath: string): readonly string[] {
  const folders = searchPath.split(':').filter(Boolean);
  return names.filter((name) => !folders.some((folder) => canRun(join(folder, name))));
}
