import {
  closeSync,
  fsyncSync,
  linkSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

import fastGlob from 'fast-glob';

import { Release } from '../model/release.js';
import { makeFolder } from './folder.js';

/** Folder of everything that is published. A web server serves `served` in it. */
export const repositoryFolder = 'out/repository';
export const servedLink = `${repositoryFolder}/served`;
const releasesFolder = `${repositoryFolder}/releases`;
const stagingFolder = `${repositoryFolder}/staging`;

/** Folder of a finished release. */
export function releaseFolder(id: string): string {
  return join(releasesFolder, id);
}

/** The release that clients see; undefined before the first. */
export function servedRelease(): Release | undefined {
  let target: string;
  try {
    target = readlinkSync(servedLink);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return readRelease(target.slice('releases/'.length));
}

/** A finished release. */
export function readRelease(id: string): Release {
  return Release.parse(JSON.parse(readFileSync(join(releaseFolder(id), 'release.json'), 'utf8')));
}

/** Every finished release that is still there, the oldest first. */
export function listReleases(): readonly string[] {
  return existsSync(releasesFolder) ? readdirSync(releasesFolder).sort() : [];
}

/** Removes what a kill left of releases that were being made or removed. */
export function clearStaging(): void {
  rmSync(stagingFolder, { recursive: true, force: true });
  makeFolder(stagingFolder);
}

/** An empty folder for a release that is being made. */
export function stage(id: string): string {
  clearStaging();
  const folder = join(stagingFolder, id);
  makeFolder(folder);
  return folder;
}

/** An empty folder beside the release that is being made. */
export function besideStaged(name: string): string {
  const folder = join(stagingFolder, name);
  rmSync(folder, { recursive: true, force: true });
  makeFolder(folder);
  return folder;
}

/** Links a file, unless it is there. */
export function link(from: string, to: string): void {
  if (existsSync(to)) return;
  makeFolder(dirname(to));
  linkSync(from, to);
}

/** Links a tree of files into another; what is there already stays. Symbolic links are left out: object stores have none. */
export function linkTree(from: string, to: string): void {
  for (const entry of fastGlob.sync('**', { cwd: from, dot: true, followSymbolicLinks: false, onlyFiles: false, objectMode: true })) {
    if (entry.dirent.isFile()) link(join(from, entry.path), join(to, entry.path));
  }
}

/** What is written so far reaches the disk before anything points at it. */
function flush(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/** A staged release becomes one of the releases; nothing points at it yet. */
export function finish(id: string): void {
  makeFolder(releasesFolder);
  renameSync(join(stagingFolder, id), releaseFolder(id));
  flush(releasesFolder);
}

/** Serves a release, in one rename: a client sees the old state or the new one. `ln -sf` would leave a moment without either. */
export function serve(id: string): void {
  const fresh = `${servedLink}.new`;
  rmSync(fresh, { force: true });
  symlinkSync(`releases/${id}`, fresh);
  renameSync(fresh, servedLink);
  flush(repositoryFolder);
}

/** Removes a release or a stored file with its folder. It is there whole or not at all: what a kill leaves of it lies where the next release is staged. */
export function discard(folder: string): void {
  makeFolder(stagingFolder);
  const gone = join(stagingFolder, basename(folder));
  rmSync(gone, { recursive: true, force: true });
  renameSync(folder, gone);
  rmSync(gone, { recursive: true });
}

/** Bytes of a file. */
export function sizeOf(path: string): number {
  return statSync(path).size;
}
