import type { Base } from '../plan/base.js';
import { dockerfilePath, indexPath, shardPath, sharedRulesPath, unpinnedBase } from '../plan/names.js';
import type { Plan, SourceFile, Target } from '../plan/target.js';
import { makeName, quoteRecipe } from './quote.js';
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
  return base.made?.file;
}

function contexts(target: Target): readonly string[] {
  const named: [string, string][] = [['base', target.base.context]];
  if (target.nativeBase) named.push(['native-base', target.nativeBase.context]);
  named.push(['packaging', `oci-layout://${target.packaging.folder}`], ['source', target.source.folder], ['recipe', `matrix/packages/${target.package}`]);
  for (const need of target.needs) named.push([`need-${need.package}`, need.artifact.path.slice(0, need.artifact.path.lastIndexOf('/'))]);
  return named.flatMap(([name, context]) => ['--build-context', `${name}=${context}`]);
}

function versionName({ package: packageId, version }: SourceFile): string {
  return makeName(`${packageId}_${version}`);
}

function sourceView(source: SourceFile): object {
  const pin = source.sha256 === undefined ? ['--pin', `${source.version}: { source: ${source.kind}, sha256: % } # matrix/packages/${source.package}.yaml`] : [];
  const words = [...pin, source.sha256 ?? 'unpinned', source.path, source.file, ...source.addresses];
  return strictView({ path: makeName(source.path), arguments: callArgument(words) });
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

function renderShard(source: SourceFile, targets: readonly Target[], templates: Templates): string {
  const names = targets.map((target) => makeName(target.name)).join(' ');
  return templates.render('rules.mk.njk', strictView({ version: versionName(source), names, source: sourceView(source), targets: targets.map(targetView) }));
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
      unpinned: [...unpinned.values()].map((base) =>
        strictView({ file: makeName(baseFile(base) ?? ''), message: callArgument([`${base.distro}: ${base.why}`]) }),
      ),
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
  // Targets of one version share its source, and no others do.
  const versions = new Map<SourceFile, Target[]>();
  for (const target of plan.targets) {
    const targets = versions.get(target.source);
    if (targets) targets.push(target);
    else versions.set(target.source, [target]);
  }
  const shards = new Map([...versions].map(([source, targets]) => [shardPath(source.package, source.version), renderShard(source, targets, templates)]));
  return new Map([
    ...shards,
    [sharedRulesPath, renderShared(plan, templates)],
    [indexPath, templates.render('index.mk.njk', strictView({ shards: [...shards.keys()].sort() }))],
  ]);
}
