import { didYouMean } from '../model/nearest.js';
import { labelOf, latest, platformName } from '../plan/names.js';
import type { Target } from '../plan/target.js';
import { UserError } from './user-error.js';
import { openWorkspace } from './workspace.js';

/** Filters of a listing; a filter that is not given lets everything through. */
export interface ListOptions {
  readonly package?: readonly string[] | undefined;
  readonly version?: readonly string[] | undefined;
  readonly distro?: readonly string[] | undefined;
  readonly platform?: readonly string[] | undefined;
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

/** Whether a filter lets a value through; a version may be given as its series. */
function fits(key: string, value: string, word: string): boolean {
  return value === word || (key === 'version' && (value.startsWith(`${word}.`) || value.startsWith(`${word}_`)));
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
  let all = [...built, ...excluded];
  for (const key of ['package', 'version', 'distro', 'platform'] as const) {
    const wanted = options[key];
    if (wanted === undefined || wanted.length === 0) continue;
    const words = wanted.map((word) => (key === 'platform' ? word.replaceAll('/', '-') : word));
    const known = new Set([...built, ...excluded].map((row) => row[key]));
    for (const word of words) {
      if (![...known].some((value) => fits(key, value, word))) throw new UserError(`packmill: unknown ${key} "${word}"\n${hint(word, known)}`);
    }
    all = all.filter((row) => words.some((word) => fits(key, row[key], word)));
  }
  return all.filter((row) => (options.excluded || row.excluded === null) && (options.full || row.byName === null));
}

function hint(word: string, known: ReadonlySet<string>): string {
  return `  ${didYouMean(word, known) ?? `one of ${[...known].join(', ')}`}\n`;
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
