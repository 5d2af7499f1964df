import type { Status } from '../model/attempt.js';
import type { Held, Run } from '../model/run.js';
import type { Cell, Place } from './cell.js';
import type { Change } from './news.js';
import type { History } from './outages.js';

/** What one nightly run has done for one maintainer. Every list is in the order of the matrix. */
export interface Digest {
  readonly run: Run;
  readonly built: readonly Cell[];
  readonly failed: readonly { readonly cell: Cell; readonly status: Status }[];
  readonly changes: readonly Change[];
  readonly published: readonly { readonly cell: Cell; readonly place: Place }[];
  /** Targets for which there was no time or money. */
  readonly left: readonly Cell[];
  readonly held: readonly Held[];
}

/** How the last attempt of a run ended. */
function endIn(run: Run, { attempts }: History): Status | undefined {
  return attempts.find(({ status }) => status?.run === run.id && status.result !== 'interrupted')?.status;
}

/** Sums a run up. `histories` and `changes` are those of the maintainer, in the order of the matrix. */
export function sumUp(run: Run, histories: readonly History[], changes: readonly Change[]): Digest {
  const ends = histories.map((history) => ({ cell: history.cell, status: endIn(run, history) }));
  const left = new Set(run.build?.left);
  const names = new Set(histories.map(({ cell }) => cell.name));
  return {
    run,
    built: ends.filter(({ status }) => status?.result === 'built').map(({ cell }) => cell),
    failed: ends.flatMap(({ cell, status }) => (status?.result === 'failed' ? [{ cell, status }] : [])),
    changes,
    published: histories.flatMap(({ cell }) =>
      cell.places.filter(({ since }) => since !== undefined && since >= run.started).map((place) => ({ cell, place })),
    ),
    left: histories.map(({ cell }) => cell).filter(({ name }) => left.has(name)),
    held: (run.build?.held ?? []).filter(({ target }) => names.has(target)),
  };
}

/** Whether a digest says more than the messages that its reader has had anyway. What has failed again is no news. */
export function isWorthReading({ built, published, left, changes }: Digest, isTold: (change: Change) => boolean): boolean {
  return built.length > 0 || published.length > 0 || left.length > 0 || changes.some((change) => !isTold(change));
}
