import { mkdtempSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { makeFolder } from './folder.js';

/** A folder that is gone when this process ends, unless it is killed outright. */
export function temporaryFolder(prefix: string): string {
  makeFolder(dirname(prefix));
  const folder = mkdtempSync(prefix);
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  return folder;
}
