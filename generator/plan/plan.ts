import { neededPackages } from '../model/check.js';
import type { Distro } from '../model/distro.js';
import type { Matrix } from '../model/matrix.js';
import type { PackageFile } from '../model/package.js';
import type { Platform } from '../model/text.js';
import { compareVersions, inRange } from '../model/version.js';
import { latestAliases, sharedAliases } from './aliases.js';
import type { Base } from './base.js';
import { chooseBase, isSubstituted } from './base.js';
import { findBuilder } from './builders.js';
import { partnersOf } from './compatible.js';
import { buildPlatformOf, methodOf } from './method.js';
import { contentKey, layoutIndex, packageFile, packageFolder, packageIteration, packagingFolder, targetName, versionLabel } from './names.js';
import type { Cell } from './resolve.js';
import { resolveSettings, selects } from './resolve.js';
import { sourceFile } from './source.js';
import type { BuiltOn, Exclusion, PackagingImage, Plan, SourceFile, Target } from './target.js';

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

/** Remembers what `make` gives for a key, so that shared things exist once. */
class Shared<T> {
  private readonly known = new Map<string, T>();

  get(key: string, make: () => T): T {
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const made = make();
    this.known.set(key, made);
    return made;
  }

  inKeyOrder(): readonly T[] {
    return [...this.known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  }
}

/** The packages that a package needs come first, so that their targets exist when it is planned. */
function inNeedOrder(packages: ReadonlyMap<string, PackageFile>): readonly string[] {
  const order: string[] = [];
  const visit = (id: string): void => {
    const recipe = packages.get(id);
    if (order.includes(id) || !recipe) return;
    for (const needed of neededPackages(recipe)) visit(needed);
    order.push(id);
  };
  for (const id of packages.keys()) visit(id);
  return order;
}

/** Why a cell is built only when somebody asks for it by name. */
function whyByName(recipe: PackageFile, { version, distro, distroId }: Cell, needs: readonly Target[]): string | undefined {
  const release = recipe.versions[version];
  if (distro.archived) return `${distroId} is past its end of life${distro.end_of_life === undefined ? '' : `, ${distro.end_of_life}`}`;
  if (release?.archived) return `${version} is superseded`;
  if (release && release.sha256 === undefined) return `the source of ${version} is not pinned yet`;
  const need = needs.find((candidate) => candidate.byName !== undefined);
  return need && `it needs ${need.name}: ${need.byName ?? ''}`;
}

/** Joins the axes of a matrix; holds what the cells share while it goes. */
class Planner {
  private readonly bases = new Shared<Base>();
  private readonly sources = new Shared<SourceFile>();
  private readonly packagings = new Shared<PackagingImage>();
  private readonly candidates = new Shared<readonly string[]>();
  private readonly targets = new Map<string, Target>();
  private readonly exclusions: Exclusion[] = [];

  constructor(private readonly matrix: Matrix) {
    // There even when no target is: make knows one recipe for it.
    this.packaging(matrix.workspace.build_platform);
  }

  private base(distroId: string, platform: Platform, target = platform): Base {
    const base = chooseBase(this.matrix, distroId, platform, target);
    return this.bases.get(`${distroId} ${platform} ${base.identity}`, () => base);
  }

  /** The image that packages are put together in, on the platform that their compilers run on. */
  private packaging(platform: Platform): PackagingImage {
    return this.packagings.get(platform, () => {
      const base = this.base(this.matrix.workspace.packaging_distro, platform);
      const files = [...this.matrix.digests].filter(([path]) => path.startsWith('templates/packaging/') || path === 'templates/steps/deb/apt-install');
      const folder = packagingFolder(platform, contentKey(JSON.stringify([base.identity, files])));
      return { folder, file: layoutIndex(folder), base, identity: folder };
    });
  }

  private source(packageId: string, recipe: PackageFile, version: string): SourceFile {
    return this.sources.get(`${packageId} ${version}`, () => {
      const release = recipe.versions[version];
      if (!release) throw new Error(`Internal error: no source for ${packageId} ${version}`);
      return sourceFile(packageId, recipe, version, release);
    });
  }

  /** The newest version of a needed package that this distro and platform have. */
  private findNeeded(packageId: string, range: string, cell: Cell): Target | undefined {
    const versions = this.candidates.get(`${packageId} ${range}`, () =>
      Object.keys(this.matrix.packages.get(packageId)?.versions ?? {})
        .filter((candidate) => inRange(candidate, range))
        .sort((a, b) => compareVersions(b, a)),
    );
    for (const version of versions) {
      const target = this.targets.get(targetName(packageId, version, cell.distroId, cell.platform));
      if (target) return target;
    }
    return undefined;
  }

