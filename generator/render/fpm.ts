import type { WorkspaceFile } from '../model/workspace.js';
import { platforms } from '../model/text.js';
import { packageRevision, packageVersion } from '../plan/names.js';
import type { Target } from '../plan/target.js';

/** Sizes and times of these levels are in bench/README.md. fpm negates a zstd level, so 0 stands for zstd's own 3 (https://github.com/jordansissel/fpm/issues/2127). */
const compressionLevels = { xz: '3', zstd: '0', gzip: '6' } as const;

function repeated(flag: string, values: readonly string[]): readonly string[] {
  return values.flatMap((value) => [flag, value]);
}

/**
 * Arguments of the step that runs fpm: all that is known before the build. Dependencies that come from the built files
 * are added by the step. What each flag does in which format: https://fpm.readthedocs.io/en/latest/cli-reference.html
 */
export function fpmArguments(target: Target, workspace: WorkspaceFile): readonly string[] {
  const { recipe, settings, distro } = target;
  return [
    ...['--license', recipe.license],
    ...repeated('--notice', recipe.notices),
    ...['--package', target.artifact.file],
    ...['--name', recipe.name],
    ...['--version', packageVersion(target.version)],
    ...['--iteration', packageRevision(target.iteration, distro.suffix)],
    ...(recipe.epoch > 0 ? ['--epoch', String(recipe.epoch)] : []),
    ...['--architecture', platforms[target.platform].deb],
    ...['--maintainer', workspace.maintainer],
    // fpm would write its own guesses of a vendor into a field that Debian does not know.
    ...['--vendor', ''],
    ...['--url', recipe.homepage],
    ...['--category', recipe.section],
    ...['--description', [recipe.summary, ...recipe.description].join('\n')],
    ...['--deb-priority', 'optional'],
    ...['--deb-compression', distro.compression, '--deb-compression-level', compressionLevels[distro.compression]],
    ...repeated('--depends', settings.depends),
    ...repeated('--deb-recommends', settings.recommends),
    ...repeated('--deb-suggests', settings.suggests),
    ...repeated('--conflicts', settings.conflicts),
    ...repeated('--replaces', settings.replaces),
    ...repeated('--provides', settings.provides),
  ];
}
