import type { Target } from './target.js';

/** What has become of a target since a make began: `current` needed nothing done; `blocked` needs one that failed. */
export type Outcome = 'current' | 'built' | 'failed' | 'interrupted' | 'blocked';

/** Something that runs now: an attempt, or what comes before attempts. */
export interface Running {
  /** A target; of what comes before attempts the file or base that is made. */
  readonly name: string;
  /** The step of the build, or what else is done. */
  readonly step: string;
  readonly seconds: number;
  /** How long it takes as a whole, as far as anybody knows. */
  readonly estimate: number | undefined;
  /** Empty for docker's own. */
  readonly builder: string;
}

/** How far builds are. */
export interface Progress {
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Targets that have not begun. */
  readonly left: number;
  readonly running: readonly Running[];
  /** Seconds since it began. */
  readonly elapsed: number;
  readonly remaining: Remaining;
  readonly isOver: boolean;
}

/** How long it will take: at least so many seconds, and of so many targets nobody knows. */
export interface Remaining {
  readonly seconds: number;
  readonly unknown: number;
}

/** The part of a target that counts here. */
export type Node = Pick<Target, 'name'> & { readonly needs: readonly Pick<Target, 'name'>[] };

/** Outcomes, and with them the targets that cannot be built any more because something that they need could not. */
export function spreadFailures(targets: readonly Node[], outcomes: ReadonlyMap<string, Outcome>): ReadonlyMap<string, Outcome> {
  const spread = new Map(outcomes);
  const stops = (name: string): boolean => ['failed', 'interrupted', 'blocked'].includes(spread.get(name) ?? '');
  let before: number;
  do {
    before = spread.size;
    for (const { name, needs } of targets) {
      if (!spread.has(name) && needs.some((need) => stops(need.name))) spread.set(name, 'blocked');
    }
  } while (spread.size !== before);
  return spread;
}

/** How often each outcome is there. */
export function countOutcomes(outcomes: Iterable<Outcome>): Progress['counts'] {
  const counts = { current: 0, built: 0, failed: 0, interrupted: 0, blocked: 0 };
  for (const outcome of outcomes) counts[outcome] += 1;
  return counts;
}

/**
 * Estimates how long is left when `jobs` are built at once, each behind what it needs. A build that has taken longer than it should
 * is one of which nobody knows.
 */
export function estimateRemaining(
  waiting: readonly Node[],
  running: readonly Running[],
  jobs: number,
  estimate: (name: string) => number | undefined,
): Remaining {
  let unknown = 0;
  const ends = new Map<string, number>();
  const free: number[] = [];
  for (const { name, seconds, estimate: whole } of running) {
    const end = Math.max(0, (whole ?? 0) - seconds);
    if (whole === undefined || whole < seconds) unknown += 1;
    ends.set(name, end);
    free.push(end);
  }
  while (free.length < Math.min(jobs, running.length + waiting.length)) free.push(0);
  const nodes = new Map(waiting.map((node) => [node.name, node]));
  const place = (node: Node): number => {
    const known = ends.get(node.name);
    if (known !== undefined) return known;
    const ready = Math.max(0, ...node.needs.map((need) => endOf(need.name)));
    const takes = estimate(node.name);
    if (takes === undefined) unknown += 1;
    let lane = 0;
    for (let index = 1; index < free.length; index++) if ((free[index] ?? 0) < (free[lane] ?? 0)) lane = index;
    const end = Math.max(free[lane] ?? 0, ready) + (takes ?? 0);
    free[lane] = end;
    ends.set(node.name, end);
    return end;
  };
  const endOf = (name: string): number => {
    const node = nodes.get(name);
    return node ? place(node) : (ends.get(name) ?? 0);
  };
  for (const node of waiting) place(node);
  return { seconds: Math.max(0, ...ends.values()), unknown };
}
