import { createHash } from 'node:crypto';

import type { Platform } from '../model/text.js';
import { platforms } from '../model/text.js';

/** `linux/arm/v7` as it is spelled in names: `linux-arm-v7`. */
export function platformName(platform: Platform): string {
  return platform.replaceAll('/', '-');
}

/** `27.3.4.1`, and `1.18.3_27.3.4.1` for a version that is built on a version of another package. */
export function versionLabel(version: string, on?: string): string {
  return on === undefined ? version : `${version}_${on}`;
}

/** The version label of a target. */
export function labelOf(target: { readonly version: string; readonly on: { readonly version: string } | undefined }): string {
  return versionLabel(target.version, target.on?.version);
}

/** The name that people type: `erlang_27.3.4.1_debian_bookworm_linux-amd64`, `elixir_1.18.3_27.3.4.1_debian_bookworm_linux-amd64`. */
export function targetName(packageId: string, label: string, distro: string, platform: Platform): string {
  return `${packageId}_${label}_${distro}_${platformName(platform)}`;
}

/** What stands for a version in names that mean the newest one of the matrix. */
export const latest = 'latest';

/** The one generated input of a target. */
export function dockerfilePath(target: string): string {
  return `dockerfiles/${target}.Dockerfile`;
}

/** Rules of all targets of one version of one package: what make reads when it is asked for one of them. */
export function shardPath(packageId: string, label: string): string {
  return `out/rules/${packageId}_${label}.mk`;
}

/** Rules for everything that targets share: sources, bases, the packaging image. */
export const sharedRulesPath = 'out/rules/shared.mk';

/** Every target name, and the shards that hold their rules. */
export const indexPath = 'out/rules/index.mk';

/** Folder of a finished target: package, logs, status, provenance. What was built on another base than the distro's own is kept apart. */
export function packageFolder(target: string, substituted: boolean): string {
  return `out/packages/${substituted ? 'substituted/' : ''}${target}`;
}

/** Folder of a file. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** What came of trying a package in its transitions: kept beside it. */
export function upgradeResult(artifact: string): string {
  return `${folderOf(artifact)}/upgrade.json`;
}

/** A pre-release sorts before its release in dpkg and rpm only behind a tilde: 28.0-rc1 becomes 28.0~rc1. */
export function packageVersion(version: string): string {
  return version.replace('-', '~');
}

/** `1`, or `1.erlang27.3.4.1` for what is built on another package, so that builds for several of its versions stand side by side. */
export function packageIteration(iteration: number, on?: { readonly package: string; readonly version: string }): string {
  return `${String(iteration)}${on ? `.${on.package}${packageVersion(on.version)}` : ''}`;
}

/** What names a package file is made of. */
export interface PackageNameParts {
  readonly name: string;
  readonly version: string;
  readonly iteration: string;
  /** Suffix of the distro: it sorts with the distro's releases (deb11 < deb12). */
  readonly suffix: string;
  /** Undefined for a package that fits every platform. */
  readonly platform: Platform | undefined;
}

/** `1-1~deb12`: the part behind the upstream version of a .deb. */
export function debRevision({ iteration, suffix }: Pick<PackageNameParts, 'iteration' | 'suffix'>): string {
  return `${iteration}~${suffix}`;
}

/** File name of a package; the epoch is never part of it (https://github.com/jordansissel/fpm/issues/814). */
export function packageFile(format: 'deb' | 'rpm', parts: PackageNameParts): string {
  const version = packageVersion(parts.version);
  const architecture = packageArchitecture(format, parts.platform);
  return format === 'deb'
    ? `${parts.name}_${version}-${debRevision(parts)}_${architecture}.deb`
    : `${parts.name}-${version}-${parts.iteration}.${parts.suffix}.${architecture}.rpm`;
}

/** A platform as a package format spells it; what fits every platform is `all` in a .deb and `noarch` in an .rpm. */
export function packageArchitecture(format: 'deb' | 'rpm', platform: Platform | undefined): string {
  if (platform === undefined) return format === 'deb' ? 'all' : 'noarch';
  return platforms[platform][format];
}

/** The first 16 hexadecimal digits of a SHA-256: enough to keep contents apart in paths. */
export function contentKey(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** A source is kept under its package and checksum, so that another pin never meets the old file and each has one rule. */
export function sourceFolder(packageId: string, sha256: string | undefined): string {
  return `out/sources/${packageId}-${sha256?.slice(0, 16) ?? 'unpinned'}`;
}

/** Folder of a base: an OCI layout, kept under everything that it is made from. */
export function baseFolder(distro: string, platform: Platform, key: string): string {
  return `out/bases/${distro}_${platformName(platform)}-${key}`;
}

/** Never exists: what targets of a base without a digest wait for, and whose rule says what to do. */
export function unpinnedBase(distro: string): string {
  return `out/bases/${distro}-unpinned`;
}

/** Folder of a packaging image: an OCI layout, kept under everything that it is made from. */
export function packagingFolder(platform: Platform, key: string): string {
  return `out/images/packaging_${platformName(platform)}-${key}`;
}

/** File whose presence says that an OCI layout is complete: layouts are renamed into place whole. */
export function layoutIndex(folder: string): string {
  return `${folder}/index.json`;
}

/** Name of what starts the nightly runs of a workspace, one for each folder: what people can read of it, and a digest. */
export function scheduleName(folder: string): string {
  const readable = folder
    .replace(/^.*\//, '')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .slice(0, 32)
    .replaceAll(/^-|-$/g, '');
  return ['packmill', ...(readable === '' ? [] : [readable]), contentKey(folder).slice(0, 8)].join('-');
}

/** What cron's last run wrote, in the workspace. */
export const nightlyLog = 'out/nightly.log';

/** Folder of the report. */
export const reportFolder = 'out/report';

/** Pages of the report, below its folder. */
export function reportPage(kind: 'packages' | 'targets' | 'runs', name: string): string {
  return `${kind}/${name}.html`;
}

/** Folder of a nightly run. */
export function runPath(id: string): string {
  return `out/runs/${id}`;
}

/** Path of a file below the web root that is served. */
export function servedFile(path: string): string {
  return `out/repository/served/${path}`;
}

/**
 * Link from a page of the report to another page, or to a file by its path from out/: relative, so that it works wherever out/ is served,
 * and from the disk.
 */
export function linkFrom(page: string, path: string): string {
  const up = '../'.repeat(page.split('/').length - 1);
  const address = path.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('out/') ? `${up}../${address.slice('out/'.length)}` : `${up}${address}`;
}
