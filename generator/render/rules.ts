import type { Base } from '../plan/base.js';
import { dockerfilePath, folderOf, indexPath, labelOf, latest, shardPath, sharedRulesPath, unpinnedBase } from '../plan/names.js';
import type { Alias, Plan, SourceFile, Target } from '../plan/target.js';
import { makeName, quoteRecipe } from './quote.js';
import { needContext } from './steps.js';
import type { Templates } from './templates.js';
import { strictView } from './templates.js';

/** A comma ends an argument of make's $(call …), so it travels as a variable; a bracket could end the call, and nothing here has one. */
function callArgument(words: readonly string[]): string {
  const bracketed = words.find((word) => /[()]/.test(word));
  if (bracketed !== undefined) throw new Error(`Internal error: a bracket in ${JSON.stringify(bracketed)}`);
  return words.map((word) => quoteRecipe(word).replaceAll(',', '$(comma)')).join(' ');
}

/** File that must exist before a base can be used; an unpinned base has one that can never be made. */
function baseFile(base: Base): string | undefined {
  if (base.kind === 'unpinned') return unpinnedBase(base.distro);
  return base.made?.file ?? base.given;
}

/** Files besides the Dockerfile whose bytes decide what comes out: needed packages, and bases that people made themselves. */
function contents(target: Target): readonly string[] {
  return [...target.needs.map((need) => need.artifact.path), ...(target.base.given === undefined ? [] : [target.base.given])];
}

function contexts(target: Target): readonly string[] {
  const named: [string, string][] = [['base', target.base.context]];
  if (target.nativeBase) named.push(['native-base', target.nativeBase.context]);
  if (target.prebuilt) named.push(['prebuilt-base', target.prebuilt.base.context]);
  named.push(['packaging', `oci-layout://${target.packaging.folder}`], ['source', target.source.folder], ['recipe', `matrix/packages/${target.package}`]);
  for (const need of [...target.needs, ...(target.prebuilt?.needs ?? [])]) {
    named.push([needContext(need), folderOf(need.artifact.path)]);
  }
  return named.flatMap(([name, context]) => ['--build-context', `${name}=${context}`]);
}

/** What tells a shard from the others, in the names of make's variables. */
function shardName(packageId: string, label: string): string {
  return makeName(`${packageId}_${label}`);
}

function sourceView(source: SourceFile): object {
  const pin = source.sha256 === undefined ? ['--pin', `${source.version}: { source: ${source.kind}, sha256: % } # matrix/packages/${source.package}.yaml`] : [];
  const words = [...pin, source.sha256 ?? 'unpinned', source.path, source.file, ...source.addresses];
  return strictView({ name: shardName(source.package, source.version), path: makeName(source.path), arguments: callArgument(words) });
}

function targetView(target: Target): object {
  const bases = [target.base, target.nativeBase, target.prebuilt?.base].flatMap((base) => (base && baseFile(base)) ?? []);
  const prerequisites = [target.source.path, ...bases, target.packaging.file];
  return strictView({
    name: makeName(target.name),
    artifact: makeName(target.artifact.path),
    dockerfile: makeName(dockerfilePath(target.name)),
    contents: contents(target)
      .map((path) => ` ${makeName(path)}`)
      .join(''),
    prerequisites: prerequisites.map(makeName).join(' '),
    platform: callArgument([target.platform]),
    contexts: callArgument(contexts(target)),
  });
}

function names(entries: readonly { readonly name: string }[]): string {
  return entries.map(({ name }) => makeName(name)).join(' ');
}

/** Rules of the targets of one version, or of aliases alone. Other shards that they need are read with it. */
interface Shard {
  readonly package: string;
  readonly label: string;
  readonly targets: Target[];
  readonly aliases: Alias[];
}

function renderShard({ package: id, label, targets, aliases }: Shard, templates: Templates): string {
  const own = shardPath(id, label);
  const others = [...targets.flatMap((target) => target.needs), ...aliases.map((alias) => alias.target)].map((target) =>
    shardPath(target.package, labelOf(target)),
  );
  const source = targets[0]?.source;
  return templates.render(
    'rules.mk.njk',
    strictView({
      shard: shardName(id, label),
      names: names([...targets, ...aliases]),
      archived: names(targets.filter((target) => target.distro.archived)),
      resolved: label === latest && names(aliases.map((alias) => alias.target)),
      includes: [...new Set(others)]
        .filter((path) => path !== own)
        .sort()
        .map(makeName),
      source: source ? sourceView(source) : false,
      targets: targets.map(targetView),
      aliases: aliases.map((alias) => strictView({ name: makeName(alias.name), target: makeName(alias.target.name) })),
    }),
  );
}

function renderShared(plan: Plan, templates: Templates): string {
  const made = plan.bases.flatMap((base) => (base.made ? [{ ...base, made: base.made }] : []));
  const refused = new Map(plan.bases.filter((base) => base.kind === 'unpinned').map((base) => [baseFile(base), `${base.distro}: ${base.why}`]));
  for (const { given, distro } of plan.bases) {
    if (given !== undefined) refused.set(given, `BASE_${distro}: there is no ${given}; it names a folder with an OCI layout, such as scripts/bootstrap makes`);
  }
  return templates.render(
    'shared.mk.njk',
    strictView({
      bases: made.map((base) => makeName(base.made.file)).join(' '),
      made: made.map(({ made: { file, folder, arguments: words } }) => strictView({ file: makeName(file), arguments: callArgument([...words, folder]) })),
      refused: [...refused].map(([file, message]) => strictView({ file: makeName(file ?? ''), message: callArgument([message]) })),
      packagings: plan.packagings.map((packaging) =>
        strictView({
          file: makeName(packaging.file),
          folder: makeName(packaging.folder),
          prerequisites: baseFile(packaging.base) === undefined ? '' : `${makeName(baseFile(packaging.base) ?? '')} `,
          platform: callArgument([packaging.base.platform]),
          context: callArgument([`base=${packaging.base.context}`]),
        }),
      ),
    }),
  );
}

/** The rules of a plan: one file per package version, which make reads only when it is asked for one of its targets, and one for all. */
export function renderRules(plan: Plan, templates: Templates): ReadonlyMap<string, string> {
  const shards = new Map<string, Shard>();
  const shardOf = (id: string, label: string): Shard => {
    const path = shardPath(id, label);
    const shard = shards.get(path) ?? { package: id, label, targets: [], aliases: [] };
    shards.set(path, shard);
    return shard;
  };
  for (const target of plan.targets) shardOf(target.package, labelOf(target)).targets.push(target);
  for (const alias of plan.aliases) shardOf(alias.package, alias.label).aliases.push(alias);
  return new Map([
    ...[...shards].map(([path, shard]): [string, string] => [path, renderShard(shard, templates)]),
    [sharedRulesPath, renderShared(plan, templates)],
    [indexPath, templates.render('index.mk.njk', strictView({ shards: [...shards.keys()].sort() }))],
  ]);
}
