import type { Matrix } from '../model/matrix.js';
import type { Plan } from '../plan/target.js';
import { platformName } from '../plan/names.js';
import { makeName } from './quote.js';
import type { Templates } from './templates.js';
import { strictView } from './templates.js';

function words(names: Iterable<string>): string {
  return [...new Set(names)].sort().map(makeName).join(' ');
}

/** The Makefile: the names that goals and filters are checked against, then Makefile.in as people wrote it. */
export function renderMakefile(matrix: Matrix, plan: Plan, makefileIn: string, templates: Templates): string {
  const cells = [...plan.targets, ...plan.exclusions];
  const aliases = [...matrix.distros].flatMap(([distro, { aliases: names }]) =>
    names.map((name) => strictView({ name: makeName(name), distro: makeName(distro) })),
  );
  return templates.render(
    'Makefile.njk',
    strictView({
      packages: words(matrix.packages.keys()),
      versions: words(cells.map((cell) => `${cell.package}_${cell.version}`)),
      distros: words(matrix.distros.keys()),
      platforms: words(cells.map((cell) => platformName(cell.platform))),
      aliases,
      makefileIn: makefileIn.trimEnd(),
    }),
  );
}
