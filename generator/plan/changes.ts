import type { Contents, Published, Release } from '../model/release.js';
import { channels } from '../model/release.js';

/** How many releases are told of, and how many of the changes of each. */
const [toldReleases, toldChanges] = [20, 50];

/** `debian_bookworm` as people read it. */
export function distroName(id: string): string {
  return id.replace('_', ' ');
}

/** What differs between two contents, a line for each channel and package. */
export function describeChanges(before: Contents | undefined, after: Contents): readonly string[] {
  return channels.flatMap((channel) => {
    const files = (contents: Contents | undefined): ReadonlyMap<string, Published> =>
      new Map((contents?.[channel] ?? []).map((one) => [`${one.distro} ${one.file}`, one]));
    const [old, fresh] = [files(before), files(after)];
    const line = (one: Published, what: string): string => `${channel}: ${one.name} ${one.revision} for ${distroName(one.distro)} ${one.architecture} ${what}`;
    return [
      ...[...fresh].filter(([key]) => !old.has(key)).map(([, one]) => line(one, 'is new')),
      ...[...old].filter(([key]) => !fresh.has(key)).map(([, one]) => line(one, 'was taken back')),
    ];
  });
}

/** The history of a release, the newest first: what it changes itself, and what the one before it tells. */
export function historyOf(id: string, action: string, contents: Contents, parent: Release | undefined): Release['history'] {
  const changes = describeChanges(parent?.channels, contents);
  const more = changes.length - toldChanges;
  const told = more > 0 ? [...changes.slice(0, toldChanges), `and ${String(more)} more`] : [...changes];
  return [{ id, action, changes: told }, ...(parent?.history ?? [])].slice(0, toldReleases);
}
