import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';

import { execa } from 'execa';

import { digestFile, readText } from '../io/read.js';
import { LookUpError, readPublished } from '../io/upstream.js';
import { replaceFile } from '../io/write.js';
import type { Release } from '../model/add-version.js';
import { addVersion, replaceVersion } from '../model/add-version.js';
import { suggest } from '../model/nearest.js';
import type { PackageFile } from '../model/package.js';
import { Version } from '../model/text.js';
import { sourceFolder } from '../plan/names.js';
import { sourceFile } from '../plan/source.js';
import type { SourceFile } from '../plan/target.js';
import { renderProblems } from '../render/problems.js';
import { generate } from './generate.js';
import { UserError } from './user-error.js';
import type { Workspace } from './workspace.js';
import { openWorkspace } from './workspace.js';

/** The version to add, and where its source may come from. */
export interface AddOptions {
  readonly package: string;
  readonly version: string;
  /** A kind of source; without it the recipe's kinds are tried in their order. */
  readonly source?: string | undefined;
  /** A folder or address that is tried before the recipe's addresses. */
  readonly mirror?: string | undefined;
  readonly offline: boolean;
  /** A version of the matrix whose row the new one takes. */
  readonly replaces?: string | undefined;
  /** What upstream's tag stands for. */
  readonly commit?: string | undefined;
}

/** What `scripts/fetch` says with its exit status, beside 0. */
const fetchStatus = { wrong: 1, infrastructure: 75 } as const;

function say(...lines: readonly string[]): void {
  process.stderr.write(`packmill: ${lines.join('\n  ')}\n`);
}

function refuse(message: string, hint: string | undefined): never {
  throw new UserError(`packmill: ${message}\n${hint === undefined ? '' : `  ${hint}\n`}`);
}

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

interface Edit {
  readonly path: string;
  readonly old: string;
  readonly text: string;
  readonly workspace: Workspace;
}

/** The package file with the version in it, and what the workspace would then be. Writes nothing. */
function edit({ package: id, version, replaces, commit }: AddOptions, pin: Release): Edit {
  const release = commit === undefined ? pin : { ...pin, commit };
  const path = `matrix/packages/${id}.yaml`;
  const old = readText(path);
  if (old.includes('\ufffd')) refuse(`${path} is not in UTF-8`, 'save it in UTF-8 first');
  const added = replaces === undefined ? addVersion(path, old, version, release) : replaceVersion(path, old, replaces, version, release);
  if (!added.ok) throw new UserError(renderProblems(added.problems));
  return { path, old, text: added.value, workspace: openWorkspace(new Map([[path, added.value]])) };
}

/** A folder that is gone when this process ends, unless it is killed outright. */
function temporaryFolder(prefix: string): string {
  mkdirSync(dirname(prefix), { recursive: true });
  const folder = mkdtempSync(prefix);
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  return folder;
}

/** Gives scripts/fetch's exit status: 0 when the file is there. It says itself what it tried. */
async function fetch(source: SourceFile, file: string, { mirror, offline }: AddOptions): Promise<number> {
  const options = [...(mirror === undefined ? [] : ['--mirror', mirror]), ...(offline ? ['--offline'] : [])];
  const words = [...options, '--any', 'unpinned', file, source.file, ...source.addresses];
  const { exitCode, shortMessage } = await execa('scripts/fetch', words, { stdin: 'ignore', stdout: 'inherit', stderr: 'inherit', reject: false });
  if (exitCode === undefined || ![0, ...Object.values(fetchStatus)].includes(exitCode)) refuse('scripts/fetch did not end as it should', shortMessage);
  return exitCode;
}

/** Writes the package file and what is generated from it, and keeps the source where the build looks for it. When that fails, the file is as it was. */
async function write({ path, old, text }: Edit, fetched: string, kept: string): Promise<void> {
  const file = realpathSync(path);
  replaceFile(file, text);
  try {
    await generate();
    mkdirSync(dirname(kept), { recursive: true });
    renameSync(fetched, kept);
  } catch (error) {
    replaceFile(file, old);
    await generate().catch(() => undefined);
    throw error;
  }
}

