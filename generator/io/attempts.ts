import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

import { Status } from '../model/attempt.js';
import type { Attempt } from '../model/attempt.js';

/** Folder of every attempt, a folder a target. */
export const attemptsFolder = 'out/attempts';

/** What stands in a file, or undefined when there is no such file. */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** A status.json; undefined when there is none, or when it is not one, as a machine that lost its power may leave it. */
export function readStatus(path: string): Status | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  try {
    return Status.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whether the process that an attempt's folder is named after still makes it; the number may have gone to another one. */
function isAlive(target: string, stamp: string): boolean {
  const words = readIfThere(`/proc/${stamp.split('-')[1] ?? ''}/cmdline`)?.split('\0');
  return words !== undefined && words.some((word) => word.endsWith('scripts/attempt')) && words.includes(target);
}

/** One attempt, and the name of the one before it. */
function readAttempt(target: string, stamp: string): { readonly attempt: Attempt; readonly previous: string | undefined } {
  const folder = join(attemptsFolder, target, stamp);
  const status = readStatus(join(folder, 'status.json'));
  const running = status === undefined && isAlive(target, stamp) ? (readIfThere(join(folder, 'step')) ?? '').trim() : undefined;
  return { attempt: { stamp, status, running }, previous: readIfThere(join(folder, 'previous'))?.trim() };
}

function lastStamp(target: string): string | undefined {
  try {
    return readlinkSync(join(attemptsFolder, target, 'last'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The attempts of a target, the last first, each named by the one after it: their order does not go by the clock. Reading goes on
 * while `wantsMore` says so of what was read.
 */
export function readAttempts(target: string, wantsMore: (read: readonly Attempt[]) => boolean = () => true): readonly Attempt[] {
  const found: Attempt[] = [];
  const seen = new Set<string>();
  let next = lastStamp(target);
  while (next !== undefined && !seen.has(next) && existsSync(join(attemptsFolder, target, next))) {
    seen.add(next);
    const { attempt, previous } = readAttempt(target, next);
    found.push(attempt);
    if (!wantsMore(found)) break;
    next = previous;
  }
  return found;
}

/** Every target that anybody ever tried to build, in name order. */
export function listTried(): readonly string[] {
  if (!existsSync(attemptsFolder)) return [];
  return readdirSync(attemptsFolder)
    .filter((name) => !name.startsWith('upgrade-'))
    .sort();
}

/** Folder of an attempt. */
export function attemptFolder(target: string, stamp: string): string {
  return join(attemptsFolder, target, stamp);
}
