import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

import { execa } from 'execa';

/** Programs that sign, write and read repositories. */
export const publishTools = ['aptly', 'apt-get', 'createrepo_c', 'dnf', 'gpg', 'rpmsign', 'rpmkeys'] as const;

/** What a program said when it failed: its name and its messages. */
export class ToolError extends Error {}

/** Runs a program without anything to read; gives its standard output. It fails with a ToolError. */
export async function runTool(program: string, words: readonly string[]): Promise<string> {
  const ran = await execa(program, [...words], { reject: false, stdin: 'ignore' });
  const said = [ran.stderr, ran.stdout].map((text) => text.trim()).find((text) => text !== '');
  if (ran.exitCode !== 0) throw new ToolError(`${program}: ${said ?? ran.shortMessage ?? 'failed'}`);
  return ran.stdout;
}

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
