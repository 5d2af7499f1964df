import type { Channel, Contents, Published } from '../model/release.js';
import { madeAt } from './retention.js';

/** Why a state of the repository cannot be made, in words for the person who asked. */
export class Refused extends Error {}

export const nothing: Contents = { stable: [], testing: [], substituted: [] };

/** Packages of a channel with more of them, in the order in which releases have them. */
export function put(into: readonly Published[], added: readonly Published[]): Published[] {
  const all = new Map([...into, ...added].map((one) => [`${one.distro} ${one.file}`, one]));
  return [...all.values()].sort((a, b) => (a.target < b.target ? -1 : a.target > b.target ? 1 : a.file < b.file ? -1 : 1));
}

/** The channel by which a package enters: derived, never typed. */
export function entrance(one: Pick<Published, 'final'>, substituted: boolean): Channel {
  return substituted && !one.final ? 'substituted' : 'testing';
}

/** Adds tested packages to the channels by which they enter. */
export function publish(contents: Contents, added: ReadonlyMap<Channel, readonly Published[]>): Contents {
  const result = { ...contents };
  for (const [channel, packages] of added) result[channel] = put(contents[channel], packages);
  return result;
}

/** Gives another channel what one has; of a series alone, if one is named. What may not become stable stays behind. */
export function promote(contents: Contents, from: Channel, to: Channel, series: readonly string[]): Contents {
  if (from === to) throw new Refused(`promote: FROM and TO are both ${from}`);
  if (from === 'substituted' || to === 'substituted')
    throw new Refused("promote: packages that were built on another base than the distro's own stay in substituted");
  const known = new Set(contents[from].map((one) => one.series));
  const strange = series.filter((name) => !known.has(name));
  if (strange.length > 0) throw new Refused(`promote: ${from} has no ${strange.join(', ')}; it has ${[...known].join(', ') || 'nothing'}`);
  const chosen = contents[from].filter((one) => (series.length === 0 || series.includes(one.series)) && (to === 'testing' || one.final));
  if (chosen.length === 0) throw new Refused(`promote: ${from} has nothing that may become ${to}`);
  const result = put(contents[to], chosen);
  const there = new Set(result.map((one) => `${one.distro} ${one.series}`));
  const lacking = chosen.flatMap((one) =>
    one.needs.filter((need) => !there.has(`${one.distro} ${need}`)).map((need) => `${one.series} of ${one.distro} depends on ${need}`),
  );
  if (lacking.length > 0) throw new Refused(`promote: ${[...new Set(lacking)].join(', ')}, which ${to} does not have; name it too: SERIES="…"`);
  return { ...contents, [to]: result };
}

/** Gives a channel what it had in an earlier release. */
export function rollBack(contents: Contents, channel: Channel, earlier: Contents): Contents {
  return { ...contents, [channel]: earlier[channel] };
}

/** How long what was served stays there for clients that have read it. */
export interface Patience {
  /** Releases behind the served one. */
  readonly generations: number;
  readonly hours: number;
}

/** Earlier releases whose files clients may still ask for when `id` is served: a release is of interest for some hours after the next one replaced it. */
export function retainedReleases(id: string, earlier: readonly string[], { generations, hours }: Patience): readonly string[] {
  const replaced = [...earlier.slice(1), id];
  return earlier.filter((_, index) => index >= earlier.length - generations || madeAt(id) - madeAt(replaced[index] ?? id) < hours * 3_600_000);
}
