import { methodOf } from '../plan/method.js';
import { platformName } from '../plan/names.js';
import { openWorkspace } from './workspace.js';

/** Prints, for every distro and platform, how a package whose recipe can cross-compile is compiled there. */
export function platforms(): number {
  const { matrix } = openWorkspace();
  const columns = [...new Set([...matrix.distros.values()].flatMap((distro) => distro.platforms))].sort();
  const rows = [...matrix.distros].map(([id, distro]) => [
    id,
    ...columns.map((platform) => (distro.platforms.includes(platform) ? methodOf(matrix, distro, platform, true) : '-')),
  ]);
  const table = [['', ...columns.map(platformName)], ...rows];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  for (const row of table)
    process.stdout.write(
      `${row
        .map((word, column) => word.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
  return 0;
}
