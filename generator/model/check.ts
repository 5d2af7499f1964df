import type { DistrosFile } from './distro.js';
import { managers } from './distro.js';
import { suggest } from './nearest.js';
import type { PackageFile } from './package.js';
import type { RunSettings, WorkspaceFile } from './workspace.js';

/** Takes note of a problem: file, path of keys in it, what, and what to do. */
export type Report = (file: string, path: readonly (string | number)[], message: string, hint?: string) => void;

type Selectors = PackageFile['exclude'][number]['when'];

/** Names that a rule may use; a room whose file could not be read is not there, and nothing is said about it. */
interface Known {
  readonly family?: ReadonlySet<string>;
  readonly distro?: ReadonlySet<string>;
  readonly source: ReadonlySet<string>;
}

/** A name in a rule that nothing in the matrix has: the rule would silently never match. */
function checkSelector(report: Report, file: string, path: readonly (string | number)[], when: Selectors, known: Known): void {
  for (const key of ['family', 'distro', 'source'] as const) {
    const wanted = when[key];
    for (const word of wanted === undefined ? [] : [wanted].flat()) {
      const words = known[key];
      if (words && !words.has(word)) report(file, [...path, key], `unknown ${key} "${word}"`, suggest(word, words));
    }
  }
}

/** Names that a package file uses. Takes the distros, where they could be read, and the ids of all packages. */
export function checkPackage(
  report: Report,
  id: string,
  recipe: PackageFile,
  distros: DistrosFile['distros'] | undefined,
  packageIds: ReadonlySet<string>,
): void {
  const file = `matrix/packages/${id}.yaml`;
  const sources = new Set(Object.keys(recipe.sources));
  for (const [version, release] of Object.entries(recipe.versions)) {
    if (!sources.has(release.source)) {
      report(file, ['versions', version, 'source'], `unknown source "${release.source}" in version ${version}`, suggest(release.source, sources));
    }
  }
  const known: Known = {
    ...(distros && { family: new Set(Object.values(distros).map((distro) => distro.family)), distro: new Set(Object.keys(distros)) }),
    source: sources,
  };
  for (const [index, rule] of recipe.overrides.entries()) checkSelector(report, file, ['overrides', index, 'when'], rule.when, known);
  for (const [index, rule] of recipe.exclude.entries()) checkSelector(report, file, ['exclude', index, 'when'], rule.when, known);
  for (const needed of Object.keys(recipe.needs)) {
    if (!packageIds.has(needed)) report(file, ['needs', needed], `unknown package "${needed}"`, suggest(needed, packageIds));
  }
  const partner = recipe.built_on?.package;
  if (partner !== undefined && !packageIds.has(partner)) {
    report(file, ['built_on', 'package'], `unknown package "${partner}"`, suggest(partner, packageIds));
  }
}

/** Names of distros outside their own file. */
export function checkDistros(report: Report, distros: DistrosFile['distros'], workspace: WorkspaceFile | undefined, settings: RunSettings): void {
  const file = 'matrix/distros.yaml';
  const ids = new Set(Object.keys(distros));
  if (ids.size === 0) {
    report(file, ['distros'], 'the matrix is empty: no distro');
    return;
  }
  const check = (where: string, path: readonly (string | number)[], id: string | undefined): void => {
    if (id !== undefined && !ids.has(id)) report(where, path, `unknown distro "${id}"`, suggest(id, ids));
  };
  const owners = new Map<string, string>();
  for (const [id, { aliases }] of Object.entries(distros)) {
    for (const [index, alias] of aliases.entries()) {
      const owner = owners.get(alias);
      if (owner !== undefined) report(file, ['distros', id, 'aliases', index], `alias "${alias}" in distro ${id} is already one of ${owner}`);
      owners.set(alias, id);
    }
  }
  for (const [id, { format, package_manager, siblings }] of Object.entries(distros)) {
    const fitting: readonly string[] = managers[format];
    if (!fitting.includes(package_manager)) {
      report(
        file,
        ['distros', id, 'package_manager'],
        `${package_manager} does not install ${format} packages, in distro ${id}`,
        `one of ${fitting.join(', ')}`,
      );
    }
    for (const [index, sibling] of siblings.entries()) check(file, ['distros', id, 'siblings', index], sibling);
  }
  check('matrix/workspace.yaml', ['packaging_distro'], workspace?.packaging_distro);
  for (const id of Object.keys(settings.bases)) check(`BASE_${id}`, [], id);
}

/** The packages that must be there before a package is built. */
export function neededPackages(recipe: PackageFile): readonly string[] {
  return [...Object.keys(recipe.needs), ...(recipe.built_on ? [recipe.built_on.package] : [])];
}

/** A circle of needs, as the chain of names that leads back to its start. */
export function findCycle(packages: ReadonlyMap<string, PackageFile>): readonly string[] | undefined {
  const done = new Set<string>();
  const walk = (id: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(id)) return [...trail.slice(trail.indexOf(id)), id];
    if (done.has(id)) return undefined;
    const recipe = packages.get(id);
    for (const needed of recipe ? neededPackages(recipe) : []) {
      const cycle = walk(needed, [...trail, id]);
      if (cycle) return cycle;
    }
    done.add(id);
    return undefined;
  };
  for (const id of packages.keys()) {
    const cycle = walk(id, []);
    if (cycle) return cycle;
  }
  return undefined;
}

/** Packages and servers that receivers of messages rely on. */
export function checkNotices(report: Report, { notices }: WorkspaceFile, packageIds: ReadonlySet<string>): void {
  const file = 'matrix/workspace.yaml';
  for (const [index, { mail, packages = [] }] of notices.receivers.entries()) {
    const path = ['notices', 'receivers', index];
    for (const [at, id] of packages.entries()) {
      if (!packageIds.has(id)) report(file, [...path, 'packages', at], `unknown package "${id}"`, suggest(id, packageIds));
    }
    if (mail !== undefined && !notices.mail)
      report(file, [...path, 'mail'], `no server to send mail to ${mail} with`, 'add mail: { server: …, from: … } to notices');
  }
}
