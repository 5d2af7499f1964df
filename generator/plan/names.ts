import { createHash } from 'node:crypto';

import type { Platform } from '../model/text.js';
import { platforms } from '../model/text.js';

/** `linux/arm/v7` as it is spelled in names: `linux-arm-v7`. */
export function platformName(platform: Platform): string {
  return platform.replaceAll('/', '-');
}

/** The name that people type: `erlang_27.3.4.1_debian_bookworm_linux-amd64`. */
export function targetName(packageId: string, version: string, distro: string, platform: Platform): string {
  return `${packageId}_${version}_${distro}_${platformName(platform)}`;
}

/** The one generated input of a target. */
export function dockerfilePath(target: string): string {
  return `dockerfiles/${target}.Dockerfile`;
}

/** Rules of all targets of one version of one package: what make reads when it is asked for one of them. */
export function shardPath(packageId: string, version: string): string {
  return `out/rules/${packageId}_${version}.mk`;
}

/** Rules for everything that targets share: sources, bases, the packaging image. */
export const sharedRulesPath = 'out/rules/shared.mk';

/** Every target name, and the shards that hold their rules. */
export const indexPath = 'out/rules/index.mk';

/** Folder of a finished target: package, logs, status, provenance. */
export function packageFolder(target: string): string {
  return `out/packages/${target}`;
}

/** `1-1~deb12`: the part behind the upstream version. The suffix sorts with the distro's releases (deb11 < deb12). */
export function packageRevision(iteration: number, suffix: string): string {
  return `${String(iteration)}~${suffix}`;
}

/** A pre-release sorts before its release in dpkg and rpm only behind a tilde: 28.0-rc1 becomes 28.0~rc1. */
export function packageVersion(version: string): string {
  return version.replace('-', '~');
}

/** File name of a .deb; the epoch is never part of it (https://github.com/jordansissel/fpm/issues/814). */
export function debFile(name: string, version: string, revision: string, platform: Platform): string {
  return `${name}_${packageVersion(version)}-${revision}_${platforms[platform].deb}.deb`;
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

/** Folder of the packaging image: an OCI layout, kept under everything that it is made from. */
export function packagingFolder(key: string): string {
  return `out/images/packaging-${key}`;
}

/** File whose presence says that an OCI layout is complete: layouts are renamed into place whole. */
export function layoutIndex(folder: string): string {
  return `${folder}/index.json`;
}
