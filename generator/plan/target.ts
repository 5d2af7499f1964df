import type { Distro } from '../model/distro.js';
import type { PackageFile, Settings } from '../model/package.js';
import type { Platform } from '../model/text.js';
import type { Base } from './base.js';

/** How a target's compiler runs: on its own platform, as a cross compiler, or under an emulator. */
export type Method = 'native' | 'cross' | 'emulated';

/** The version of another package that a target is built on, and how its package is called. */
export interface BuiltOn {
  readonly package: string;
  readonly version: string;
  readonly name: string;
  readonly epoch: number;
}

/** A pinned file from upstream. Several targets share one. */
export interface SourceFile {
  readonly package: string;
  readonly version: string;
  readonly kind: string;
  readonly file: string;
  readonly folder: string;
  readonly path: string;
  /** Undefined: not pinned yet; fetching it prints the line to add. */
  readonly sha256: string | undefined;
  readonly addresses: readonly string[];
  /** Where upstream publishes checksums. */
  readonly checksums: string | undefined;
}

/** The image with fpm and the linters that targets of every distro are packaged in. */
export interface PackagingImage {
  readonly folder: string;
  readonly file: string;
  readonly base: Base;
  readonly identity: string;
}

/** Keys of a recipe that planning has turned into a target's own values. */
export const plannedKeys = [
  'sources',
  'upstream',
  'versions',
  'end_of_life',
  'built_on',
  'needs',
  'settings',
  'overrides',
  'exclude',
] as const satisfies readonly (keyof PackageFile)[];

/** What a recipe says of all its targets alike. */
export type CommonRecipe = Omit<PackageFile, (typeof plannedKeys)[number]>;

/** One cell of the matrix that can be built. */
export interface Target {
  readonly name: string;
  readonly package: string;
  readonly version: string;
  readonly on: BuiltOn | undefined;
  readonly distroId: string;
  readonly distro: Distro;
  /** Distros that its packages are for as well, and their libraries. */
  readonly siblings: readonly { readonly id: string; readonly libraries: Distro['libraries'] }[];
  readonly platform: Platform;
  /** Platform that its compilers run on, when nothing is emulated. */
  readonly buildPlatform: Platform;
  /** The builder that the workspace maps its platform to. */
  readonly builder: string | undefined;
  readonly method: Method;
  readonly recipe: CommonRecipe;
  readonly settings: Settings;
  readonly source: SourceFile;
  readonly base: Base;
  /** The same distro on the build platform, where a cross compiler runs. */
  readonly nativeBase: Base | undefined;
  /** The native target whose build is made first, so that only what differs by platform is compiled for this one. */
  readonly prebuilt: Target | undefined;
  readonly packaging: PackagingImage;
  readonly iteration: number;
  readonly artifact: { readonly file: string; readonly path: string };
  /** Targets whose artifacts are installed before this one is built. */
  readonly needs: readonly Target[];
  /** Why it is built only when it is asked for by name. */
  readonly byName: string | undefined;
}

/** A further name of a target. */
export interface Alias {
  readonly name: string;
  readonly package: string;
  /** What stands where names have the version. */
  readonly label: string;
  readonly platform: Platform;
  readonly target: Target;
  readonly why: string;
}

/** One cell of the matrix that cannot be built, and why. */
export interface Exclusion {
  readonly name: string;
  readonly package: string;
  readonly version: string;
  /** What stands where names have the version. */
  readonly label: string;
  readonly distroId: string;
  readonly platform: Platform;
  readonly reason: string;
}

/** What will be built. Lists are in name order and hold each thing once. */
export interface Plan {
  readonly targets: readonly Target[];
  readonly aliases: readonly Alias[];
  readonly exclusions: readonly Exclusion[];
  readonly sources: readonly SourceFile[];
  readonly bases: readonly Base[];
  readonly packagings: readonly PackagingImage[];
}
