import type { Distro } from '../model/distro.js';
import type { Override, PackageFile, Selector, Settings } from '../model/package.js';
import { listNames } from '../model/package.js';
import type { Platform } from '../model/text.js';
import { inRange } from '../model/version.js';

/** One cell of the matrix, as far as rules look at it. */
export interface Cell {
  readonly version: string;
  readonly source: string;
  readonly distroId: string;
  readonly distro: Distro;
  readonly platform: Platform;
}

function anyOf<T>(wanted: T | readonly T[] | undefined, matches: (value: T) => boolean): boolean {
  if (wanted === undefined) return true;
  return (Array.isArray(wanted) ? (wanted as readonly T[]) : [wanted as T]).some(matches);
}

/** Whether every key of a rule's selector fits the cell. A library that the distro does not state never fits. */
export function selects(when: Selector, cell: Cell): boolean {
  const libraries = Object.entries(when.libraries ?? {});
  return (
    anyOf(when.family, (family) => family === cell.distro.family) &&
    anyOf(when.distro, (distro) => distro === cell.distroId) &&
    anyOf(when.platform, (platform) => platform === cell.platform) &&
    anyOf(when.source, (source) => source === cell.source) &&
    anyOf(when.version, (range) => inRange(cell.version, range)) &&
    libraries.every(([name, range]) => {
      const version = Object.hasOwn(cell.distro.libraries, name) ? cell.distro.libraries[name] : undefined;
      return version !== undefined && inRange(version, range);
    })
  );
}

/**
 * How specific a selector is. An exact version outweighs a version range, which outweighs a distro, a platform, a
 * library, a kind of source and a family, in this order; keys add up. This is the whole rule: the heavier row is
 * applied later and so wins, rows of equal weight are applied as written.
 */
export function specificity(when: Selector, version: string): number {
  const exact = [when.version].flat().includes(version);
  return (
    (when.family === undefined ? 0 : 1) +
    (when.source === undefined ? 0 : 2) +
    (when.libraries === undefined ? 0 : 4) +
    (when.platform === undefined ? 0 : 8) +
    (when.distro === undefined ? 0 : 16) +
    (when.version === undefined ? 0 : exact ? 64 : 32)
  );
}

const defaults: Settings = {
  cross: false,
  tools: [],
  libraries: [],
  configure: [],
  patches: [],
  recommended_files: [],
  depends: [],
  recommends: [],
  suggests: [],
  conflicts: [],
  replaces: [],
  provides: [],
  waivers: [],
};

type Entry = Settings[(typeof listNames)[number]][number];

function sameEntry(left: Entry, right: Entry): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function applyRow(settings: Settings, row: Override): Settings {
  const next: Record<string, unknown> = { ...settings, ...row.set };
  for (const list of listNames) {
    const removed: readonly Entry[] = row.remove?.[list] ?? [];
    const added: readonly Entry[] = row.add?.[list] ?? [];
    if (removed.length === 0 && added.length === 0) continue;
    const kept = (next[list] as readonly Entry[]).filter((entry) => !removed.some((gone) => sameEntry(gone, entry)));
    next[list] = [...kept, ...added.filter((entry) => !kept.some((known) => sameEntry(known, entry)))];
  }
  return next as Settings;
}

/** The settings of one cell: the package's own, then every override that selects the cell, most specific last. */
export function resolveSettings(recipe: PackageFile, cell: Cell): Settings {
  const rows = recipe.overrides
    .filter((row) => selects(row.when, cell))
    .map((row) => ({ row, weight: specificity(row.when, cell.version) }))
    .sort((a, b) => a.weight - b.weight);
  const own = { ...defaults, ...recipe.settings } as Settings;
  return rows.reduce((settings, { row }) => applyRow(settings, row), own);
}
