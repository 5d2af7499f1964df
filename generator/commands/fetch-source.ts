import { execa } from 'execa';

import type { SourceFile } from '../plan/target.js';
import { UserError } from './user-error.js';

/** Where sources come from beside their own addresses. */
export interface FetchOptions {
  /** A folder or address that is tried before the recipe's addresses. */
  readonly mirror?: string | undefined;
  readonly offline: boolean;
}

/** What `scripts/fetch` says with its exit status, beside 0. */
export const fetchStatus = { wrong: 1, infrastructure: 75 } as const;

/** Gives scripts/fetch's exit status: 0 when the file is there. It says itself what it tried. */
export async function fetchSource(source: SourceFile, file: string, { mirror, offline }: FetchOptions): Promise<number> {
  const options = [...(mirror === undefined ? [] : ['--mirror', mirror]), ...(offline ? ['--offline'] : [])];
  const words = [...options, '--any', 'unpinned', file, source.file, ...source.addresses];
  const { exitCode, shortMessage } = await execa('scripts/fetch', words, { stdin: 'ignore', stdout: 'inherit', stderr: 'inherit', reject: false });
  if (exitCode === undefined || ![0, ...Object.values(fetchStatus)].includes(exitCode))
    throw new UserError(`packmill: scripts/fetch did not end as it should\n${shortMessage === undefined ? '' : `  ${shortMessage}\n`}`);
  return exitCode;
}
