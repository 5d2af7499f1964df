import type { Cell } from '../plan/cell.js';
import { states } from '../plan/cell.js';
import { momentOf, rowOf } from '../plan/row.js';
import type { Filters } from './filters.js';
import { letThrough } from './filters.js';
import { openLedger } from './ledger.js';
import { UserError } from './user-error.js';
import { openWorkspace } from './workspace.js';

/** What of the ledger is shown. */
export interface StatusOptions extends Filters {
  readonly json: boolean;
  /** Only cells in these states. */
  readonly state: readonly string[];
  /** Also what is excluded, and what is built only by name and that nobody has touched. */
  readonly full: boolean;
}

function untouched(cell: Cell): boolean {
  return cell.state === 'excluded' || (cell.byName !== undefined && cell.state === 'missing');
}

function outageOf({ outage }: Cell): string {
  if (!outage) return '';
  return outage.failures === 1 ? '; failed once' : `; failed ${String(outage.failures)} times since ${momentOf(outage.since)}`;
}

/** Prints the ledger: every cell with its state, since when, and why; a count of each state last. */
export function status(options: StatusOptions): number {
  const strange = options.state.filter((word) => !states.some((state) => state === word));
  if (strange.length > 0) throw new UserError(`packmill: unknown state "${strange.join(' ')}"\n  one of ${states.join(', ')}\n`);
  const all = letThrough(openLedger(openWorkspace()).cells, options);
  const found = all
    .filter((cell) => options.full || options.json || options.state.includes(cell.state) || !untouched(cell))
    .filter((cell) => options.state.length === 0 || options.state.includes(cell.state));
  if (options.json) {
    process.stdout.write(`${JSON.stringify(found.map(rowOf), null, 2)}\n`);
    return 0;
  }
  const width = Math.max(0, ...found.map((cell) => cell.name.length));
  for (const cell of found) {
    const since = cell.since === undefined ? '' : momentOf(cell.since);
    process.stdout.write(`${cell.name.padEnd(width)}  ${cell.state.padEnd(9)}  ${since.padEnd(20)}  ${cell.why}${outageOf(cell)}\n`);
  }
  const counts = states.flatMap((state) => {
    const count = found.filter((cell) => cell.state === state).length;
    return count === 0 ? [] : [`${String(count)} ${state}`];
  });
  process.stdout.write(`${String(found.length)} cells: ${counts.join(', ') || 'none'}\n`);
  const hidden = all.length - found.length;
  if (hidden > 0 && options.state.length === 0) process.stdout.write(`${String(hidden)} more are excluded, or built only by name: FULL=1 shows them\n`);
  return 0;
}
