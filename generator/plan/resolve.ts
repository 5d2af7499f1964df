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
    anyOf(when.format, (format) => format === cell.distro.format) &&
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
 * library, a kind of source, a family and a format, in this order; keys add up. This is the whole rule: the heavier row
 * is applied later and so wins, rows of equal weight are applied as written.
 */
export function specificity(when: Selector, version: string): number {
  const weights: [unknown, number][] = [
    [when.format, 1],
    [when.family, 2],
    [when.source, 4],
    [when.libraries, 8],
    [when.platform, 16],
    [when.distro, 32],
    [when.version, [when.version].flat().includes(version) ? 128 : 64],
  ];
  return weights.reduce((sum, [given, weight]) => sum + (given === undefined ? 0 : weight), 0);
}

const defaults: Settings = {
  epoch: 0,
  cross: false,
  prebuilt: false,
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
