import type { Base } from '../plan/base.js';
import { dockerfilePath, indexPath, shardPath, sharedRulesPath } from '../plan/names.js';
import type { Plan, SourceFile, Target } from '../plan/target.js';
import { makeName, quoteRecipe } from './quote.js';
import type { Templates } from './templates.js';
import { strictView } from './templates.js';

/** A comma ends an argument of make's $(call …), so it travels as a variable. */
function callArgument(words: readonly string[]): string {
  return words.map((word) => quoteRecipe(word).replaceAll(',', '$(comma)')).join(' ');
}

/** File that must exist before a base can be used; an unpinned base has one that can never be made. */
function baseFile(base: Base): string | undefined {
  if (base.kind === 'unpinned') return `out/bases/${base.distro}-unpinned`;
  return base.made?.file;
}

function contexts(target: Target): readonly string[] {
  const named: [string, string][] = [['base', target.base.context]];
  if (target.nativeBase) named.push(['native-base', target.nativeBase.context]);
  named.push(['packaging', `oci-layout://${target.packaging.folder}`], ['source', target.source.folder], ['recipe', `matrix/packages/${target.package}`]);
  for (const need of target.needs) named.push([`need-${need.package}`, need.artifact.path.slice(0, need.artifact.path.lastIndexOf('/'))]);
  return named.flatMap(([name, context]) => ['--build-context', `${name}=${context}`]);
}

function sourceView(source: SourceFile): object {
  const words = [source.sha256 ?? 'unpinned', source.path, source.file, ...source.addresses];
  return strictView({ variable: makeName(`source.${source.package}_${source.version}`), path: makeName(source.path), arguments: callArgument(words) });
}

function targetView(target: Target): object {
  const bases = [target.base, ...(target.nativeBase ? [target.nativeBase] : [])].flatMap((base) => baseFile(base) ?? []);
  const prerequisites = [target.source.path, ...bases, target.packaging.file];
  return strictView({
    name: makeName(target.name),
    artifact: makeName(target.artifact.path),
    dockerfile: makeName(dockerfilePath(target.name)),
    needs: target.needs.map((need) => ` ${makeName(need.artifact.path)}`).join(''),
    prerequisites: prerequisites.map(makeName).join(' '),
    platform: callArgument([target.platform]),
    contexts: callArgument(contexts(target)),
  });
}

function renderShard(path: string, targets: readonly Target[], templates: Templates): string {
  const sources = [...new Set(targets.map((target) => target.source))];
  const view = { title: path, names: targets.map((target) => makeName(target.name)).join(' '), sources: sources.map(sourceView), targets: targets.map(targetView) };
  return templates.render('rules.mk.njk', strictView(view));
}

function renderShared(plan: Plan, templates: Templates): string {
  const made = plan.bases.flatMap((base) => (base.made ? [{ ...base, made: base.made }] : []));
  const unpinned = new Map(plan.bases.filter((base) => base.kind === 'unpinned').map((base) => [base.distro, base]));
  const packagingBase = baseFile(plan.packaging.base);
  return templates.render(
    'shared.mk.njk',
    strictView({
      bases: made.map((base) => makeName(base.made.file)).join(' '),
      made: made.map(({ made: { file, folder, arguments: words } }) => strictView({ file: makeName(file), arguments: callArgument([...words, folder]) })),
      unpinned: [...unpinned.values()].map((base) => strictView({ file: makeName(baseFile(base) ?? ''), message: callArgument([`${base.distro}: ${base.why}`]) })),
      packaging: strictView({
        file: makeName(plan.packaging.file),
        folder: makeName(plan.packaging.folder),
        prerequisites: packagingBase === undefined ? '$(setup)' : makeName(packagingBase),
        platform: callArgument([plan.packaging.base.platform]),
        context: callArgument([`base=${plan.packaging.base.context}`]),
      }),
    }),
  );
}

/** The rules of a plan: one file per package version, which make reads only when it is asked for one of its targets, and one for all. */
export function renderRules(plan: Plan, templates: Templates): ReadonlyMap<string, string> {
  const shards = new Map<string, Target[]>();
  for (const target of plan.targets) {
    const path = shardPath(target.package, target.version);
    const shard = shards.get(path);
    if (shard) shard.push(target);
    else shards.set(path, [target]);
  }
  const files = new Map<string, string>();
  for (const [path, targets] of shards) files.set(path, renderShard(path, targets, templates));
  files.set(sharedRulesPath, renderShared(plan, templates));
  files.set(indexPath, templates.render('index.mk.njk', strictView({ shards: [...shards.keys()].sort() })));
  return files;
}
