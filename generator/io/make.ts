import { availableParallelism } from 'node:os';

import { execa } from 'execa';

/** A file that make could not have, and the exit status of its recipe. */
export interface Unmade {
  readonly file: string;
  readonly status: number;
}

const complaint = /^make(?:\[\d+\])?: \*\*\* \[(?:[^\]]*: )?([^\]]+)\] Error (\d+)/;

/** The environment for a make of its own: without what a make above gives to makes below it. */
export function ownMake(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !['MAKEFLAGS', 'MFLAGS', 'MAKELEVEL'].includes(name));
  return { ...Object.fromEntries(own), ...more };
}

/** How many recipes the make above runs at once, as its -j says: 1 without one, and as many as there are processors when it has no number. */
export function jobsOfMake(): number {
  const jobs = /(?:^| )-j(\d*)/.exec(process.env.MAKEFLAGS ?? '')?.[1];
  return jobs === '' ? availableParallelism() : Number(jobs ?? 1);
}

/**
 * Builds targets with make, as many as can be built; gives what it could not have. What make and its recipes say goes where this
 * process's own words go. Ctrl-C reaches make by itself; a request to end is passed on.
 */
export async function makeTargets(targets: readonly string[], jobs: number, env: Readonly<Record<string, string>>): Promise<readonly Unmade[]> {
  const make = execa('make', ['--keep-going', `--jobs=${String(jobs)}`, '--', ...targets], {
    env: ownMake(env),
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: ['inherit', 'pipe'],
    maxBuffer: 1e9,
  });
  const end = (): void => void make.kill('SIGTERM');
  process.once('SIGTERM', end);
  const { stderr, signal } = await make;
  process.off('SIGTERM', end);
  if (signal !== undefined) process.exit(130);
  return stderr.split('\n').flatMap((line) => {
    const [, file, status] = complaint.exec(line) ?? [];
    return file === undefined ? [] : [{ file, status: Number(status) }];
  });
}
