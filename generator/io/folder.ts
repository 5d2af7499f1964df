import { mkdirSync, statSync } from 'node:fs';

/**
 * Makes a folder, and those above it, where they are not there yet. Error: ENOENT when the workspace has been deleted meanwhile;
 * node's own mkdir tries for ever then (20.20).
 */
export function makeFolder(path: string, mode?: number): void {
  statSync(process.cwd());
  mkdirSync(path, { recursive: true, mode });
}
