import type { PackageFile } from '../model/package.js';
import { compareVersions, inRange } from '../model/version.js';

/** Versions of the other package that a version runs on, as its recipe's table says; nothing when no row fits. */
export function partnerRange(recipe: PackageFile, version: string): string | undefined {
  return recipe.built_on?.compatible.find((row) => inRange(version, row.version))?.with;
}

/** The other package's versions in `known` that a version is built on one by one, oldest first; one `undefined` for a package that is built on none. */
export function partnersOf(recipe: PackageFile, version: string, known: Iterable<string>): readonly (string | undefined)[] {
  if (!recipe.built_on) return [undefined];
  const range = partnerRange(recipe, version);
  if (range === undefined) return [];
  return [...known].filter((candidate) => inRange(candidate, range)).sort(compareVersions);
}
