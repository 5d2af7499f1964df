import type { Attempt } from '../../model/attempt.js';
import type { StepTime } from '../../model/build-log.js';
import type { Excerpt } from '../../model/excerpt.js';
import type { Run } from '../../model/run.js';
import type { Cell } from '../../plan/cell.js';
import type { Tried } from '../../plan/timeline.js';

/** What lies on disk of one target, beside its attempts: read only when its page is made. */
export interface Evidence {
  /** Its Dockerfile as it is now; undefined where there is none. */
  readonly dockerfile: string | undefined;
  /** The one that its package was built with, and where it lies. */
  readonly kept: { readonly path: string; readonly text: string } | undefined;
  /** Path of the log of each attempt that still has one, by stamp. */
  readonly logs: ReadonlyMap<string, string>;
  /** Steps of the last attempts, by stamp. */
  readonly steps: ReadonlyMap<string, readonly StepTime[]>;
  /** Of the log of the last failure. */
  readonly failure: { readonly path: string; readonly attempt: string; readonly excerpt: Excerpt } | undefined;
}

/** A nightly run with what is on disk of it. */
export interface RunRecord {
  readonly run: Run;
  /** Names of the logs in its folder. */
  readonly logs: readonly string[];
  readonly tried: readonly Tried[];
}

/** Everything that the report tells. */
export interface Report {
  /** Name of whoever builds. */
  readonly publisher: string;
  /** Seconds since 1970; only the overview says it. */
  readonly now: number;
  readonly cells: readonly Cell[];
  /** Every attempt of every target that was ever tried, the last first. */
  readonly attempts: ReadonlyMap<string, readonly Attempt[]>;
  /** Path of the package of each target that has one. */
  readonly packages: ReadonlyMap<string, string>;
  /** The newest first. */
  readonly runs: readonly RunRecord[];
  readonly evidence: (target: string) => Evidence;
}

/** Name of the target whose page tells of a cell: another one where one package fits all platforms. */
export function targetOf({ name, target }: Cell): string {
  return target?.name ?? name;
}

/** The cells of all targets that have a page, by name: of those that were tried, or have a package. */
export function pagesOf({ cells, attempts, packages }: Report): ReadonlyMap<string, Cell> {
  const own = cells.filter((cell) => targetOf(cell) === cell.name && (attempts.has(cell.name) || packages.has(cell.name)));
  return new Map(own.map((cell) => [cell.name, cell]));
}

/** Names of all targets that have a page. */
export type Pages = Pick<ReadonlySet<string>, 'has'>;
