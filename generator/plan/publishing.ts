import type { Channel, Contents, Published } from '../model/release.js';

/** Why a state of the repository cannot be made, in words for the person who asked. */
export class Refused extends Error {}

export const nothing: Contents = { stable: [], testing: [], substituted: [] };

function put(into: readonly Published[], added: readonly Published[]): Published[] {
  const all = new Map([...into, ...added].map((one) => [`${one.distro} ${one.file}`, one]));
  return [...all.values()].sort((a, b) => (a.target < b.target ? -1 : a.target > b.target ? 1 : a.file < b.file ? -1 : 1));
}

/** The channel by which a package enters: derived, never typed. */
export function entrance(one: Published, substituted: boolean): Channel {
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
  if (from === 'substituted' || to === 'substituted') throw new Refused("promote: packages that were built on another base than the distro's own stay in substituted");
  const known = new Set(contents[from].map((one) => one.series));
  const strange = series.filter((name) => !known.has(name));
  if (strange.length > 0) throw new Refused(`promote: ${from} has no ${strange.join(', ')}; it has ${[...known].join(', ') || 'nothing'}`);
  const chosen = contents[from].filter((one) => (series.length === 0 || series.includes(one.series)) && (to === 'testing' || one.final));
  if (chosen.length === 0) throw new Refused(`promote: ${from} has nothing that may become ${to}`);
  return { ...contents, [to]: put(contents[to], chosen) };
}

/** Gives a channel what it had in an earlier release. */
export function rollBack(contents: Contents, channel: Channel, earlier: Contents): Contents {
  return { ...contents, [channel]: earlier[channel] };
}

/** What was published under the same name with other bytes: clients and caches may have the old ones for ever. */
export function conflicts(known: ReadonlyMap<string, string>, added: readonly Published[]): readonly Published[] {
  return added.filter((one) => {
    const tested = known.get(`${one.distro} ${one.file}`);
    return tested !== undefined && tested !== one.tested;
  });
}
