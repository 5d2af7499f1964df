import type { Channel, Contents, Emptied, Published } from '../model/release.js';
import { channels } from '../model/release.js';
import { compareVersions } from '../model/version.js';
import { groupBy } from './group-by.js';

/** What one line of an apt source or one .repo section points at. */
export interface Repository {
  readonly format: 'deb' | 'rpm';
  readonly channel: Channel;
  readonly distro: string;
  /** erlang-27, or erlang-latest and latest, which move. */
  readonly series: string;
  /** A suite of apt; a folder of dnf, one for each architecture. */
  readonly path: string;
  readonly architectures: readonly string[];
  readonly packages: readonly Published[];
}

const suffixes: Readonly<Record<Channel, string>> = { stable: '', testing: '-testing', substituted: '-substituted' };

/** `debian_bookworm` as the parts `debian` and `bookworm`. */
function release(distro: string): string {
  return distro.slice(distro.indexOf('_') + 1);
}

/** `bookworm-erlang-27-testing`, or `rockylinux/8/x86_64/erlang-27-testing`. */
function pathOf(format: 'deb' | 'rpm', distro: string, series: string, channel: Channel, architecture: string): string {
  const name = `${series}${suffixes[channel]}`;
  return format === 'deb' ? `${release(distro)}-${name}` : `${distro.replace('_', '/')}/${architecture}/${name}`;
}

/** The packages of the newest series of each package and distro, under the series that move: that of the package, and that of all packages. */
function newest(packages: readonly Published[]): readonly Published[] {
  const best = new Map<string, Published>();
  for (const candidate of packages) {
    const key = `${candidate.package} ${candidate.distro}`;
    const other = best.get(key);
    if (!other || compareLabels(candidate.version, other.version) > 0) best.set(key, candidate);
  }
  return packages
    .filter((one) => one.series === best.get(`${one.package} ${one.distro}`)?.series)
    .flatMap((one) => [
      { ...one, series: `${one.package}-latest` },
      { ...one, series: 'latest' },
    ]);
}

/** Whether the newest series of packages move through a repository: that of a package, or that of all. */
export function isMoving({ series }: Repository): boolean {
  return /(^|-)latest$/.test(series);
}

/** Version labels may have two versions, `1.18.3_27.3.4.1`: the second decides where the first is the same. */
export function compareLabels(left: string, right: string): number {
  const [a, b] = [left.split('_'), right.split('_')];
  for (const [index, part] of a.entries()) {
    const order = compareVersions(part, b[index] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

/** A repository while its packages are being found, by file name. */
type Growing = Omit<Repository, 'architectures' | 'packages'> & { readonly architectures: Set<string>; readonly files: Map<string, Published> };

/**
 * Every repository that clients may point at, in path order. Those of rpm are one for each architecture, those of deb hold all. A series has what
 * its packages depend on with it, so that one source is enough to install them.
 */
export function repositoriesOf({
  channels: contents,
  emptied = [],
}: {
  readonly channels: Contents;
  readonly emptied?: readonly Emptied[];
}): readonly Repository[] {
  const found = new Map<string, Growing>(
    emptied.map((one) => [`${one.format} ${one.path}`, { ...one, architectures: new Set(one.architectures), files: new Map() }]),
  );
  for (const channel of channels) {
    const packages = contents[channel];
    const bySeries = groupBy(packages, (one) => `${one.distro} ${one.series}`);
    for (const one of [...packages, ...newest(packages)]) {
      const { format, distro, series } = one;
      const needed = one.needs.flatMap((name) => bySeries.get(`${distro} ${name}`) ?? []);
      for (const architecture of one.serves) {
        const path = pathOf(format, distro, series, channel, architecture);
        const key = `${format} ${path}`;
        const growing = found.get(key) ?? { format, channel, distro, series, path, architectures: new Set(), files: new Map<string, Published>() };
        found.set(key, growing);
        growing.architectures.add(architecture);
        for (const item of [one, ...needed.filter((other) => other.serves.includes(architecture))]) growing.files.set(item.file, item);
      }
    }
  }
  return [...found.values()]
    .map(({ architectures, files, ...rest }) => ({
      ...rest,
      architectures: [...architectures].sort(),
      packages: [...files.values()].sort((a, b) => (a.file < b.file ? -1 : 1)),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Repositories that were there before these contents and have no packages any more. */
export function emptiedBy(contents: Contents, before: readonly Repository[]): readonly Emptied[] {
  const there = new Set(repositoriesOf({ channels: contents }).map((one) => `${one.format} ${one.path}`));
  return before
    .filter((one) => !there.has(`${one.format} ${one.path}`))
    .map(({ format, channel, distro, series, path, architectures }) => ({ format, channel, distro, series, path, architectures: [...architectures] }));
}

/** Where a package of a repository lies below the web root. Debs of all suites share a pool, laid out as aptly does it; rpms lie beside their metadata. */
export function servedPath(repository: Repository, one: Published): string {
  if (repository.format === 'rpm') return `rpm/${repository.path}/Packages/${one.file}`;
  const prefix = one.name.startsWith('lib') ? one.name.slice(0, 4) : one.name.slice(0, 1);
  return `deb/pool/main/${prefix}/${one.name}/${one.file}`;
}
