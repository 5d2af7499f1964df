import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, statSync, watch, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Attempt, Status } from '../model/attempt.js';
import { attemptsFolder, readAttempts, readStatus } from './attempts.js';
import { isMake } from './processes.js';

/** Where makes say what they build: a file named after each process; and `<process>.display`, `<process>.<target>` (see scripts/attempt). */
const progressFolder = 'out/progress';

/** What a make has said that it will build. */
export interface Announcement {
  /** The make's process. */
  readonly process: string;
  /** How many it builds at once. */
  readonly jobs: number;
  /** Whether it goes on behind a failure. */
  readonly keepsGoing: boolean;
  /** When it began, as files are dated: milliseconds. */
  readonly since: number;
  /** Names of targets, or further names of them. */
  readonly names: readonly string[];
}

/** Announcement of a make of this workspace; undefined when it has ended, or builds nothing. */
export function readAnnouncement(process: string): Announcement | undefined {
  const path = join(progressFolder, process);
  if (!isMake(process) || !existsSync(path)) return undefined;
  const [head = '', names = ''] = readFileSync(path, 'utf8').split('\n');
  const jobs = Number(/jobs=(\d+)/.exec(head)?.[1] ?? 1);
  return {
    process,
    jobs: jobs === 0 ? Infinity : jobs,
    keepsGoing: /keep=yes/.test(head),
    since: statSync(path).mtimeMs,
    names: names.split(' ').filter((name) => name !== ''),
  };
}

/** What every make of this workspace that is running builds. */
export function listAnnouncements(): readonly Announcement[] {
  if (!existsSync(progressFolder)) return [];
  return readdirSync(progressFolder)
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readAnnouncement(name) ?? []);
}

/** The last attempt of a target, when it began later than `since`; the packages of others are left alone. */
export function attemptSince(target: string, since: number): Attempt | undefined {
  const link = lstatSync(join(attemptsFolder, target, 'last'), { throwIfNoEntry: false });
  return link && link.mtimeMs >= since ? readAttempts(target, () => false)[0] : undefined;
}

/** When a file was last written; undefined when it is not there. */
export function dateOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

/** How the package was built that is there now. */
export function packageStatus(artifact: string): Status | undefined {
  return readStatus(join(dirname(artifact), 'status.json'));
}

/** The builder of an attempt that runs; empty for docker's own. */
export function builderOf(target: string, stamp: string): string {
  const path = join(attemptsFolder, target, stamp, 'command');
  const command = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return / --(?:builder|context) (\S+)/.exec(command)?.[1] ?? '';
}

/** Says that a display of a make is there, and hears of each target whose attempt ends; undefined when there is one already. */
export function attachDisplay(process: string, onEnd: (target: string) => void): { readonly detach: () => void } | undefined {
  const sign = join(progressFolder, `${process}.display`);
  try {
    writeFileSync(sign, '', { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
  const watcher = watch(progressFolder, (_, name) => {
    const target = name?.startsWith(`${process}.`) ? name.slice(process.length + 1) : 'display';
    const note = join(progressFolder, `${process}.${target}`);
    if (target === 'display' || !existsSync(note)) return;
    onEnd(target);
    rmSync(note, { force: true });
  });
  return {
    detach: () => {
      watcher.close();
      const isOver = !isMake(process);
      for (const name of existsSync(progressFolder) ? readdirSync(progressFolder) : []) {
        if (name.startsWith(`${process}.`) || (isOver && name === process)) rmSync(join(progressFolder, name), { force: true });
      }
    },
  };
}
