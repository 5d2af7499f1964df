import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { makeFolder } from './folder.js';
import { digestFile, readText } from './read.js';

/** What was written last time: so that nothing is pruned that was not made here, and an unchanged tree costs only stats. */
interface Manifest {
  readonly inputs: string;
  /** By path: what the file looked like, and the key that it was rendered under. */
  readonly files: Readonly<Record<string, readonly [stamp: string, key: string]>>;
}

/** Where generated files are remembered; whoever writes other files names another place. */
export const manifestPath = 'out/rules/manifest.json';

/** How the files on disk differ from what a plan says. */
export interface Difference {
  readonly path: string;
  readonly kind: 'missing' | 'changed' | 'stale';
}

function readManifest(manifest: string): Manifest {
  try {
    return { inputs: '', files: {}, ...(JSON.parse(readText(manifest)) as Partial<Manifest> | null) };
  } catch (error) {
    // A first run, or a manifest cut short by a crash: everything is compared and written as needed.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return { inputs: '', files: {} };
    throw error;
  }
}

/** Tells a file from what may be in its place later, without reading it: its date and size. The Makefile's date is make's, which wants it new: there the bytes count. */
function stamp(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 'missing';
  return path === 'Makefile' ? digestFile(path) : `${String(stat.mtimeMs)} ${String(stat.size)}`;
}

/** Whether nothing has changed since the last write: neither the inputs nor any file that was written. */
export function isUnchanged(inputs: string, manifest = manifestPath): boolean {
  const written = readManifest(manifest);
  if (written.inputs !== inputs) return false;
  return Object.entries(written.files).every(([path, [stamped]]) => stamp(path) === stamped);
}

/** Of the files with a key, those that were written under the same key and are as they were written: rendering them again would give the same bytes. */
export function findCurrent(keys: ReadonlyMap<string, string>, manifest = manifestPath): ReadonlySet<string> {
  const { files } = readManifest(manifest);
  const isCurrent = (path: string, key: string): boolean => files[path]?.[1] === key && files[path][0] === stamp(path);
  return new Set([...keys].filter(([path, key]) => isCurrent(path, key)).map(([path]) => path));
}

/** The differences between the files and what they should be, in path order; files that were once written and are no longer wanted are stale. Of current files there is no text. */
export function compareFiles(files: ReadonlyMap<string, string>, current: ReadonlySet<string> = new Set(), manifest = manifestPath): readonly Difference[] {
  const differences: Difference[] = [];
  for (const [path, text] of files) {
    if (!existsSync(path)) differences.push({ path, kind: 'missing' });
    else if (readText(path) !== text) differences.push({ path, kind: 'changed' });
  }
  for (const path of Object.keys(readManifest(manifest).files)) {
    if (!files.has(path) && !current.has(path) && existsSync(path)) differences.push({ path, kind: 'stale' });
  }
  return differences.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Puts text under a path in one step: a reader, or a crash, sees the old file or the new one. Where that fails, nothing is left of it. */
export function replaceFile(path: string, text: string): void {
  makeFolder(dirname(path));
  const temporary = `${path}.${String(process.pid)}.new`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** What a later run needs to know of this one: the digest of its inputs, the keys of its files, and which of them are current and so not rendered. */
export interface Run {
  readonly inputs: string;
  readonly keys: ReadonlyMap<string, string>;
  readonly current: ReadonlySet<string>;
}

/** Writes what differs, removes what is stale, remembers the rest; gives what was done. */
export function writeFiles(files: ReadonlyMap<string, string>, { inputs, keys, current }: Run, manifest = manifestPath): readonly Difference[] {
  const differences = compareFiles(files, current, manifest);
  const written = readManifest(manifest).files;
  // Names first: a run that dies half-way still knows what it may prune later.
  const known = { ...written, ...Object.fromEntries([...files.keys()].map((path) => [path, ['', '']])) };
  if (differences.length > 0) replaceFile(manifest, JSON.stringify({ inputs: '', files: known }));
  for (const { path, kind } of differences) {
    if (kind === 'stale') rmSync(path);
    else replaceFile(path, files.get(path) ?? '');
  }
  const stamps = [...files.keys()].map((path) => [path, [stamp(path), keys.get(path) ?? '']] as const);
  const kept = [...current].map((path) => [path, written[path]] as const);
  replaceFile(manifest, JSON.stringify({ inputs, files: Object.fromEntries([...kept, ...stamps]) }));
  return differences;
}
