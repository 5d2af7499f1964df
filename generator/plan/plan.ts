import type { Matrix } from '../model/matrix.js';
import type { PackageFile } from '../model/package.js';
import type { Platform } from '../model/text.js';
import { compareVersions, inRange } from '../model/version.js';
import type { Base } from './base.js';
import { chooseBase } from './base.js';
import { contentKey, debFile, layoutIndex, packageFolder, packageRevision, packagingFolder, sourceFolder, targetName } from './names.js';
import type { Cell } from './resolve.js';
import { resolveSettings, selects } from './resolve.js';
import type { Exclusion, Method, PackagingImage, Plan, SourceFile, Target } from './target.js';

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
    if (order.includes(id)) return;
    for (const needed of Object.keys(packages.get(id)?.needs ?? {})) visit(needed);
    order.push(id);
  };
  for (const id of packages.keys()) visit(id);
  return order;
}

/** Joins the axes of a matrix; holds what the cells share while it goes. */
class Planner {
  private readonly bases = new Shared<Base>();
  private readonly sources = new Shared<SourceFile>();
  private readonly targets = new Map<string, Target>();
  private readonly exclusions: Exclusion[] = [];
  private readonly packaging: PackagingImage;

  constructor(private readonly matrix: Matrix) {
    const { packaging_distro, build_platform } = matrix.workspace;
    const base = this.base(packaging_distro, build_platform);
    const files = [...matrix.digests].filter(([path]) => path.startsWith('templates/packaging/') || path === 'templates/steps/deb/apt-install');
    const folder = packagingFolder(contentKey(JSON.stringify([base.identity, files])));
    this.packaging = { folder, file: layoutIndex(folder), base, identity: folder };
  }

  private base(distroId: string, platform: Platform): Base {
    return this.bases.get(`${distroId} ${platform}`, () => chooseBase(this.matrix, distroId, platform));
  }

  private source(packageId: string, recipe: PackageFile, version: string): SourceFile {
    return this.sources.get(`${packageId} ${version}`, () => {
      const release = recipe.versions[version];
      const kind = recipe.sources[release?.source ?? ''];
      if (!release || !kind) throw new Error(`Internal error: no source for ${packageId} ${version}`);
      const file = kind.file.replaceAll('{version}', version);
      const folder = sourceFolder(packageId, release.sha256);
      const addresses = kind.addresses.map((address) => address.replaceAll('{version}', version));
      return { package: packageId, version, kind: release.source, file, folder, path: `${folder}/${file}`, sha256: release.sha256, addresses };
    });
  }

  /** The newest version of a needed package that this distro and platform have. */
  private findNeeded(packageId: string, range: string, cell: Cell): Target | undefined {
    const versions = Object.keys(this.matrix.packages.get(packageId)?.versions ?? {}).sort((a, b) => compareVersions(b, a));
    for (const version of versions.filter((candidate) => inRange(candidate, range))) {
      const target = this.targets.get(targetName(packageId, version, cell.distroId, cell.platform));
      if (target) return target;
    }
    return undefined;
  }

  private method(cell: Cell, canCross: boolean): Method {
    if (cell.platform === this.matrix.workspace.build_platform) return 'native';
    return canCross && cell.distro.cross.includes(cell.platform) ? 'cross' : 'emulated';
  }

  private addCell(packageId: string, recipe: PackageFile, cell: Cell): void {
    const { version, distroId, distro, platform } = cell;
    const name = targetName(packageId, version, distroId, platform);
    const exclude = (reason: string): void => {
      this.exclusions.push({ name, package: packageId, version, distroId, platform, reason });
    };
    const rule = recipe.exclude.find((candidate) => selects(candidate.when, cell));
    if (rule) {
      exclude(rule.reason);
      return;
    }
    const needs: Target[] = [];
    for (const [needed, range] of Object.entries(recipe.needs)) {
      const found = this.findNeeded(needed, range, cell);
      if (!found) {
        exclude(`needs ${needed} ${range}, which is not built for ${distroId} on ${platform}`);
        return;
      }
      needs.push(found);
    }
    const base = this.base(distroId, platform);
    const settings = resolveSettings(recipe, cell);
    const method = this.method(cell, settings.cross);
    const iteration = this.matrix.settings.iteration ?? recipe.iteration;
    const file = debFile(recipe.name, version, packageRevision(iteration, distro.suffix), platform);
    this.targets.set(name, {
      name,
      package: packageId,
      version,
      distroId,
      distro,
      platform,
      method,
      recipe,
      settings,
      source: this.source(packageId, recipe, version),
      base,
      nativeBase: method === 'cross' ? this.base(distroId, this.matrix.workspace.build_platform) : undefined,
      packaging: this.packaging,
      iteration,
      artifact: { file, path: `${packageFolder(name)}/${file}` },
      needs,
    });
  }

  plan(): Plan {
    for (const packageId of inNeedOrder(this.matrix.packages)) {
      const recipe = this.matrix.packages.get(packageId);
      if (!recipe) continue;
      for (const [version, release] of Object.entries(recipe.versions)) {
        for (const [distroId, distro] of this.matrix.distros) {
          for (const platform of distro.platforms) {
            this.addCell(packageId, recipe, { version, source: release.source, distroId, distro, platform });
          }
        }
      }
    }
    return {
      targets: [...this.targets.values()].sort(byName),
      exclusions: this.exclusions.sort(byName),
      sources: this.sources.inKeyOrder(),
      bases: this.bases.inKeyOrder(),
      packaging: this.packaging,
    };
  }
}

/** Everything that a matrix stands for: each cell is either a target or an exclusion with its reason. */
export function planMatrix(matrix: Matrix): Plan {
  return new Planner(matrix).plan();
}
