import { platforms } from '../model/text.js';
import type { Target } from '../plan/target.js';
import type { Family } from './family.js';
import { commonArguments, dependencyArguments, iterationOf, partnerVersion, relations, repeated } from './fpm.js';

/** As for a .deb; these are the compressors' own numbers, as no fpm stands between. */
const compressionLevels = { xz: '3', zstd: '3', gzip: '6' } as const;

/** The package manager and what its repositories need: the first arguments of every script that installs. */
function manager({ distro: { package_manager, repositories } }: Target): readonly string[] {
  const { enable, add, mirror } = repositories;
  return [package_manager, ...repeated('--enable', enable), ...repeated('--add', add), ...(mirror === undefined ? [] : ['--mirror', mirror])];
}

/** How an .rpm is made and tried. */
export const rpm: Family = {
  release(target) {
    return `${iterationOf(target)}.${target.distro.suffix}`;
  },

  caches(target, platform) {
    const id = `${target.distroId}-${platforms[platform].rpm}`;
    const folders = { dnf: 'dnf', dnf5: 'libdnf5', yum: 'yum', apt: 'apt' } as const;
    const folder = folders[target.distro.package_manager];
    return [`type=cache,id=${folder}-${id},target=/var/cache/${folder},sharing=locked`];
  },

  installBuildDependencies(target) {
    const { tools, libraries } = target.settings;
    const command = ['/steps/rpm/install-build-deps', ...manager(target), '--', ...tools, ...libraries];
    return { scripts: ['rpm/install', 'rpm/install-build-deps'], command };
  },

  install(target, files) {
    return { scripts: ['rpm/install'], command: ['/steps/rpm/install', ...manager(target), '--', ...files] };
  },

  findDependencies(target) {
    return { scripts: ['elf-files', 'rpm/depends'], command: ['/steps/rpm/depends', ...dependencyArguments(target)] };
  },

  listComponents() {
    return { scripts: ['rpm/components'], command: ['/steps/rpm/components'] };
  },

  makePackage(target, workspace) {
    const { distro, settings, on } = target;
    const release = rpm.release(target);
    const fpm = [
      ...commonArguments(target, workspace, release),
      ...['--iteration', iterationOf(target), '--rpm-dist', distro.suffix],
      ...['--vendor', workspace.vendor ?? workspace.maintainer.replace(/ <.*/, '')],
      ...['--rpm-os', 'linux', '--rpm-digest', distro.digest, '--rpm-compression', distro.compression],
      ...['--rpm-compression-level', compressionLevels[distro.compression]],
      ...(on ? ['--depends', `${on.name} >= ${partnerVersion(target) ?? ''}`] : []),
      ...(distro.weak_dependencies
        ? [
            '--weak-dependencies',
            'yes',
            ...repeated('--recommends', relations(target, settings.recommends, release)),
            ...repeated('--suggests', relations(target, settings.suggests, release)),
          ]
        : []),
    ];
    return { scripts: ['compress-pages', 'rpm/package'], command: ['/steps/rpm/package', ...fpm] };
  },

  lint(target) {
    const waived = repeated(
      '--waive',
      target.settings.waivers.map((waiver) => waiver.tag),
    );
    return { scripts: ['rpm/lint'], command: ['/steps/rpm/lint', ...waived, target.artifact.file] };
  },

  testInstallation(target, needed) {
    const command = ['/steps/rpm/install-test', ...manager(target), '--', target.artifact.file, '/recipe/install-test', ...needed];
    return { scripts: ['rpm/install', 'rpm/install-test'], command };
  },

  installFrom(target, path, packages) {
    const words = packages.map(({ name, revision }) => `${name}-${revision}`);
    return { scripts: ['rpm/install', 'rpm/install-from'], command: ['/steps/rpm/install-from', path, ...manager(target), '--', ...words] };
  },

  repack(target, version, previous) {
    return { scripts: ['rpm/repack'], command: ['/steps/rpm/repack', version, target.artifact.file, ...(previous ? [previous.artifact.file] : [])] };
  },

  testUpgrade(target, from, needed) {
    const command = ['/steps/rpm/upgrade', ...manager(target), '--', from, target.artifact.file, '/recipe/install-test', ...needed];
    return { scripts: ['rpm/install', 'rpm/upgrade', 'owner-changes', 'traces'], command };
  },

  compareVersions(versions) {
    return { scripts: ['rpm/compare-versions'], command: ['/steps/rpm/compare-versions', ...versions] };
  },
};
