import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { attemptsFolder, listTried, readAttempts } from './attempts.js';
import { releaseFolder, repositoryFolder, servedLink } from './releases.js';
import { listRuns, runFolder } from './runs.js';

/** Date and size of a file or folder. The date of a folder says when something in it last came, went or was renamed. */
function stamp(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return `${path}\0${String(stat?.mtimeMs)}\0${String(stat?.size)}`;
}

/** An attempt that has not ended is told by its step, and by whether anybody still makes it. */
function stampTried(target: string): string {
  const folder = join(attemptsFolder, target);
  const last = join(folder, 'last');
  const stamps = `${stamp(folder)}\n${stamp(last)}`;
  if (existsSync(join(last, 'status.json'))) return stamps;
  const [attempt] = readAttempts(target, () => false);
  return `${stamps}\n${attempt?.stamp ?? ''} ${attempt?.running ?? 'ended'}`;
}

function listPackages(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.') && name !== 'substituted')
    .sort()
    .map((name) => join(folder, name));
}

function served(): string {
  try {
    return readlinkSync(servedLink);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** One digest over everything that the report tells of and that lies below out/, by dates and sizes: nothing is read. `others` is what else decides, as texts and as files. */
export function digestReportInputs(others: readonly string[], files: readonly string[]): string {
  const hash = createHash('sha256');
  const add = (text: string): void => {
    hash.update(`${text}\n`);
  };
  for (const text of others) add(text);
  for (const target of listTried()) add(stampTried(target));
  for (const folder of [...listPackages('out/packages'), ...listPackages('out/packages/substituted')]) {
    add(stamp(folder));
    add(stamp(join(folder, 'upgrade.json')));
  }
  for (const id of listRuns()) for (const name of ['', 'run.json', 'build.json']) add(stamp(join(runFolder(id), name)));
  const release = served();
  for (const path of [...files, 'dockerfiles', join(repositoryFolder, 'store'), releaseFolder('')]) add(stamp(path));
  add(release);
  return hash.digest('hex');
}
