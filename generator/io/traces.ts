import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import * as z from 'zod';

import type { Traces } from '../model/attempt.js';
import { readAttempts, readStatus } from './attempts.js';
import { readText } from './read.js';
import { repositoryFolder } from './releases.js';

/** upgrade.json beside a package. */
const Upgrade = z.object({ result: z.enum(['passed', 'failed']) });

/** What came of trying a package in upgrades; undefined when that was not done. */
export function readUpgrade(folder: string): Traces['upgrade'] {
  const path = join(folder, 'upgrade.json');
  return existsSync(path) ? Upgrade.safeParse(JSON.parse(readText(path))).data?.result : undefined;
}

/** SHA-256 of a file; undefined when it is not there. */
export function digestIfThere(path: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What is on disk of a target. Attempts are read down to the last that built it, or all of them. */
export function readTraces(target: string, artifact: string, dockerfile: string, wantsAll = false): Traces {
  const folder = dirname(artifact);
  const attempts = readAttempts(target, (read) => wantsAll || read.at(-1)?.status?.result !== 'built');
  const status = existsSync(artifact) ? readStatus(join(folder, 'status.json')) : undefined;
  return {
    dockerfile: status === undefined && attempts.length === 0 ? undefined : digestIfThere(dockerfile),
    attempts,
    package: status,
    upgrade: status && readUpgrade(folder),
    isSigned: status?.sha256 !== undefined && existsSync(join(repositoryFolder, 'store', status.sha256)),
  };
}
