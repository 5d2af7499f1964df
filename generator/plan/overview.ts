import type { Cell, State } from './cell.js';
import { states } from './cell.js';
import { groupBy } from './group-by.js';
import { compareLabels } from './repositories.js';

/** How many cells are in a state. */
export interface Count {
  readonly state: State;
  readonly count: number;
}

/** All versions of a package on one distro and platform. */
export interface Field {
  /** The newest version that is not excluded; any when all are. */
  readonly newest: Cell;
  readonly counts: readonly Count[];
}

/** One package over its distros and platforms. What is excluded in all versions has no row or column. */
export interface Grid {
  readonly package: string;
  readonly distros: readonly string[];
  readonly platforms: readonly string[];
  readonly fields: ReadonlyMap<string, Field>;
  /** Distros and platforms that are left out because everything on them is excluded. */
  readonly without: readonly string[];
}

/** Key of a field in its grid. */
export function fieldKey({ distro, platform }: Pick<Cell, 'distro' | 'platform'>): string {
  return `${distro} ${platform}`;
}

/** Counts of the states that occur, in the order of states. */
export function countStates(cells: readonly Cell[]): readonly Count[] {
  const found = groupBy(cells, (cell) => cell.state);
  return states.flatMap((state) => {
    const count = found.get(state)?.length ?? 0;
    return count === 0 ? [] : [{ state, count }];
  });
}

/** Negative when the left version is to stand first: the newest does. Names of retired cells may have versions that nothing can compare. */
export function newestFirst(left: string, right: string): number {
  const isVersion = (label: string): boolean => /^\d{1,11}(\.\d{1,11})*([-~]\w+(\.\w+)*)?(_[\d.]+([-~]\w+(\.\w+)*)?)?$/.test(label);
  if (isVersion(left) && isVersion(right)) return compareLabels(right, left);
  return left < right ? 1 : left > right ? -1 : 0;
}

function fieldOf(cells: readonly Cell[]): Field | undefined {
  const sorted = [...cells].sort((a, b) => newestFirst(a.version, b.version));
  const newest = sorted.find((cell) => cell.state !== 'excluded') ?? sorted[0];
  return newest && { newest, counts: countStates(cells) };
}

/** The overview of one package: every cell of it that the matrix has. */
function gridOf(id: string, cells: readonly Cell[]): Grid {
  const there = cells.filter((cell) => cell.state !== 'excluded');
  const names = (of: readonly Cell[], axis: 'distro' | 'platform'): string[] => [...new Set(of.map((cell) => cell[axis]))].sort();
  const [distros, platforms] = [names(there, 'distro'), names(there, 'platform')];
  const fields = [...groupBy(cells, fieldKey)].flatMap(([key, of]): [string, Field][] => {
    const field = fieldOf(of);
    return field ? [[key, field]] : [];
  });
  const without = [...names(cells, 'distro').filter((one) => !distros.includes(one)), ...names(cells, 'platform').filter((one) => !platforms.includes(one))];
  return { package: id, distros, platforms, fields: new Map(fields), without };
}

/** The overview of every package that the matrix has, in name order. */
export function overview(cells: readonly Cell[]): readonly Grid[] {
  const own = cells.filter((cell) => cell.state !== 'retired');
  return [...groupBy(own, (cell) => cell.package)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, of]) => gridOf(id, of));
}
