import type { Release } from '../model/release.js';

/** How far back people may want to go. */
export interface Window {
  /** Releases behind the served one. */
  readonly releases: number;
  readonly days: number;
}

/** What may go: releases that nobody can go back to any more, and stored package files that no other release has. */
export interface Purge {
  readonly releases: readonly string[];
  /** Checksums of what was tested, under which the store keeps files. */
  readonly files: readonly string[];
}

/** When a release was made, from its name, in milliseconds. */
export function madeAt(id: string): number {
  return Date.parse(id.replace(/^\d+-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

/**
 * What can be removed without leaving a reference to it: every release is whole in itself, so only the served one, those inside the window,
 * and those that clients may still be reading are kept, with the files of all of them.
 *
 * `releases` has every release that is there, the oldest first; `stored` the checksums of the store; `now` milliseconds since 1970.
 */
export function planPurge(releases: readonly Release[], served: string, stored: readonly string[], window: Window, now: number): Purge {
  const isYoung = (one: Release): boolean => now - madeAt(one.id) < window.days * 86_400_000;
  const first = Math.max(0, releases.findIndex((one) => one.id === served) - window.releases);
  const kept = releases.filter((one, index) => index >= first || isYoung(one) || one.id === served);
  const needed = new Set(kept.flatMap((one) => Object.values(one.channels).flatMap((packages) => packages.map((file) => file.tested))));
  return { releases: releases.filter((one) => !kept.includes(one)).map((one) => one.id), files: stored.filter((sum) => !needed.has(sum)) };
}
