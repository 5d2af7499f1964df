import { spawnSync } from 'node:child_process';

import type { Workspace } from './workspace.js';

/** Text inside a build.ninja: only dollar signs are special to a command, and generated names need no quoting. */
function quoteNinja(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** Whether there is a ninja to compare with. */
export function hasNinja(): boolean {
  return spawnSync('ninja', ['--version']).status === 0;
}

/**
 * Writes the graph of the generated makefiles as a build.ninja and lets ninja take note of it, so that it too has
 * nothing to do. Its commands do nothing: the files are there already.
 */
export function createNinjaGraph(workspace: Workspace): void {
  const lines = ['rule run', '  command = : $line', '  description = $out'];
  const artifacts: string[] = [];
  for (const { file, inputs, orderOnly, recipe } of workspace.rules()) {
    lines.push(`build ${file}: run ${inputs.join(' ')} || ${orderOnly.join(' ')}`, `  line = '${quoteNinja(recipe.replaceAll("'", ''))}'`);
    const target = /^out\/packages\/([^/]+)\//.exec(file)?.[1];
    if (target === undefined) continue;
    artifacts.push(target);
    lines.push(`build ${target}: phony ${file}`);
  }
  lines.push(`build packages: phony ${artifacts.join(' ')}`, 'default packages', '');
  workspace.write('build.ninja', lines.join('\n'));
  const first = spawnSync('ninja', ['-C', workspace.folder, '--quiet'], { encoding: 'utf8' });
  if (first.status !== 0) throw new Error(`ninja: ${first.stdout}${first.stderr}`);
}
