import { platforms } from '../model/text.js';
import { debRevision } from '../plan/names.js';
import type { Target } from '../plan/target.js';
import type { Call, Family } from './family.js';
import { commonArguments, dependencyArguments, iterationOf, partnerVersion, relations, repeated } from './fpm.js';

/** Sizes and times of these levels are in bench/README.md. fpm negates a zstd level, so 0 stands for zstd's own 3 (https://github.com/jordansissel/fpm/issues/2127). */
const compressionLevels = { xz: '3', zstd: '0', gzip: '6' } as const;

/** Debian's name of the architecture that a target is cross-compiled for. */
function foreign(target: Target): string | undefined {
  return target.method === 'cross' ? platforms[target.platform].deb : undefined;
}

/** Puts a call behind the changes that the distro's sources need, where they need any. */
function withRepositories({ distro: { repositories } }: Target, call: Call, architecture?: string): Call {
  const { archived, ports } = repositories;
  const options = [
    ...(archived ? ['--archived'] : []),
    ...(ports !== undefined && architecture !== undefined ? ['--ports', ports, '--arch', architecture] : []),
  ];
  if (options.length === 0) return call;
  return { scripts: ['deb/repositories', ...call.scripts], command: ['/steps/deb/repositories', ...options, '--', ...call.command] };
}

/** How a .deb is made and tried. */
export const deb: Family = {
  release(target) {
    return debRevision({ iteration: iterationOf(target), suffix: target.distro.suffix });
  },

  caches(target, platform) {
    const id = `${target.distroId}-${platforms[platform].deb}`;
    return [`type=cache,id=apt-archives-${id},target=/var/cache/apt,sharing=locked`, `type=cache,id=apt-lists-${id},target=/var/lib/apt/lists,sharing=locked`];
  },

  installBuildDependencies(target) {
    const { tools, libraries } = target.settings;
    const arch = foreign(target);
    const words = arch === undefined ? [...tools, ...libraries] : ['--arch', arch, ...tools, ...libraries.map((name) => `${name}:${arch}`)];
    const call = { scripts: ['deb/apt-install', 'deb/install-build-deps'], command: ['/steps/deb/install-build-deps', ...words] };
    return withRepositories(target, call, arch);
  },

  install(target, files) {
    return withRepositories(target, { scripts: ['deb/apt-install'], command: ['/steps/deb/apt-install', ...files] });
  },

  findDependencies(target) {
    return { scripts: ['elf-files', 'deb/depends'], command: ['/steps/deb/depends', ...dependencyArguments(target)] };
  },

  listComponents() {
    return { scripts: ['deb/components'], command: ['/steps/deb/components'] };
  },

  makePackage(target, workspace) {
    const { distro, settings, on } = target;
    const revision = deb.release(target);
    const fpm = [
      ...commonArguments(target, workspace, revision),
      ...['--iteration', revision],
      // fpm would write its own guesses of a vendor into a field that Debian does not know.
      ...['--vendor', ''],
      ...['--deb-priority', 'optional'],
      ...['--deb-compression', distro.compression, '--deb-compression-level', compressionLevels[distro.compression]],
      ...(on ? ['--depends', `${on.name} (>= ${partnerVersion(target) ?? ''})`] : []),
      ...repeated('--deb-recommends', relations(target, settings.recommends, revision)),
      ...repeated('--deb-suggests', relations(target, settings.suggests, revision)),
    ];
    return { scripts: ['compress-pages', 'deb/package'], command: ['/steps/deb/package', ...fpm] };
  },

  lint(target) {
    const waived = repeated(
      '--waive',
      target.settings.waivers.map((waiver) => waiver.tag),
    );
    return { scripts: ['deb/lint'], command: ['/steps/deb/lint', ...waived, target.artifact.file] };
  },

  testInstallation(target, needed) {
    const command = ['/steps/deb/install-test', target.artifact.file, '/recipe/install-test', ...needed];
    return withRepositories(target, { scripts: ['deb/apt-install', 'deb/install-test'], command });
  },

  installFrom(target, path, packages) {
    const command = ['/steps/deb/install-from', path, ...packages.map(({ name, revision }) => `${name}=${revision}`)];
    return withRepositories(target, { scripts: ['deb/apt-install', 'deb/install-from'], command });
  },

  repack(target, version, previous) {
    return { scripts: ['deb/repack'], command: ['/steps/deb/repack', version, target.artifact.file, ...(previous ? [previous.artifact.file] : [])] };
  },

  testUpgrade(target, from, needed) {
    const command = ['/steps/deb/upgrade', from, target.artifact.file, '/recipe/install-test', ...needed];
    return withRepositories(target, { scripts: ['deb/apt-install', 'deb/upgrade', 'owner-changes', 'traces'], command });
  },

  compareVersions(versions) {
    return { scripts: ['deb/compare-versions'], command: ['/steps/deb/compare-versions', ...versions] };
  },
};
