import type { WorkspaceFile } from '../model/workspace.js';
import type { Published } from '../model/release.js';
import type { Platform } from '../model/text.js';
import type { Target } from '../plan/target.js';
import { deb } from './deb.js';
import { rpm } from './rpm.js';

/** A script of templates/steps with its arguments, and the other scripts there that it calls. */
export interface Call {
  readonly scripts: readonly string[];
  readonly command: readonly string[];
}

/** What differs between package formats: how each step is done, never which steps there are. */
export interface Family {
  /** What stands behind the version of a package: its iteration and the distro's suffix. */
  readonly release: (target: Target) => string;
  /** Mounts in which the builder keeps indexes and archives of packages: never shared between distros or architectures. */
  readonly caches: (target: Target, platform: Platform) => readonly string[];
  /** Installs the build dependencies. */
  readonly installBuildDependencies: (target: Target) => Call;
  /** Installs package files. */
  readonly install: (target: Target, files: readonly string[]) => Call;
  /** Finds out what the staged files need. */
  readonly findDependencies: (target: Target) => Call;
  /** Records what is in the package, and what it was made with. */
  readonly listComponents: (target: Target) => Call;
  /** Makes the package. */
  readonly makePackage: (target: Target, workspace: WorkspaceFile) => Call;
  /** Lints it. */
  readonly lint: (target: Target) => Call;
  /** Installs it on a clean system, with the package files that it depends on and no repository has, and runs the recipe's test. */
  readonly testInstallation: (target: Target, needed: readonly string[]) => Call;
  /** Installs packages from a repository that is mounted at /repository, by its path there, each as `name version`. */
  readonly installFrom: (target: Target, path: string, packages: readonly Pick<Published, 'name' | 'revision'>[]) => Call;
  /** Makes the packages that upgrades start from: the target's own under a lower version, and that of a previous target. */
  readonly repack: (target: Target, version: string, previous: Target | undefined) => Call;
  /** Upgrades from a file to the target's package on a clean system, with packages that it needs, and takes it away again. */
  readonly testUpgrade: (target: Target, from: string, needed: readonly string[]) => Call;
  /** Sees whether each version is older than the one behind it. */
  readonly compareVersions: (versions: readonly string[]) => Call;
}

/** The way of a target's package format. */
export function familyOf(target: Target): Family {
  return target.distro.format === 'deb' ? deb : rpm;
}
