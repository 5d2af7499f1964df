import type { Attempt } from '../model/attempt.js';
import { groupBy } from './group-by.js';

/** What the attempts of one package came to in one week. */
export interface Week {
  /** Its Monday, such as 2026-11-23. */
  readonly monday: string;
  /** Seconds that half of the successful attempts took at most; undefined when there were none. */
  readonly median: number | undefined;
  readonly built: number;
  /** Attempts that the package failed; infrastructure faults say nothing of it. */
  readonly failed: number;
}

const day = 86_400;

/** How many weeks are told of. */
const told = 26;

function mondayOf(seconds: number): number {
  const days = Math.floor(seconds / day);
  // The first day of 1970 was a Thursday.
  return (days - ((days + 3) % 7)) * day;
}

/** The number in the middle of a list; the upper of two. */
export function median(numbers: readonly number[]): number | undefined {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** The weeks of a package from its first attempt to its last, at most half a year of them; a week without attempts is one with zeros. */
export function weeksOf(attempts: readonly Attempt[]): readonly Week[] {
  const decided = attempts.flatMap(({ status }) => (status && (status.result === 'built' || status.fault === 'package') ? [status] : []));
  if (decided.length === 0) return [];
  const groups = groupBy(decided, (status) => String(mondayOf(status.started)));
  const mondays = [...groups.keys()].map(Number).sort((a, b) => a - b);
  const [first, last] = [mondays[0] ?? 0, mondays.at(-1) ?? 0];
  const start = Math.max(first, last - (told - 1) * 7 * day);
  const weeks: Week[] = [];
  for (let monday = start; monday <= last; monday += 7 * day) {
    const of = groups.get(String(monday)) ?? [];
    const built = of.filter((status) => status.result === 'built');
    weeks.push({
      monday: new Date(monday * 1000).toISOString().slice(0, 10),
      median: median(built.map((status) => status.seconds)),
      built: built.length,
      failed: of.length - built.length,
    });
  }
  return weeks;
}
