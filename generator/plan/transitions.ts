import type { Matrix } from '../model/matrix.js';
import { compareVersions } from '../model/version.js';
import { chooseBase } from './base.js';
import type { Plan, Target } from './target.js';

/** Something that a package could not be tried in, and why. */
export interface Untried {
  readonly name: string;
  readonly why: string;
}

/** What users of a target's package come from and go to. */
export interface Transitions {
  readonly target: Target;
  /** The nearest lower version in the matrix for the same distro and platform, whether it is built or not. */
  readonly previous: Target | undefined;
  /** The nearest one that is built. */
  readonly previousBuilt: Target | undefined;
  /** The same version for the next release of the distro. */
  readonly next: Target | undefined;
  /** The same package on the distros that it is for as well. */
  readonly siblings: readonly Target[];
  readonly untried: readonly Untried[];
}

/** Lower versions of the same package, newest first: built on the same version of another package, or on a lower one. */
function lowerVersions(target: Target, { targets }: Plan): readonly Target[] {
  const on = (candidate: Target): string => candidate.on?.version ?? '0';
  return targets
    .filter(
      (candidate) =>
        candidate.package === target.package &&
        candidate.distroId === target.distroId &&
        candidate.platform === target.platform &&
        compareVersions(candidate.version, target.version) < 0 &&
        compareVersions(on(candidate), on(target)) <= 0,
    )
    .sort((a, b) => compareVersions(b.version, a.version) || compareVersions(on(b), on(a)));
}

/** The numbers of a distro's suffix; a tilde comes before everything, as in dpkg and rpm. */
function suffixNumbers(suffix: string): readonly number[] {
  return [...suffix.matchAll(/\d+|~/g)].map(([part]) => (part === '~' ? -1 : Number(part)));
}

function compareSuffixes(left: string, right: string): number {
  const [a, b] = [suffixNumbers(left), suffixNumbers(right)];
  const differs = Array.from({ length: Math.max(a.length, b.length) }, (_, index) => (a[index] ?? 0) - (b[index] ?? 0));
  return differs.find((difference) => difference !== 0) ?? 0;
}

/** The same version for the next release of the distro that has it. */
function nextRelease(target: Target, { targets }: Plan): Target | undefined {
  const nameOf = ({ distroId }: Target): string => distroId.replace(/_.*/, '');
  const label = ({ package: id, version, on, platform }: Target): string => [id, version, on?.version, platform].join(' ');
  return targets
    .filter((candidate) => label(candidate) === label(target) && nameOf(candidate) === nameOf(target) && candidate.distro.format === target.distro.format)
    .filter((candidate) => compareSuffixes(candidate.distro.suffix, target.distro.suffix) > 0)
    .sort((a, b) => compareSuffixes(a.distro.suffix, b.distro.suffix))[0];
}

/** The target as it is tried on a sibling of its distro, or why that cannot be had. */
function onSibling(target: Target, id: string, matrix: Matrix, exists: (path: string) => boolean): Target | string {
  const { platform } = target;
  const distro = matrix.distros.get(id);
  if (!distro?.platforms.includes(platform)) return `it does not exist for ${platform}`;
  if (distro.format !== target.distro.format) return `its packages are .${distro.format} files`;
  const base = chooseBase(matrix, id, platform);
  if (base.kind === 'unpinned') return `its base cannot be had: ${base.why}`;
  if (base.given !== undefined && !exists(base.given)) return `its base cannot be had: BASE_${id}: there is no ${base.given}`;
  return { ...target, distroId: id, distro, base };
}

/** Finds out what a target's package has to be tried in; `exists` says whether a path is there. */
export function findTransitions(target: Target, matrix: Matrix, plan: Plan, exists: (path: string) => boolean): Transitions {
  const lower = lowerVersions(target, plan);
  const [previous] = lower;
  const previousBuilt = lower.find((candidate) => exists(candidate.artifact.path));
  const next = nextRelease(target, plan);
  const siblings: Target[] = [];
  const untried: Untried[] = [];
  if (!previousBuilt) untried.push({ name: 'previous-version', why: previous ? `none built; ${previous.name} would be it` : 'none in the matrix' });
  for (const { id } of target.siblings) {
    const sibling = onSibling(target, id, matrix, exists);
    if (typeof sibling === 'string') untried.push({ name: `sibling-${id}`, why: sibling });
    else siblings.push(sibling);
  }
  if (!next) untried.push({ name: 'next-release', why: `the matrix has this version for no later release than ${target.distroId}` });
  return { target, previous, previousBuilt, next, siblings, untried };
}
