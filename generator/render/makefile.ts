import type { Matrix } from '../model/matrix.js';
import { seriesOf } from '../model/version.js';
import { findBuilder } from '../plan/builders.js';
import { labelOf, platformName } from '../plan/names.js';
import type { Plan, Target } from '../plan/target.js';
import { engineOf } from './builders.js';
import { makeName } from './quote.js';
import type { Templates } from './templates.js';
import { strictView } from './templates.js';

function words(names: Iterable<string>): string {
  return [...new Set(names)].sort().map(makeName).join(' ');
}

/** `erlang_27`, `erlang_27.3` and so on; `elixir_1.18.3` too, as there is a build of it for several versions of another package. */
function seriesNames(target: Target): readonly string[] {
  const series = [...seriesOf(target.version), ...(target.on ? [target.version] : [])];
  return series.map((name) => `${target.package}_${name}`);
}

function versionName(target: Target): string {
  return `${target.package}_${labelOf(target)}`;
}

/** Versions that nobody gets without naming them, on distros that are there for everybody. */
function archivedVersions(plan: Plan): readonly string[] {
  const current = new Set(plan.targets.filter((target) => target.byName === undefined).map(versionName));
  return plan.targets.filter((target) => !target.distro.archived && !current.has(versionName(target))).map(versionName);
}

/** Name of the variable in which people list the versions that `custom` builds. */
function versionsVariable(name: string): string {
  return `${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_VERSIONS`;
}

/** The Makefile: the names that goals and filters are checked against, then Makefile.in as people wrote it. */
export function renderMakefile(matrix: Matrix, plan: Plan, makefileIn: string, templates: Templates): string {
  const cells = [...plan.targets, ...plan.exclusions];
  const distroNames = [...new Set([...matrix.distros.keys()].map((id) => id.replace(/_.*/, '')))].sort();
  const platforms = [...new Set([...matrix.distros.values()].flatMap((distro) => distro.platforms))];
  return templates.render(
    'Makefile.njk',
    strictView({
      packages: words(matrix.packages.keys()),
      versions: words([...plan.targets.map(versionName), ...plan.exclusions.map((cell) => `${cell.package}_${cell.label}`)]),
      series: words(plan.targets.flatMap(seriesNames)),
      archived: words(archivedVersions(plan)),
      distros: words(matrix.distros.keys()),
      distroNames: words(distroNames),
      platforms: words(cells.map((cell) => platformName(cell.platform))),
      aliases: [...matrix.distros].flatMap(([distro, { aliases }]) => aliases.map((name) => strictView({ name: makeName(name), distro: makeName(distro) }))),
      selections: [...matrix.packages.keys(), ...distroNames].map((name) => strictView({ name: makeName(name), variable: versionsVariable(name) })),
      partners: [...matrix.packages].flatMap(([id, { built_on }]) =>
        built_on ? [strictView({ package: makeName(id), partner: makeName(built_on.package) })] : [],
      ),
      builders: platforms.flatMap((platform) => {
        const engine = engineOf(matrix, findBuilder(matrix, platform));
        if (engine === undefined) return [];
        return [strictView({ kind: engine.kind, name: platformName(platform), builder: makeName(engine.name) })];
      }),
      makefileIn: makefileIn.trimEnd(),
    }),
  );
}
