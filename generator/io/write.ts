import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { digestFile } from './read.js';

/** What was written last time: so that nothing is pruned that was not made here, and an unchanged tree costs only stats. */
interface Manifest {
  readonly inputs: string;
  /** Stamps by path. */
  readonly files: Readonly<Record<string, string>>;
}

export const manifestPath = 'out/rules/manifest.json';

/** How the files on disk differ from what a plan says. */
export interface Difference {
  readonly path: string;
  readonly kind: 'missing' | 'changed' | 'stale';
}

function readManifest(): Manifest {
  try {
    return JSON.parse(readFileSync(manifestPath, 'utf8')) as Manifest;
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
export function isUnchanged(inputs: string): boolean {
  const manifest = readManifest();
  if (manifest.inputs !== inputs) return false;
  return Object.entries(manifest.files).every(([path, written]) => stamp(path) === written);
}

/** The differences between the files and what they should be, in path order; files that were once written and are no longer wanted are stale. */
export function compareFiles(files: ReadonlyMap<string, string>): readonly Difference[] {
  const differences: Difference[] = [];
  for (const [path, text] of files) {
    if (!existsSync(path)) differences.push({ path, kind: 'missing' });
    else if (readFileSync(path, 'utf8') !== text) differences.push({ path, kind: 'changed' });
  }
  for (const path of Object.keys(readManifest().files)) {
    if (!files.has(path) && existsSync(path)) differences.push({ path, kind: 'stale' });
  }
  return differences.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Puts text under a path in one step: a reader, or a crash, sees the old file or the new one. */
export function replaceFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${String(process.pid)}.new`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}

/** Writes what differs, removes what is stale, remembers the rest; gives what was done. */
export function writeFiles(files: ReadonlyMap<string, string>, inputs: string): readonly Difference[] {
  const differences = compareFiles(files);
  // Names first: a run that dies half-way still knows what it may prune later.
  const known = { ...readManifest().files, ...Object.fromEntries([...files.keys()].map((path) => [path, ''])) };
  if (differences.length > 0) replaceFile(manifestPath, JSON.stringify({ inputs: '', files: known }));
  for (const { path, kind } of differences) {
    if (kind === 'stale') rmSync(path);
    else replaceFile(path, files.get(path) ?? '');
  }
  const stamps = Object.fromEntries([...files.keys()].map((path) => [path, stamp(path)]));
  replaceFile(manifestPath, JSON.stringify({ inputs, files: stamps }));
  return differences;
}
