import type { Matrix } from '../model/matrix.js';
import type { PackageFile } from '../model/package.js';
import { Version } from '../model/text.js';
import type { Upstream } from '../model/upstream.js';
import { compareVersions, inRange, isPrerelease, seriesOf } from '../model/version.js';
import { groupBy } from './group-by.js';

/** A version that upstream has, and the commit that its tag stands for, where it is known. */
export interface Candidate {
  readonly version: string;
  readonly commit?: string;
}

/** What a series of a package has, and what it could have. */
export interface Finding {
  readonly package: string;
  /** `erlang_27`, as groups are called. */
  readonly series: string;
  /** The newest version in the matrix that is not archived; undefined for a series that the matrix does not have. */
  readonly current: string | undefined;
  readonly newest: string;
  /** What the tag of the newest version stands for. */
  readonly commit: string | undefined;
}

/** A version whose tag stands for another commit than when it was pinned. */
export interface Moved {
  readonly version: string;
  readonly pinned: string;
  readonly now: string;
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Versions in names that fit a pattern such as `OTP-{version}`; names that do not are of something else. */
export function readVersions(names: ReadonlyMap<string, string | undefined>, { names: pattern }: Upstream): readonly Candidate[] {
  const [before = '', behind = ''] = pattern.split('{version}');
  const shape = new RegExp(`^${escape(before)}(.+)${escape(behind)}$`);
  return [...names].flatMap(([name, commit]) => {
    const version = shape.exec(name)?.[1]?.replace('~', '-');
    if (version === undefined || !Version.safeParse(version).success) return [];
    return [{ version, ...(commit !== undefined && { commit }) }];
  });
}

function seriesNumber(version: string, { series }: Pick<PackageFile, 'series'>): string {
  const [major = version, minor = major] = seriesOf(version);
  return series === 'major' ? major : minor;
}

function newestOf(versions: readonly string[]): string | undefined {
  return [...versions].sort(compareVersions).at(-1);
}

/**
 * What each series of a package could have: those that the matrix has and has not archived, and those that are newer than all of them.
 * In version order. A series that upstream has nothing newer for is there too.
 */
export function findOutdated(
  id: string,
  recipe: Pick<PackageFile, 'series' | 'versions'>,
  upstream: Upstream,
  candidates: readonly Candidate[],
): readonly Finding[] {
  const { range, prereleases } = upstream;
  const followed = candidates
    .map((one) => one.version)
    .filter((version) => (prereleases || !isPrerelease(version)) && (range === undefined || inRange(version, range)));
  const own = Object.entries(recipe.versions).flatMap(([version, { archived }]) => (archived ? [] : [version]));
  const available = groupBy(followed, (version) => seriesNumber(version, recipe));
  const present = groupBy(own, (version) => seriesNumber(version, recipe));
  const last = newestOf(own);
  const isNew = (versions: readonly string[]): boolean => last === undefined || versions.some((version) => compareVersions(version, last) > 0);
  const numbers = [...new Set([...present.keys(), ...[...available].filter(([, versions]) => isNew(versions)).map(([number]) => number)])];
  return numbers
    .map((number) => {
      const current = newestOf(present.get(number) ?? []);
      const newest = newestOf([...(available.get(number) ?? []), ...(current === undefined ? [] : [current])]) ?? number;
      return { package: id, series: `${id}_${number}`, current, newest, commit: candidates.find((one) => one.version === newest)?.commit };
    })
    .sort((a, b) => compareVersions(a.newest, b.newest));
}

/** Versions of the matrix whose tags upstream has moved since they were pinned: what they are now is something else. */
export function findMoved({ versions }: Pick<PackageFile, 'versions'>, candidates: readonly Candidate[]): readonly Moved[] {
  return candidates.flatMap(({ version, commit: now }) => {
    const pinned = versions[version]?.commit;
    return pinned !== undefined && now !== undefined && pinned !== now ? [{ version, pinned, now }] : [];
  });
}

/** Something whose support has ended although the matrix still builds it. */
export interface Retirement {
  /** A distro, or a series such as erlang_24. */
  readonly name: string;
  readonly since: string;
  /** What to do about it. */
  readonly how: string;
}

/** Distros and series that are past their end of life on a day such as 2026-11-27 and that are still built without being named. */
export function findRetirements({ distros, packages }: Pick<Matrix, 'distros' | 'packages'>, today: string): readonly Retirement[] {
  const ended = [...distros].flatMap(([name, { end_of_life: since, archived }]) =>
    since !== undefined && since < today && !archived ? [{ name, since, how: 'archived: true in matrix/distros.yaml' }] : [],
  );
  const series = [...packages].flatMap(([id, recipe]) =>
    Object.entries(recipe.end_of_life).flatMap(([number, since]) => {
      const versions = Object.entries(recipe.versions).flatMap(([version, { archived }]) => (!archived && seriesOf(version).includes(number) ? [version] : []));
      return since < today && versions.length > 0
        ? [{ name: `${id}_${number}`, since, how: `archived: true for ${versions.join(', ')} in matrix/packages/${id}.yaml` }]
        : [];
    }),
  );
  return [...ended, ...series];
}
