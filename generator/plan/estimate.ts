import type { Cell } from './cell.js';

/** How long a target took when it was built last, in seconds; undefined for one that never was. */
export type Durations = ReadonlyMap<string, number>;

function median(numbers: readonly number[]): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/**
 * Estimates how long targets will take, in seconds: as long as the last time, else as long as the others of its package and platform
 * usually do. Undefined where there is nothing to go by.
 */
export function estimate(cells: readonly Pick<Cell, 'name' | 'package' | 'platform'>[], durations: Durations): (name: string) => number | undefined {
  const kinds = new Map<string, number[]>();
  const kindOf = new Map<string, string>();
  for (const cell of cells) {
    const kind = `${cell.package} ${cell.platform}`;
    kindOf.set(cell.name, kind);
    const known = durations.get(cell.name);
    if (known !== undefined) kinds.set(kind, [...(kinds.get(kind) ?? []), known]);
  }
  const usual = new Map([...kinds].map(([kind, numbers]) => [kind, median(numbers)]));
  return (name) => durations.get(name) ?? usual.get(kindOf.get(name) ?? '');
}

/** What a run may take. */
export interface Budget {
  /** Seconds for all builds together; undefined for as long as it takes. */
  readonly seconds: number | undefined;
  /** In the currency of the builders' prices. */
  readonly cost: number | undefined;
}

/** One target as its builds cost. */
export interface Priced {
  readonly name: string;
  /** Estimated seconds; undefined when nobody knows. */
  readonly seconds: number | undefined;
  /** Price of an hour of its builder. */
  readonly price: number;
}

/**
 * Takes targets in their order as long as they fit into the budget, of which nobody knows how long they take too: they are stopped at when time is up.
 * `jobs` are built at once. The first always fits, or one that is larger than a whole budget would never be built.
 */
export function fit(
  targets: readonly Priced[],
  jobs: number,
  { seconds, cost }: Budget,
): { readonly due: readonly string[]; readonly left: readonly string[] } {
  const lanes = Array.from({ length: Math.max(1, jobs) }, () => 0);
  const due: string[] = [];
  const left: string[] = [];
  let spent = 0;
  for (const { name, seconds: takes = 0, price } of targets) {
    const lane = lanes.indexOf(Math.min(...lanes));
    const end = (lanes[lane] ?? 0) + takes;
    const costs = (takes / 3600) * price;
    const fits = (seconds === undefined || end <= seconds) && (cost === undefined || spent + costs <= cost);
    if (!fits && due.length > 0) {
      left.push(name);
      continue;
    }
    due.push(name);
    lanes[lane] = end;
    spent += costs;
  }
  return { due, left };
}