/** How many targets have come, and the first of them; for a version that took the row of another also those that have gone. */
function describe({ package: id, version, replaces }: AddOptions, before: Workspace, after: Workspace): readonly string[] {
  const names = ({ plan }: Workspace): ReadonlySet<string> => new Set(plan.targets.map((target) => target.name));
  const [known, now] = [names(before), names(after)];
  const come = after.plan.targets.filter((target) => !known.has(target.name));
  const inGroups = come.filter((target) => target.byName === undefined);
  const byName = inGroups.length < come.length ? `, ${String(come.length - inGroups.length)} of them in no group` : '';
  if (replaces !== undefined) {
    const gone = [...known].filter((name) => !now.has(name));
    const told = [...come.map((target) => `+ ${target.name}`), ...gone.map((name) => `- ${name}`)];
    return [`${id} ${replaces} is ${version} now: ${String(come.length)} targets appear${byName}, ${String(gone.length)} disappear`, ...told];
  }
  const all = [...inGroups, ...come.filter((target) => target.byName !== undefined)].map((target) => target.name);
  const list = `make list PACKAGE=${id} VERSION=${version}${inGroups.length < come.length ? ' FULL=1' : ''}`;
  if (all.length === 0) return [`added ${id} ${version}: no new target; ${list} EXCLUDED=1 shows why`];
  const shown = all.slice(0, 3);
  const more = all.length > shown.length ? [`and ${String(all.length - shown.length)} more: ${list}`] : [];
  return [`added ${id} ${version}: ${String(all.length)} new ${all.length === 1 ? 'target' : 'targets'}${byName}`, ...shown, ...more];
}

/** Compares a file with the checksum that upstream publishes, where it does. Gives what there is to say, or undefined when they differ. */
async function comparePublished(source: SourceFile, sha256: string): Promise<string | undefined> {
  // What lies in the matrix has no upstream.
  if (source.addresses.every((address) => address.startsWith('matrix:'))) return `${source.file} has sha256 ${sha256}`;
  const sums = source.checksums;
  if (sums === undefined) return `${source.file} (${source.kind}) has sha256 ${sha256}; compare it with what upstream published`;
  let text: string;
  try {
    text = await readPublished(sums);
  } catch (error) {
    if (!(error instanceof LookUpError)) throw error;
    return `${source.file} (${source.kind}) has sha256 ${sha256}; upstream's own checksums could not be read, compare it yourself: ${error.message}`;
  }
  const line = text
    .split('\n')
    .map((one) => /^([0-9a-fA-F]{64}) [ *](.+)$/.exec(one.trimEnd()))
    .find((match) => match?.[2] === source.file);
  if (!line) return `${source.file} (${source.kind}) has sha256 ${sha256}; upstream's checksums do not name it`;
  return line[1]?.toLowerCase() === sha256 ? `${source.file} (${source.kind}) has the sha256 that upstream published: ${sha256}` : undefined;
}

/** Adds a version: fetches its source, pins it, puts a row into the package's file and generates. All or nothing; gives the exit status. */
export async function add(options: AddOptions): Promise<number> {
  const { package: id, version } = options;
  const before = openWorkspace();
  const recipe = findRecipe(before.matrix.packages, options);
  // A version that takes the row of another is built from the same kind of source, if that has it.
  const usual = options.replaces === undefined ? undefined : recipe.versions[options.replaces]?.source;
  const kinds = options.source === undefined ? [...new Set([...(usual === undefined ? [] : [usual]), ...Object.keys(recipe.sources)])] : [options.source];
  // What stands in the way is told before anything is fetched.
  for (const source of kinds) edit(options, { source });
  const folder = temporaryFolder(`${sourceFolder(id, undefined)}-`);
  const statuses: number[] = [];
  for (const kind of kinds) {
    const source = sourceFile(id, recipe, version, { source: kind });
    const file = `${folder}/${source.file}`;
    const status = await fetch(source, file, options);
    statuses.push(status);
    if (status !== 0) continue;
    const sha256 = digestFile(file);
    const compared = await comparePublished(source, sha256);
    if (compared === undefined) {
      say(`${source.file} is not what upstream published: it has sha256 ${sha256}, and ${source.checksums ?? ''} another; nothing was changed`);
      return fetchStatus.wrong;
    }
    // Read again: somebody may have edited the file during the download.
    const edited = edit(options, { source: kind, sha256 });
    await write(edited, file, sourceFile(id, recipe, version, { source: kind, sha256 }).path);
    say(compared);
    say(...describe(options, before, edited.workspace));
    return 0;
  }
  const files = new Set(kinds.map((kind) => sourceFile(id, recipe, version, { source: kind }).file));
  say(
    `${id} ${version} was not added: its source could not be had`,
    `If upstream has such a version, put ${[...files].join(' or ')} into a folder and set SOURCE_MIRROR to it, or to an address that has it.`,
  );
  return statuses.includes(fetchStatus.wrong) ? fetchStatus.wrong : fetchStatus.infrastructure;
}
