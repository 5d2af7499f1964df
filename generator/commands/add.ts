import { digestFile } from '../io/read.js';
import { temporaryFolder } from '../io/temporary-folder.js';
import type { Release } from '../model/add-version.js';
import { suggest } from '../model/nearest.js';
import type { PackageFile } from '../model/package.js';
import { Version } from '../model/text.js';
import type { Arrival } from '../plan/difference.js';
import { describeArrival } from '../plan/difference.js';
import { sourceFolder } from '../plan/names.js';
import { sourceFile } from '../plan/source.js';
import { comparePublished } from './compare-published.js';
import type { Edit } from './edit-package.js';
import { editPackage, writeEdit } from './edit-package.js';
import type { FetchOptions } from './fetch-source.js';
import { fetchSource, fetchStatus } from './fetch-source.js';
import { UserError } from './user-error.js';
import { openWorkspace } from './workspace.js';

/** The version to add, and where its source may come from. With `replaces` it takes the row of that version. */
export interface AddOptions extends Arrival, FetchOptions {
  /** A kind of source; without it the recipe's kinds are tried in their order. */
  readonly source?: string | undefined;
  /** What upstream's tag stands for. */
  readonly commit?: string | undefined;
}

function say(...lines: readonly string[]): void {
  process.stderr.write(`packmill: ${lines.join('\n  ')}\n`);
}

function refuse(message: string, hint: string | undefined): never {
  throw new UserError(`packmill: ${message}\n${hint === undefined ? '' : `  ${hint}\n`}`);
}

/** The recipe of the package that is meant, unless something about the question is wrong. */
function findRecipe(packages: ReadonlyMap<string, PackageFile>, { package: id, version, source }: AddOptions): PackageFile {
  if (id === '' || version === '') refuse('which version of which package?', 'make add PACKAGE=erlang VERSION=27.3.4.1');
  const recipe = packages.get(id);
  if (!recipe) refuse(`unknown package "${id}"`, suggest(id, packages.keys()));
  const parsed = Version.safeParse(version);
  const bare = version.replace(/^\D+/, '');
  const meant = Version.safeParse(bare).success ? `did you mean "${bare}"?` : undefined;
  if (!parsed.success) refuse(`"${version}" is not a version: ${parsed.error.issues[0]?.message ?? ''}`, meant);
  const kinds = Object.keys(recipe.sources);
  if (source !== undefined && !kinds.includes(source)) refuse(`unknown source "${source}" of ${id}`, suggest(source, kinds));
  return recipe;
}

/** Adds a version: fetches its source, pins it, puts a row into the package's file and generates. All or nothing; gives the exit status. */
export async function add(options: AddOptions): Promise<number> {
  const { package: id, version } = options;
  const before = openWorkspace();
  const recipe = findRecipe(before.matrix.packages, options);
  // A version that takes the row of another is built from the same kind of source, if that has it.
  const usual = options.replaces === undefined ? undefined : recipe.versions[options.replaces]?.source;
  const kinds = options.source === undefined ? [...new Set([...(usual === undefined ? [] : [usual]), ...Object.keys(recipe.sources)])] : [options.source];
  const edit = (pin: Release): Edit => editPackage(options, options.commit === undefined ? pin : { ...pin, commit: options.commit });
  // What stands in the way is told before anything is fetched.
  for (const source of kinds) edit({ source });
  const folder = temporaryFolder(`${sourceFolder(id, undefined)}-`);
  const statuses: number[] = [];
  for (const kind of kinds) {
    const source = sourceFile(id, recipe, version, { source: kind });
    const file = `${folder}/${source.file}`;
    const status = await fetchSource(source, file, options);
    statuses.push(status);
    if (status !== 0) continue;
    const sha256 = digestFile(file);
    const compared = await comparePublished(source, sha256);
    if (compared === undefined) {
      say(`${source.file} is not what upstream published: it has sha256 ${sha256}, and ${source.checksums ?? ''} another; nothing was changed`);
      return fetchStatus.wrong;
    }
    // Read again: somebody may have edited the file during the download.
    const edited = edit({ source: kind, sha256 });
    await writeEdit(edited, file, sourceFile(id, recipe, version, { source: kind, sha256 }).path);
    say(compared);
    say(...describeArrival(options, before.plan, edited.workspace.plan));
    return 0;
  }
  const files = new Set(kinds.map((kind) => sourceFile(id, recipe, version, { source: kind }).file));
  say(
    `${id} ${version} was not added: its source could not be had`,
    `If upstream has such a version, put ${[...files].join(' or ')} into a folder and set SOURCE_MIRROR to it, or to an address that has it.`,
  );
  return statuses.includes(fetchStatus.wrong) ? fetchStatus.wrong : fetchStatus.infrastructure;
}