  private addCell(packageId: string, recipe: PackageFile, cell: Cell, partner: string | undefined): void {
    const { version, distroId, distro, platform } = cell;
    const label = versionLabel(version, partner);
    const name = targetName(packageId, label, distroId, platform);
    const exclude = (reason: string): void => {
      this.exclusions.push({ name, package: packageId, version, label, distroId, platform, reason });
    };
    const rule = recipe.exclude.find((candidate) => selects(candidate.when, cell));
    if (rule) {
      exclude(rule.reason);
      return;
    }
    const needs: Target[] = [];
    const needed = Object.entries(recipe.needs);
    if (recipe.built_on && partner !== undefined) needed.unshift([recipe.built_on.package, partner]);
    for (const [need, range] of needed) {
      const found = this.findNeeded(need, range, cell);
      if (!found) {
        exclude(`needs ${need} ${range}, which is not built for ${distroId} on ${platform}`);
        return;
      }
      needs.push(found);
    }
    const builder = findBuilder(this.matrix, platform);
    const buildPlatform = buildPlatformOf(this.matrix, platform);
    const base = this.base(distroId, platform);
    const settings = resolveSettings(recipe, cell);
    const method = methodOf(this.matrix, distro, platform, settings.cross);
    const iteration = this.matrix.settings.iteration ?? recipe.versions[version]?.iteration ?? recipe.iteration;
    const [first] = needs;
    const on: BuiltOn | undefined =
      first && partner !== undefined ? { package: first.package, version: partner, name: first.recipe.name, epoch: first.settings.epoch } : undefined;
    const native = targetName(packageId, label, distroId, buildPlatform);
    const prebuilt = settings.prebuilt && method !== 'native' ? this.targets.get(native) : undefined;
    const file = packageFile(distro.format, {
      name: recipe.name,
      version,
      iteration: packageIteration(iteration, on),
      suffix: distro.suffix,
      platform: recipe.architecture === 'all' ? undefined : platform,
    });
    this.targets.set(name, {
      name,
      package: packageId,
      version,
      on,
      distroId,
      distro,
      siblings: distro.siblings.map((id) => ({ id, libraries: this.matrix.distros.get(id)?.libraries ?? {} })),
      platform,
      buildPlatform,
      builder,
      method,
      recipe,
      settings,
      source: this.source(packageId, recipe, version),
      base,
      nativeBase: method === 'cross' ? this.base(distroId, buildPlatform, platform) : undefined,
      prebuilt,
      packaging: this.packaging(buildPlatform),
      iteration,
      artifact: { file, path: `${packageFolder(name, isSubstituted(base))}/${file}` },
      needs,
      byName: whyByName(recipe, cell, needs),
    });
  }

  /** The platforms that a package is built on for a distro; the build platform first, as the others may take things from its build. */
  private platformsOf(recipe: PackageFile, distro: Distro): readonly Platform[] {
    const { build_platform } = this.matrix.workspace;
    const others = distro.platforms.filter((platform) => platform !== build_platform);
    const all = distro.platforms.includes(build_platform) ? [build_platform, ...others] : others;
    return recipe.architecture === 'any' ? all : all.slice(0, 1);
  }

  plan(): Plan {
    for (const packageId of inNeedOrder(this.matrix.packages)) {
      const recipe = this.matrix.packages.get(packageId);
      if (!recipe) continue;
      const partners = Object.keys(this.matrix.packages.get(recipe.built_on?.package ?? '')?.versions ?? {});
      for (const [version, release] of Object.entries(recipe.versions)) {
        for (const partner of partnersOf(recipe, version, partners)) {
          for (const [distroId, distro] of this.matrix.distros) {
            for (const platform of this.platformsOf(recipe, distro)) {
              this.addCell(packageId, recipe, { version, source: release.source, distroId, distro, platform }, partner);
            }
          }
        }
      }
    }
    const targets = [...this.targets.values()].sort(byName);
    return {
      targets,
      aliases: [...sharedAliases(this.targets), ...latestAliases(targets)].sort(byName),
      exclusions: this.exclusions.sort(byName),
      sources: this.sources.inKeyOrder(),
      bases: this.bases.inKeyOrder(),
      packagings: this.packagings.inKeyOrder(),
    };
  }
}

/** Everything that a matrix stands for: each cell is either a target or an exclusion with its reason. */
export function planMatrix(matrix: Matrix): Plan {
  return new Planner(matrix).plan();
}
