import type { WorkspaceFile } from '../model/workspace.js';
import type { Platform } from '../model/text.js';
import { platforms } from '../model/text.js';
import { platformName } from '../plan/names.js';
import { isSubstituted } from '../plan/base.js';
import { portableFrom } from '../plan/method.js';
import type { Target } from '../plan/target.js';
import type { Family } from './family.js';
import { familyOf } from './family.js';

/** One step of a build: a stage of its own, so that the file system it left can be entered by its name. */
export interface Step {
  readonly name: string;
  /** Name of its stage: the step's own, but for steps of another target that come first. */
  readonly stage: string;
  readonly from: string;
  /** Folders taken over from earlier stages. */
  readonly copies: readonly { readonly from: string; readonly path: string }[];
  readonly environment: Readonly<Record<string, string>>;
  readonly mounts: readonly string[];
  /** Scripts of templates/steps, mounted one by one so that an edit reruns only the steps that use it. */
  readonly scripts: readonly string[];
  /** Scripts and patches of the package's own folder. */
  readonly recipe: readonly string[];
  readonly isTest: boolean;
  readonly command: readonly string[];
}

type StepParts = Pick<Step, 'name' | 'from' | 'command'> & Partial<Step>;

/** A step with what most steps do not have left out. */
export function step(parts: StepParts): Step {
  return { stage: parts.name, copies: [], environment: {}, mounts: [], scripts: [], recipe: [], isTest: false, ...parts };
}

/**
 * The number of compile jobs, for the one step that compiles for long. BuildKit 0.13 to 0.15.1 (Docker 26.0 to 27.1) reads every file below a step
 * that has a secret before it starts it: https://github.com/moby/buildkit/pull/5251
 */
const jobs = 'type=secret,id=jobs';

/** Name of the build context that has the artifact of a needed target. */
export function needContext(need: Target): string {
  return `need-${need.package}-${platformName(need.platform)}`;
}

/** The artifacts of needed targets, and the mounts by which they are there. */
export function neededFiles({ needs }: Pick<Target, 'needs'>): { readonly mounts: readonly string[]; readonly files: readonly string[] } {
  return {
    mounts: needs.map((need) => `type=bind,from=${needContext(need)},target=/needs/${need.package}`),
    files: needs.map((need) => `/needs/${need.package}/${need.artifact.file}`),
  };
}

/** An image on a platform of its own, whatever the build's is. */
export function onPlatform(platform: Platform, image: string): string {
  return `--platform=${platform} ${image}`;
}

/** From nothing to the unpacked source, on the machine that compiles. */
function prepare(target: Target, family: Family, from: string): readonly Step[] {
  const { settings, platform, version, source, method, on } = target;
  const compiler = method === 'cross' ? target.buildPlatform : platform;
  const architecture = platforms[platform];
  const cross: Readonly<Record<string, string>> = method === 'cross' ? { CROSS_TRIPLET: architecture.gnu, CROSS_ARCH: architecture.deb } : {};
  const patches = settings.patches.map((patch) => `patches/${patch}`);
  const needs = neededFiles(target);
  const caches = family.caches(target, compiler);
  return [
    step({ name: 'deps', from, mounts: caches, ...family.installBuildDependencies(target) }),
    ...(needs.files.length === 0 ? [] : [step({ name: 'needs', from: 'deps', mounts: [...caches, ...needs.mounts], ...family.install(target, needs.files) })]),
    step({
      name: 'unpack',
      from: needs.files.length === 0 ? 'deps' : 'needs',
      environment: { PACKAGE: target.package, VERSION: version, ...(on ? { ON: on.version } : {}), ...cross },
      mounts: ['type=bind,from=source,target=/source'],
      scripts: ['unpack'],
      recipe: patches,
      command: ['/steps/unpack', source.sha256 ?? 'unpinned', `/source/${source.file}`, ...patches.map((patch) => `/recipe/${patch}`)],
    }),
  ];
}

/** Mounts with what fits every system, by where it comes from. */
const portable = {
  native: () => ['type=bind,from=native-build,source=/build,target=/prebuilt', 'type=bind,from=native-build,source=/r,target=/prebuilt-results'],
  cache: (target: Target) => [`type=cache,id=portable-${target.package}-${target.version},target=/portable`, 'type=secret,id=no-cache'],
};

function compile(target: Target): Step {
  const command = ['/recipe/build', ...target.settings.configure];
  const own = step({ name: 'build', from: 'unpack', mounts: [jobs], recipe: ['build'], command });
  const from = portableFrom(target);
  if (from === undefined) return own;
  return { ...own, scripts: ['prebuilt'], mounts: [...own.mounts, ...portable[from](target)], command: ['/steps/prebuilt', ...command] };
}

/** The steps of the native target up to its finished tree: the very commands of its own Dockerfile, so that the builder has them already or keeps them for it. */
function nativeSteps(native: Target, family: Family): readonly Step[] {
  const stage = (name: string): string => `native-${name}`;
  const steps = [...prepare(native, family, ''), compile(native)];
  return steps.map((own) => ({ ...own, stage: stage(own.name), from: own.from === '' ? onPlatform(native.platform, 'prebuilt-base') : stage(own.from) }));
}

/** Symbol versions that the target's distro and its siblings have. */
function floors({ distro, distroId, base, siblings }: Target): readonly string[] {
  const known = [{ id: distroId, libraries: distro.libraries }, ...siblings].flatMap(({ id, libraries }) => {
    const { glibc } = libraries;
    return glibc === undefined ? [] : ['--floor', `GLIBC=${glibc}`, id];
  });
  return [...(isSubstituted(base) ? ['--record-only'] : []), ...known];
}

/** The steps that turn a target's source into its tested package, in the order in which they run. */
export function buildSteps(target: Target, workspace: WorkspaceFile): readonly Step[] {
  const family = familyOf(target);
  const { platform, buildPlatform, prebuilt, method } = target;
  // What it is built on is what its package depends on; the others are only there to build it.
  const partner = neededFiles({ needs: target.needs.filter((need) => need.package === target.on?.package) });
  return [
    ...(prebuilt ? nativeSteps(prebuilt, family) : []),
    ...prepare(target, family, method === 'cross' ? onPlatform(buildPlatform, 'native-base') : 'base'),
    compile(target),
    step({ name: 'smoke', from: 'build', recipe: ['smoke'], isTest: true, command: ['/recipe/smoke'] }),
    step({
      name: 'stage',
      from: 'smoke',
      environment: { DESTDIR: '/stage', DISTRO: target.distroId },
      recipe: ['stage'],
      command: ['/recipe/stage'],
    }),
    step({ name: 'depends', from: 'stage', ...family.findDependencies(target) }),
    step({ name: 'components', from: 'depends', ...family.listComponents(target) }),
    step({ name: 'abi', from: 'components', scripts: ['abi'], command: ['/steps/abi', ...floors(target)] }),
    step({
      name: 'package',
      from: onPlatform(buildPlatform, 'packaging'),
      copies: [
        { from: 'abi', path: '/r' },
        { from: 'abi', path: '/stage' },
      ],
      ...family.makePackage(target, workspace),
    }),
    step({ name: 'lint', from: 'package', ...family.lint(target) }),
    step({
      name: 'install-test',
      from: 'base',
      copies: [{ from: 'lint', path: '/r' }],
      environment: { PACKAGE: target.package, VERSION: target.version, ...(target.on ? { ON: target.on.version } : {}) },
      mounts: [...family.caches(target, platform), ...partner.mounts],
      recipe: ['install-test'],
      isTest: true,
      ...family.testInstallation(target, partner.files),
    }),
  ];
}
