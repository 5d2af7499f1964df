import type { Matrix } from '../model/matrix.js';
import type { Published } from '../model/release.js';
import type { Repository } from '../plan/repositories.js';
import type { Target } from '../plan/target.js';
import { renderSteps } from './dockerfile.js';
import { familyOf } from './family.js';
import type { Step } from './steps.js';
import { onPlatform, step } from './steps.js';
import type { Templates } from './templates.js';

/** Packages that are new in a repository, to be installed from there on a clean system of their distro and platform. */
export interface Installation {
  /** Target of any of the packages. */
  readonly target: Target;
  readonly repository: Repository;
  readonly packages: readonly Published[];
  /** What the clean system is: the base on which the packages were built. */
  readonly base: string;
}

/** Name of the stage in which the installation of this number is tried; the results of the build have a folder of this name. */
export function installationStage(index: number): string {
  return `install-${String(index + 1)}`;
}

function stepOf({ target, repository, packages }: Installation, index: number): Step {
  const name = installationStage(index);
  const call = familyOf(target).installFrom(target, repository.path, packages);
  return step({ name, from: onPlatform(target.platform, `base-${String(index + 1)}`), mounts: ['type=bind,from=repository,target=/repository'], ...call });
}

/** Build contexts, `name=context`, beside `repository`, which is a web root. */
export function installationContexts(installations: readonly Installation[]): readonly string[] {
  return installations.map(({ base }, index) => `base-${String(index + 1)}=${base}`);
}

/** A Dockerfile with a stage for each installation, and its result in a folder of that name. */
export function renderInstallations(installations: readonly Installation[], matrix: Matrix, templates: Templates): string {
  const [first] = installations;
  if (!first) throw new Error('Internal error: no installation');
  const steps = installations.map(stepOf);
  const results = steps.map(({ stage }) => ({ stage, folder: `/${stage}` }));
  return renderSteps(first.target, { head: ['New packages of a repository, installed from there.'], steps, results }, matrix, templates);
}
