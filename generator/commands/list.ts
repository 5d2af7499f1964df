import { didYouMean } from '../model/nearest.js';
import { platformName } from '../plan/names.js';
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
}

interface Row {
  readonly target: string;
  readonly package: string;
  readonly version: string;
  readonly distro: string;
  readonly platform: string;
  readonly method: string;
  readonly artifact: string | null;
  readonly endOfLife: string;
  readonly excluded: string | null;
}

function rows(options: ListOptions): readonly Row[] {
  const { plan, matrix } = openWorkspace();
  const endOfLife = (id: string): string => matrix.distros.get(id)?.end_of_life ?? '';
  const built = plan.targets.map((t): Row => ({
    target: t.name,
    package: t.package,
    version: t.version,
    distro: t.distroId,
    platform: platformName(t.platform),
    method: t.method,
    artifact: t.artifact.path,
    endOfLife: endOfLife(t.distroId),
    excluded: null,
  }));
  const excluded = plan.exclusions.map((e): Row => ({
    target: e.name,
    package: e.package,
    version: e.version,
    distro: e.distroId,
    platform: platformName(e.platform),
    method: 'excluded',
    artifact: null,
    endOfLife: endOfLife(e.distroId),
    excluded: e.reason,
  }));
  let all = [...built, ...excluded];
  for (const key of ['package', 'version', 'distro', 'platform'] as const) {
    const wanted = options[key];
    if (wanted === undefined || wanted.length === 0) continue;
    const known = new Set([...built, ...excluded].map((row) => row[key]));
    const words = wanted.map((word) => (key === 'platform' ? word.replaceAll('/', '-') : word));
    for (const word of words) {
      if (!known.has(word)) throw new UserError(`packmill: unknown ${key} "${word}"\n${hint(word, known)}`);
    }
    all = all.filter((row) => words.includes(row[key]));
  }
  return options.excluded ? all : all.filter((row) => row.excluded === null);
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
  for (const row of found) process.stdout.write(`${row.target.padEnd(width)}  ${row.method.padEnd(8)}  ${row.excluded ?? row.artifact ?? ''}\n`);
  return 0;
}
