import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { Build, RunFile } from '../model/run.js';
import type { Run } from '../model/run.js';
import { makeFolder } from './folder.js';
import { readText } from './read.js';
import { replaceFile } from './write.js';

/** Folder of the nightly runs, a folder a run. */
export const runsFolder = 'out/runs';

/** How many runs are remembered: more than any target is held back for. */
const kept = 400;

/** Folder of a run: run.json, build.json, and a log of each step. */
export function runFolder(id: string): string {
  return join(runsFolder, id);
}

/** Names of all runs, the oldest first. They sort by their number: the clock may go back. */
export function listRuns(): readonly string[] {
  return existsSync(runsFolder)
    ? readdirSync(runsFolder)
        .filter((name) => /^\d{6}-/.test(name))
        .sort()
    : [];
}

function readJson(path: string): unknown {
  return existsSync(path) ? JSON.parse(readText(path)) : undefined;
}

/** A run; undefined when it did not even note that it began. */
export function readRun(id: string): Run | undefined {
  const file = readJson(join(runFolder(id), 'run.json'));
  if (file === undefined) return undefined;
  const build = readJson(join(runFolder(id), 'build.json'));
  return { ...RunFile.parse(file), build: build === undefined ? undefined : Build.parse(build) };
}

/** Every run that is remembered, the oldest first. */
export function readRuns(): readonly Run[] {
  return listRuns().flatMap((id) => readRun(id) ?? []);
}

/** Name of the next run, which began at `now`, milliseconds since 1970. */
export function nextRun(now: number): string {
  const last = Number(listRuns().at(-1)?.split('-')[0] ?? 0);
  return `${String(last + 1).padStart(6, '0')}-${new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
}

/** Writes run.json, whole or not at all. */
export function writeRun(run: RunFile): void {
  makeFolder(runFolder(run.id));
  replaceFile(join(runFolder(run.id), 'run.json'), `${JSON.stringify(run)}\n`);
}

/** Writes build.json of a run. */
export function writeBuild(id: string, build: Build): void {
  replaceFile(join(runFolder(id), 'build.json'), `${JSON.stringify(build)}\n`);
}

/** Forgets the oldest runs. */
export function forgetRuns(): void {
  for (const id of listRuns().slice(0, -kept)) rmSync(runFolder(id), { recursive: true });
}
