import type { Gap, Published } from '../model/release.js';
import { isPrerelease, seriesOf } from '../model/version.js';
import { debRevision, labelOf, packageArchitecture, packageIteration, packageVersion } from './names.js';
import type { Plan, Target } from './target.js';

/** What is known of a package file before it is published, except its bytes. */
export type Unpublished = Omit<Published, 'size' | 'sha256' | 'tested'>;

/** `erlang-27`, `elixir-1.18-erlang-27`. */
export function seriesName(target: Target): string {
  const [major = target.version, minor = major] = seriesOf(target.version);
  const own = `${target.package}-${target.recipe.series === 'major' ? major : minor}`;
  return target.on ? `${own}-${target.on.package}-${seriesOf(target.on.version)[0] ?? target.on.version}` : own;
}

/** What a target's package is called once it is published; `substituted` says that it was built on another base than its distro's own. */
export function describeArtifact(target: Target, plan: Plan, substituted: boolean): Unpublished {
  const { format } = target.distro;
  const fitsAll = target.recipe.architecture === 'all';
  const shared = plan.aliases.filter((alias) => alias.target === target).map((alias) => alias.platform);
  return {
    target: target.name,
    package: target.package,
    version: labelOf(target),
    series: seriesName(target),
    needs: [...new Set(target.needs.filter((need) => need.package === target.on?.package).map(seriesName))],
    distro: target.distroId,
    format,
    name: target.recipe.name,
    revision: fullVersion(target),
    architecture: packageArchitecture(format, fitsAll ? undefined : target.platform),
    serves: [...new Set([target.platform, ...(fitsAll ? shared : [])].map((platform) => packageArchitecture(format, platform)))].sort(),
    file: target.artifact.file,
    final: !substituted && !isPrerelease(target.version) && !isPrerelease(target.on?.version ?? ''),
  };
}

/** Version as the package manager compares it: `1:27.3.4.1-1~deb12`, `27.3.4.1-1.el8`. */
function fullVersion(target: Target): string {
  const { epoch } = target.settings;
  const iteration = packageIteration(target.iteration, target.on);
  const { suffix, format } = target.distro;
  const behind = format === 'deb' ? debRevision({ iteration, suffix }) : `${iteration}.${suffix}`;
  return `${epoch > 0 ? `${String(epoch)}:` : ''}${packageVersion(target.version)}-${behind}`;
}

/** Cells that the matrix declares for a version and distro of which something is published, and that are not. Those built only by name are not missed. */
export function findGaps(plan: Plan, published: readonly Published[]): readonly Gap[] {
  const there = new Set(published.map((one) => one.target));
  const begun = new Set(published.map((one) => `${one.package} ${one.version} ${one.distro}`));
  return plan.targets
    .filter((target) => target.byName === undefined && begun.has(`${target.package} ${labelOf(target)} ${target.distroId}`) && !there.has(target.name))
    .map((target) => ({
      series: seriesName(target),
      version: labelOf(target),
      distro: target.distroId,
      architecture: packageArchitecture(target.distro.format, target.platform),
    }));
}
