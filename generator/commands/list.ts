import { labelOf, latest, platformName } from '../plan/names.js';
import type { Target } from '../plan/target.js';
import type { Filters } from './filters.js';
import { letThrough } from './filters.js';
import { openWorkspace } from './workspace.js';

/** What is listed beside what the filters let through. */
export interface ListOptions extends Filters {
  readonly json: boolean;
  readonly excluded: boolean;
  /** Also what is built only by name. */
  readonly full: boolean;
}

interface Row {
  readonly target: string;
  readonly package: string;
  readonly version: string;
  readonly distro: string;
  readonly platform: string;
  readonly method: string;
  readonly builder: string | null;
  readonly artifact: string | null;
  readonly needs: readonly string[];
  readonly endOfLife: string | null;
  /** Why it is in no group, for a target that is built only by name. */
  readonly byName: string | null;
  readonly excluded: string | null;
}

function targetRow(target: Target): Row {
  return {
    target: target.name,
    package: target.package,
    version: labelOf(target),
    distro: target.distroId,
    platform: platformName(target.platform),
    method: target.method,
    builder: target.builder ?? null,
    artifact: target.artifact.path,
    needs: target.needs.map((need) => need.name),
    endOfLife: target.distro.end_of_life ?? null,
    byName: target.byName ?? null,
    excluded: null,
  };
}

function rows(options: ListOptions): readonly Row[] {
  const { plan, matrix } = openWorkspace();
  const aliases = plan.aliases.filter((alias) => alias.label !== latest);
  const built = [
    ...plan.targets.map(targetRow),
    ...aliases.map((alias) => ({
      ...targetRow(alias.target),
      target: alias.name,
      platform: platformName(alias.platform),
      method: 'shared',
      needs: [alias.target.name],
    })),
  ].sort((a, b) => (a.target < b.target ? -1 : 1));
  const excluded = plan.exclusions.map((e): Row => ({
    target: e.name,
    package: e.package,
    version: e.label,
    distro: e.distroId,
    platform: platformName(e.platform),
    method: 'excluded',
    builder: null,
    artifact: null,
    needs: [],
    endOfLife: matrix.distros.get(e.distroId)?.end_of_life ?? null,
    byName: null,
    excluded: e.reason,
  }));
  const all = letThrough([...built, ...excluded], options);
  return all.filter((row) => (options.excluded || row.excluded === null) && (options.full || row.byName === null));
}

/** Prints the matrix as a table or as one JSON list, in name order. */
export function list(options: ListOptions): number {
  const found = rows(options);
  if (options.json) {
    process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    return 0;
  }
  const width = Math.max(0, ...found.map((row) => row.target.length));
  for (const row of found)
    process.stdout.write(
      `${row.target.padEnd(width)}  ${row.method.padEnd(8)}  ${row.excluded ?? row.artifact ?? ''}${row.byName === null ? '' : `  (by name: ${row.byName})`}\n`,
    );
  return 0;
}
