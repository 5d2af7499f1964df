import type { Matrix } from '../model/matrix.js';
import type { WorkspaceFile } from '../model/workspace.js';
import { isSubstituted } from '../plan/base.js';
import type { Target } from '../plan/target.js';
import { quoteComment, quoteEnv, quoteExec } from './quote.js';
import type { Step } from './steps.js';
import { buildSteps } from './steps.js';
import type { Templates } from './templates.js';
import { strictView } from './templates.js';

/** Stands for the digest of a file that does not exist. */
export const missingDigest = 'missing';

function stepFile(script: string): string {
  return `templates/steps/${script}`;
}

function recipeFile(target: Target, script: string): string {
  return `matrix/packages/${target.package}/${script}`;
}

function filesOf(steps: readonly Step[], target: Target): readonly string[] {
  const shared = ['step', ...steps.flatMap((step) => step.scripts)].map(stepFile);
  const own = steps.flatMap((step) => step.recipe).map((script) => recipeFile(target, script));
  return [...new Set([...shared, ...own])].sort();
}

/** Files of the workspace that take part in a target's build. */
export function inputFiles(target: Target, workspace: WorkspaceFile): readonly string[] {
  return filesOf(buildSteps(target, workspace), target);
}

function mounts(step: Step): readonly string[] {
  const bind = (script: string): string => `type=bind,source=${script},target=/steps/${script}`;
  const own = (script: string): string => `type=bind,from=recipe,source=${script},target=/recipe/${script}`;
  return [bind('step'), ...step.scripts.map(bind), ...step.recipe.map(own), ...step.mounts];
}

function stepView(step: Step): object {
  return strictView({
    stage: step.stage,
    from: step.from,
    copies: step.copies,
    environment: Object.entries(step.environment).map(([name, value]) => ({ name, value: quoteEnv(value) })),
    mounts: mounts(step),
    command: quoteExec(['/steps/step', ...(step.isTest ? ['--test'] : []), step.name, ...step.command]),
  });
}

/** What a Dockerfile is made of: facts that stand in its head, steps, and the stages whose results are exported. */
export interface DockerfileParts {
  readonly head: readonly string[];
  readonly steps: readonly Step[];
  readonly results: readonly { readonly stage: string; readonly folder: string }[];
}

/** A target's base, as the heads of Dockerfiles tell it. */
export function describeBase({ base, distroId }: Target): readonly string[] {
  const substituted = `substituted: this base stands in for ${distroId}; what comes of it is not for ${distroId}`;
  return [`base: ${base.identity}`, ...(isSubstituted(base) ? [substituted] : [])];
}

/** Steps of a target as a Dockerfile. Recipe scripts and patches that do not exist stand as `missing`. */
export function renderSteps(target: Target, { head, steps, results }: DockerfileParts, matrix: Matrix, templates: Templates): string {
  const inputs = filesOf(steps, target).map((path) => `${path} sha256:${matrix.digests.get(path) ?? missingDigest}`);
  const lines = [...head, ...inputs].map(quoteComment);
  return templates.render('Dockerfile.njk', strictView({ target: target.name, head: lines, steps: steps.map(stepView), results }));
}

/**
 * The Dockerfile of one target. Everything that can change the package is in its bytes, so that make can go by this
 * one file. Building a target whose recipe scripts or patches do not exist says so.
 */
export function renderDockerfile(target: Target, matrix: Matrix, templates: Templates): string {
  const { nativeBase, prebuilt, packaging } = target;
  const head = [
    'Everything that can change the package stands below: make rebuilds exactly when these bytes change.',
    ...describeBase(target),
    ...(nativeBase ? [`native-base: ${nativeBase.identity}`] : []),
    ...(prebuilt ? [`prebuilt-base: ${prebuilt.base.identity}`] : []),
    `packaging: ${packaging.identity}`,
  ];
  const steps = buildSteps(target, matrix.workspace);
  return renderSteps(target, { head, steps, results: [{ stage: 'install-test', folder: '/' }] }, matrix, templates);
}
