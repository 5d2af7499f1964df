import type { WorkspaceFile } from '../model/workspace.js';
import { platforms } from '../model/text.js';
import type { Target } from '../plan/target.js';
import { fpmArguments } from './fpm.js';

/** One step of a build: a stage of its own, so that the file system it left can be entered by its name. */
export interface Step {
  readonly name: string;
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

function step(parts: StepParts): Step {
  return { copies: [], environment: {}, mounts: [], scripts: [], recipe: [], isTest: false, ...parts };
}

/** Package indexes and archives are kept by the builder, per distro and architecture: the two never fit each other. */
function aptCaches(target: Target, arch: string): readonly string[] {
  const id = `${target.distroId}-${arch}`;
  return [`type=cache,id=apt-archives-${id},target=/var/cache/apt,sharing=locked`, `type=cache,id=apt-lists-${id},target=/var/lib/apt/lists,sharing=locked`];
}

const jobs = 'type=secret,id=jobs';

/** The steps that turn a target's source into its tested package, in the order in which they run. */
export function buildSteps(target: Target, workspace: WorkspaceFile): readonly Step[] {
  const { settings, platform, version, source } = target;
  const architecture = platforms[platform];
  const native = target.nativeBase ? platforms[target.nativeBase.platform] : architecture;
  const isCross = target.nativeBase !== undefined;
  const identity = { PACKAGE: target.package, VERSION: version };
  const cross: Readonly<Record<string, string>> = isCross ? { CROSS_TRIPLET: architecture.gnu, CROSS_ARCH: architecture.deb } : {};
  const libraries = settings.libraries.map((name) => (isCross ? `${name}:${architecture.deb}` : name));
  const foreign = isCross ? ['--arch', architecture.deb] : [];
  const patches = settings.patches.map((patch) => `patches/${patch}`);
  const needs = target.needs.map((need) => ({ context: `need-${need.package}`, file: `/needs/${need.package}/${need.artifact.file}` }));
  return [
    step({
      name: 'deps',
      from: isCross ? '--platform=$BUILDPLATFORM native-base' : 'base',
      mounts: aptCaches(target, native.deb),
      scripts: ['deb/apt-install', 'deb/install-build-deps'],
      command: ['/steps/deb/install-build-deps', ...foreign, ...settings.tools, ...libraries],
    }),
    ...(needs.length === 0
      ? []
      : [
          step({
            name: 'needs',
            from: 'deps',
            mounts: [...aptCaches(target, native.deb), ...needs.map((need) => `type=bind,from=${need.context},target=/needs/${need.context.slice(5)}`)],
            scripts: ['deb/apt-install'],
            command: ['/steps/deb/apt-install', ...needs.map((need) => need.file)],
          }),
        ]),
    step({
      name: 'unpack',
      from: needs.length === 0 ? 'deps' : 'needs',
      environment: { ...identity, ...cross },
      mounts: ['type=bind,from=source,target=/source'],
      scripts: ['unpack'],
      recipe: patches,
      command: ['/steps/unpack', source.sha256 ?? 'unpinned', `/source/${source.file}`, ...patches.map((patch) => `/recipe/${patch}`)],
    }),
    step({ name: 'build', from: 'unpack', mounts: [jobs], recipe: ['build'], command: ['/recipe/build', ...settings.configure] }),
    step({ name: 'smoke', from: 'build', mounts: [jobs], recipe: ['smoke'], isTest: true, command: ['/recipe/smoke'] }),
    step({ name: 'stage', from: 'smoke', environment: { DESTDIR: '/stage' }, mounts: [jobs], recipe: ['stage'], command: ['/recipe/stage'] }),
    step({
      name: 'depends',
      from: 'stage',
      scripts: ['deb/depends'],
      command: ['/steps/deb/depends', '--copyright', target.recipe.copyright, ...settings.recommended_files.flatMap((glob) => ['--recommends', `/${glob}`])],
    }),
    step({
      name: 'package',
      from: '--platform=$BUILDPLATFORM packaging',
      copies: [
        { from: 'depends', path: '/r' },
        { from: 'depends', path: '/stage' },
      ],
      scripts: ['deb/package'],
      command: ['/steps/deb/package', ...fpmArguments(target, workspace)],
    }),
    step({
      name: 'lint',
      from: 'package',
      scripts: ['deb/lint'],
      command: ['/steps/deb/lint', ...settings.waivers.flatMap((waiver) => ['--waive', waiver.tag]), target.artifact.file],
    }),
    step({
      name: 'install-test',
      from: 'base',
      copies: [{ from: 'lint', path: '/r' }],
      environment: identity,
      mounts: aptCaches(target, architecture.deb),
      scripts: ['deb/apt-install', 'deb/install-test'],
      recipe: ['install-test'],
      isTest: true,
      command: ['/steps/deb/install-test', target.artifact.file, '/recipe/install-test'],
    }),
  ];
}
