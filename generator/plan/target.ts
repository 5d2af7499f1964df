import type { Distro } from '../model/distro.js';
import type { PackageFile, Settings } from '../model/package.js';
import type { Platform } from '../model/text.js';
import type { Base } from './base.js';

/** How a target's compiler runs: on its own platform, as a cross compiler, or under an emulator. */
export type Method = 'native' | 'cross' | 'emulated';

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
}

/** The image with fpm and the linters that every target of every distro is packaged in. */
export interface PackagingImage {
  readonly folder: string;
  readonly file: string;
  readonly base: Base;
  readonly identity: string;
}

/** Keys of a recipe that planning has turned into a target's own values. */
export const plannedKeys = ['sources', 'versions', 'needs', 'settings', 'overrides', 'exclude'] as const satisfies readonly (keyof PackageFile)[];

/** What a recipe says of all its targets alike. */
export type CommonRecipe = Omit<PackageFile, (typeof plannedKeys)[number]>;

/** One cell of the matrix that can be built. */
export interface Target {
  readonly name: string;
  readonly package: string;
  readonly version: string;
  readonly distroId: string;
  readonly distro: Distro;
  readonly platform: Platform;
  readonly method: Method;
  readonly recipe: CommonRecipe;
  readonly settings: Settings;
  readonly source: SourceFile;
  readonly base: Base;
  /** The same distro on the build platform, where the cross compiler runs. */
  readonly nativeBase: Base | undefined;
  readonly packaging: PackagingImage;
  readonly iteration: number;
  readonly artifact: { readonly file: string; readonly path: string };
  /** Targets whose artifacts are installed before this one is built. */
  readonly needs: readonly Target[];
}

/** One cell of the matrix that cannot be built, and why. */
export interface Exclusion {
  readonly name: string;
  readonly package: string;
  readonly version: string;
  readonly distroId: string;
  readonly platform: Platform;
  readonly reason: string;
}

/** What will be built. Lists are in name order and hold each thing once. */
export interface Plan {
  readonly targets: readonly Target[];
  readonly exclusions: readonly Exclusion[];
  readonly sources: readonly SourceFile[];
  readonly bases: readonly Base[];
  readonly packaging: PackagingImage;
}
