import type { Held, Run } from '../model/run.js';
import { compareVersions } from '../model/version.js';
import { findUnpinned } from './base.js';
import type { Cell } from './cell.js';
import { isDone } from './cell.js';
import type { Target } from './target.js';

/** What is to be built now, in this order, and what is left out although it is not there. */
export interface Due {
  readonly due: readonly Cell[];
  readonly held: readonly Held[];
  /** Cells without a base, until a person does something about it. */
  readonly unpinned: readonly Cell[];
  /** Cells that wait for one that is left out, with its name. */
  readonly waiting: readonly { readonly target: string; readonly by: string }[];
}

/** The longest that a target is left out for. */
const mostNights = 32;

/** For how many nights a target is left out that has failed so often in a row: 1, 2, 4, … */
export function nightsOff(failures: number): number {
  return Math.min(2 ** (failures - 1), mostNights);
}

/** How a cell is kept from being built again, or undefined when its time has come. Nights are runs, whatever the clock says of them. */
function holdBack({ name, failures, last }: Cell, spent: ReadonlyMap<string, number>): Held | undefined {
  if (failures === 0 || last?.status?.fault !== 'package') return undefined;
  const nights = nightsOff(failures);
  const night = (spent.get(last.stamp) ?? 0) + 1;
  return night <= nights ? { target: name, attempt: last.stamp, failures, night, nights } : undefined;
}

/** What did not fit into the last run comes first, then what is new, and last what has failed before. */
function rank(cell: Cell, left: ReadonlySet<string>): number {
  if (cell.failures > 0) return 2;
  return left.has(cell.name) ? 0 : 1;
}

function inOrder(left: ReadonlySet<string>): (a: Cell, b: Cell) => number {
  const versionOf = (cell: Cell): string => cell.version.split('_')[0] ?? '';
  return (a, b) =>
    rank(a, left) - rank(b, left) ||
    a.failures - b.failures ||
    (a.package === b.package ? compareVersions(versionOf(b), versionOf(a)) : a.package < b.package ? -1 : 1) ||
    (a.name < b.name ? -1 : 1);
}

/**
 * Chooses from cells those that are to be built: everything that is not there, but what has failed with the same inputs not in every night.
 * `runs` has the nightly runs before, the oldest first.
 */
export function findDue(cells: readonly Cell[], runs: readonly Run[]): Due {
  const spent = new Map<string, number>();
  for (const held of runs.flatMap((run) => run.build?.held ?? [])) spent.set(held.attempt, (spent.get(held.attempt) ?? 0) + 1);
  const left = new Set(runs.findLast((run) => run.build !== undefined)?.build?.left);
  const open = cells.filter((cell) => cell.target?.name === cell.name && !isDone(cell) && cell.state !== 'building');
  const [unpinned, undone]: [Cell[], Cell[]] = [[], []];
  for (const cell of open) (cell.target && findUnpinned(cell.target) ? unpinned : undone).push(cell);
  const held = new Map(undone.flatMap((cell) => holdBack(cell, spent) ?? []).map((one) => [one.target, one]));
  // Whatever waits for one that is left out is left out too.
  const waitsFor = ({ needs }: Pick<Target, 'needs'>): string | undefined => needs.find((need) => held.has(need.name) || waitsFor(need) !== undefined)?.name;
  const waiting = undone.flatMap((cell) => {
    const by = cell.target === undefined || held.has(cell.name) ? undefined : waitsFor(cell.target);
    return by === undefined ? [] : [{ target: cell.name, by }];
  });
  const out = new Set([...held.keys(), ...waiting.map((one) => one.target)]);
  return { due: undone.filter((cell) => !out.has(cell.name)).sort(inOrder(left)), held: [...held.values()], waiting, unpinned };
}
