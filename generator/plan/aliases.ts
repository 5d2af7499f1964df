import { compareVersions, isPrerelease } from '../model/version.js';
import { labelOf, latest, targetName } from './names.js';
import type { Alias, Target } from './target.js';

/** What fits every platform is built once; its names on the other platforms of the distro mean that one build, where what it runs on is built too. */
export function sharedAliases(targets: ReadonlyMap<string, Target>): readonly Alias[] {
  const aliases: Alias[] = [];
  for (const target of targets.values()) {
    if (target.recipe.architecture !== 'all') continue;
    for (const platform of target.distro.platforms) {
      if (platform === target.platform) continue;
      if (target.needs.some((need) => need.recipe.architecture === 'any' && !targets.has(targetName(need.package, labelOf(need), need.distroId, platform))))
        continue;
      const name = targetName(target.package, labelOf(target), target.distroId, platform);
      aliases.push({ name, package: target.package, label: labelOf(target), platform, target, why: 'it fits every platform' });
    }
  }
  return aliases;
}

/** `erlang_latest_…`: the newest release among the targets of a distro and platform, but for versions that are only built by name. */
export function latestAliases(targets: readonly Target[]): readonly Alias[] {
  const newest = new Map<string, Target>();
  for (const target of targets) {
    if ((target.byName !== undefined && !target.distro.archived) || isPrerelease(target.version)) continue;
    const name = targetName(target.package, latest, target.distroId, target.platform);
    const known = newest.get(name);
    const order = known ? compareVersions(target.version, known.version) || compareVersions(target.on?.version ?? '0', known.on?.version ?? '0') : 1;
    if (order > 0) newest.set(name, target);
  }
  return [...newest].map(([name, target]) => ({
    name,
    package: target.package,
    label: latest,
    platform: target.platform,
    target,
    why: `${labelOf(target)} is the newest in the matrix`,
  }));
}
