import type { Distro } from './distro.js';
import type { PackageFile } from './package.js';
import type { LockFile, RunSettings, WorkspaceFile } from './workspace.js';

/** Everything that people wrote into a workspace, read and understood. Maps are in name order. */
export interface Matrix {
  readonly workspace: WorkspaceFile;
  readonly distros: ReadonlyMap<string, Distro>;
  readonly packages: ReadonlyMap<string, PackageFile>;
  readonly lock: LockFile;
  readonly settings: RunSettings;
  /** SHA-256 of every recipe script, patch, step script and packaging file, by workspace path. */
  readonly digests: ReadonlyMap<string, string>;
}
