import type { Attempt } from '../model/attempt.js';
import type { Channel } from '../model/release.js';
import type { Target } from './target.js';

/**
 * What can be said of a cell, from the least to the most:
 * excluded by a rule; missing: nobody has tried; waiting: for something that `why` tells; building now; failed with what it is made of now;
 * built, but of something else than now; tested; signed, but in no channel; published; and retired: no longer in the matrix.
 */
export const states = ['excluded', 'missing', 'waiting', 'building', 'failed', 'built', 'tested', 'signed', 'published', 'retired'] as const;
export type State = (typeof states)[number];

/** Where a package is published. */
export interface Place {
  readonly channel: Channel;
  /** Path of the file below the web root. */
  readonly path: string;
  /** SHA-256 of the package as it was tested. */
  readonly tested: string;
  /** When the release was made in which it came there, seconds since 1970. */
  readonly since: number | undefined;
}

/** A time in which a target cannot be built because of itself. It begins with the first failure and ends with a package. */
export interface Outage {
  /** The attempt that failed first. */
  readonly attempt: string;
  /** Seconds since 1970. */
  readonly since: number;
  /** Package faults in it. */
  readonly failures: number;
}

/** One cell of the matrix: what stands in a row of the ledger. */
export interface Cell {
  readonly name: string;
  readonly package: string;
  /** With the version that it is built on. */
  readonly version: string;
  readonly distro: string;
  /** As names spell it. */
  readonly platform: string;
  readonly state: State;
  /** In words: the reason of an exclusion or failure, what it waits for, where it is. */
  readonly why: string;
  /** Since when it is so, seconds since 1970; undefined where nothing tells. */
  readonly since: number | undefined;
  /** The target that makes its package: another name where one package fits all platforms; undefined where nothing does. */
  readonly target: Target | undefined;
  /** Why it is in no group. */
  readonly byName: string | undefined;
  readonly outage: Outage | undefined;
  /** Package faults in a row with what it is made of now. */
  readonly failures: number;
  /** The last attempt that came to an end. */
  readonly last: Attempt | undefined;
  readonly places: readonly Place[];
  readonly upgrade: 'passed' | 'failed' | undefined;
}

/** Whether a cell has a package of what it is made of now. */
export function isDone({ state }: Pick<Cell, 'state'>): boolean {
  return state === 'tested' || state === 'signed' || state === 'published';
}
