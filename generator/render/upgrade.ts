import type { Matrix } from '../model/matrix.js';
import { folderOf, upgradeResult } from '../plan/names.js';
import type { Target } from '../plan/target.js';
import type { Transitions } from '../plan/transitions.js';
import { describeBase, renderSteps } from './dockerfile.js';
import { familyOf } from './family.js';
import { fullVersion } from './fpm.js';
import type { Step } from './steps.js';
import { neededFiles, needContext, onPlatform, step } from './steps.js';
import type { Templates } from './templates.js';

/** One transition that is tried: its step, and what it shows. */
interface Trial {
  readonly step: Step;
  readonly what: string;
}

/** The version of a target's package as its package manager writes it. */
function installedVersion(target: Target): string {
  return `${fullVersion(target)}-${familyOf(target).release(target)}`;
}

function previousIteration(target: Target): string {
  return installedVersion({ ...target, iteration: target.iteration - 1 });
}

function siblingBase({ distroId }: Target): string {
  return `base-${distroId}`;
}

const packagesMount = 'type=bind,from=repack,source=/packages,target=/r/artifacts';

function repack({ target, previousBuilt }: Transitions): Step {
  const file = (from: string, { artifact }: Target): string => `type=bind,from=${from},source=${artifact.file},target=/${from}/${artifact.file}`;
  return step({
    name: 'repack',
    from: onPlatform(target.buildPlatform, 'packaging'),
    mounts: [file('package', target), ...(previousBuilt ? [file('previous', previousBuilt)] : [])],
    ...familyOf(target).repack(target, previousIteration(target), previousBuilt),
  });
}

/** What every trial has that installs the package. */
function installing(target: Target): Pick<Step, 'copies' | 'environment' | 'mounts' | 'recipe' | 'isTest'> {
  return {
    copies: [{ from: 'repack', path: '/r' }],
    environment: { PACKAGE: target.package, VERSION: target.version, ...(target.on ? { ON: target.on.version } : {}) },
    mounts: [...familyOf(target).caches(target, target.platform), ...neededFiles(target).mounts, packagesMount],
    recipe: ['install-test'],
    isTest: true,
  };
}

function trials({ target, previous, previousBuilt, next, siblings }: Transitions): readonly Trial[] {
  const family = familyOf(target);
  const version = installedVersion(target);
  const upgrade = (name: string, from: string): Trial => ({
    step: step({ name, from: 'base', ...installing(target), ...family.testUpgrade(target, `${name}.${target.distro.format}`, neededFiles(target).files) }),
    what: `${from} to ${version}`,
  });
  const order = [...(previous ? [installedVersion(previous)] : []), previousIteration(target), version, ...(next ? [installedVersion(next)] : [])];
  return [
    { step: step({ name: 'order', from: 'base', ...family.compareVersions(order) }), what: order.join(' < ') },
    upgrade('previous-iteration', previousIteration(target)),
    ...(previousBuilt ? [upgrade('previous-version', installedVersion(previousBuilt))] : []),
    ...siblings.map((sibling) => ({
      step: step({
        name: `sibling-${sibling.distroId}`,
        from: siblingBase(sibling),
        ...installing(sibling),
        ...family.testInstallation(sibling, neededFiles(sibling).files),
      }),
      what: `${version} on ${sibling.base.identity}`,
    })),
  ];
}

function contexts({ target, previousBuilt, siblings }: Transitions): readonly string[] {
  const named: [string, string][] = [
    ['base', target.base.context],
    ['packaging', `oci-layout://${target.packaging.folder}`],
    ['recipe', `matrix/packages/${target.package}`],
    ['package', folderOf(target.artifact.path)],
    ...(previousBuilt ? [['previous', folderOf(previousBuilt.artifact.path)] as [string, string]] : []),
    ...target.needs.map((need): [string, string] => [needContext(need), folderOf(need.artifact.path)]),
    ...siblings.map((sibling): [string, string] => [siblingBase(sibling), sibling.base.context]),
  ];
  return named.map(([name, context]) => `${name}=${context}`);
}

/** Files that a try of these transitions reads beside the workspace's own. */
export function upgradeFiles({ target, previousBuilt }: Transitions): readonly string[] {
  return [target, ...(previousBuilt ? [previousBuilt] : []), ...target.needs].map(({ artifact }) => artifact.path);
}

/**
 * The Dockerfile in which a built package is tried in its transitions. Its head tells scripts/upgrade everything else:
 * contexts, what each stage shows, what is not tried and why. Equal bytes mean that nothing is to be tried again.
 * `digests` are those of the package files.
 */
export function renderUpgrade(transitions: Transitions, matrix: Matrix, templates: Templates, digests: ReadonlyMap<string, string>): string {
  const { target, siblings, untried } = transitions;
  const tried = trials(transitions);
  const head = [
    'What is tried, and on what, stands below: while these bytes stay the same nothing is tried again.',
    `target: ${target.name}`,
    `platform: ${target.platform}`,
    ...describeBase(target),
    `packaging: ${target.packaging.identity}`,
    `result: ${upgradeResult(target.artifact.path)}`,
    ...[...digests].map(([path, digest]) => `file: ${path} sha256:${digest}`),
    ...contexts(transitions).map((context) => `context: ${context}`),
    ...siblings.flatMap(({ base: { made } }) => (made ? [`bootstrap: ${[...made.arguments, made.folder].join(' ')}`] : [])),
    ...tried.map(({ step: { name }, what }) => `trial: ${name}: ${what}`),
    ...untried.map(({ name, why }) => `untried: ${name}: ${why}`),
  ];
  const results = tried.map(({ step: { stage } }) => ({ stage, folder: `/${stage}` }));
  return renderSteps(target, { head, steps: [repack(transitions), ...tried.map((trial) => trial.step)], results }, matrix, templates);
}
