import type { WorkspaceFile } from '../model/workspace.js';
import { packageArchitecture, packageIteration, packageVersion } from '../plan/names.js';
import type { Target } from '../plan/target.js';

/** An option once for each value. */
export function repeated(flag: string, values: readonly string[]): readonly string[] {
  return values.flatMap((value) => [flag, value]);
}

/** Version of the target, as its package format writes it. */
export function fullVersion(target: Target): string {
  return (target.settings.epoch > 0 ? `${String(target.settings.epoch)}:` : '') + packageVersion(target.version);
}

/** Relations of the recipe, with the version and the release of the package that is built filled in. */
export function relations(target: Target, values: readonly string[], release: string): readonly string[] {
  return values.map((value) => value.replaceAll('{version}', fullVersion(target)).replaceAll('{release}', release));
}

/** Version of the package that a target is built on; newer ones of it run what was built on older ones. */
export function partnerVersion({ on }: Target): string | undefined {
  return on && `${on.epoch > 0 ? `${String(on.epoch)}:` : ''}${packageVersion(on.version)}`;
}

/** The part of a package's iteration that no distro's suffix is in. */
export function iterationOf(target: Target): string {
  return packageIteration(target.iteration, target.on);
}

/**
 * Arguments of the step that runs fpm, as far as they are the same for every package format and known before the build.
 * What each flag does in which format: https://fpm.readthedocs.io/en/latest/cli-reference.html
 */
export function commonArguments(target: Target, workspace: WorkspaceFile, release: string): readonly string[] {
  const { recipe, settings, distro } = target;
  const architecture = packageArchitecture(distro.format, recipe.architecture === 'all' ? undefined : target.platform);
  return [
    ...['--license', recipe.license],
    ...repeated('--notice', recipe.notices),
    ...['--package', target.artifact.file],
    ...['--name', recipe.name],
    ...['--version', packageVersion(target.version)],
    ...(settings.epoch > 0 ? ['--epoch', String(settings.epoch)] : []),
    ...['--architecture', architecture],
    ...['--maintainer', workspace.maintainer],
    ...['--url', recipe.homepage],
    ...['--category', recipe.section],
    ...['--description', [recipe.summary, ...recipe.description].join('\n')],
    ...repeated('--depends', relations(target, settings.depends, release)),
    ...repeated('--conflicts', relations(target, settings.conflicts, release)),
    ...repeated('--replaces', relations(target, settings.replaces, release)),
    ...repeated('--provides', relations(target, settings.provides, release)),
  ];
}

/** The options of the step that finds dependencies, the same for every package format. */
export function dependencyArguments({ recipe, settings }: Target): readonly string[] {
  return ['--copyright', recipe.copyright, ...settings.recommended_files.flatMap((glob) => ['--recommends', `/${glob}`])];
}
