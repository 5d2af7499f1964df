import { createWriteStream } from 'node:fs';

import { execa } from 'execa';

import { ownMake } from './make.js';

/** How a verb of make ended. */
export interface Ended {
  /** Exit status of the verb itself; make's own says only that one failed. */
  readonly status: number;
  /** Whole seconds, by a clock that nobody sets. */
  readonly seconds: number;
  /** The last line that it printed. */
  readonly said: string;
  /** Whether somebody asked for its end. */
  readonly isInterrupted: boolean;
}

/** Characters of what a verb printed last that are looked at. */
const remembered = 65_536;

/** A verb of make, and what it is told. */
export interface Call {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: number;
  /** File that what it prints is appended to. */
  readonly log: string;
  /** Whether it may have the terminal to itself, if there is one; then only what goes wrong is in the log. */
  readonly isLive: boolean;
}

/** Runs one verb as a person would. Ctrl-C reaches it by itself; a request to end this process is passed on. */
export async function runVerb({ words, env, jobs, log, isLive }: Call): Promise<Ended> {
  const began = performance.now();
  const ended = execa('make', ['--silent', `--jobs=${String(jobs)}`, ...words], {
    env: ownMake(env),
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    all: true,
    buffer: false,
    stdout: isLive && process.stdout.isTTY ? 'inherit' : ['inherit', 'pipe'],
    stderr: ['inherit', 'pipe'],
  });
  ended.all.pipe(createWriteStream(log, { flags: 'a' }));
  // What it says last is enough, however much it says.
  let last = '';
  ended.all.setEncoding('utf8').on('data', (part: string) => (last = (last + part).slice(-remembered)));
  let isInterrupted = false;
  const end = (signal: NodeJS.Signals): void => {
    isInterrupted = true;
    if (signal === 'SIGTERM') ended.kill(signal);
  };
  process.on('SIGTERM', end).on('SIGINT', end);
  const { exitCode = 130 } = await ended;
  process.off('SIGTERM', end).off('SIGINT', end);
  const lines = last.split('\n').filter((line) => line.trim() !== '');
  const complaints = lines.flatMap((line) => /^make(?:\[\d+\])?: \*\*\* .* Error (\d+)$/.exec(line)?.[1] ?? []);
  const said = lines.findLast((line) => !/^make(\[\d+\])?: /.test(line)) ?? '';
  return { status: exitCode === 0 ? 0 : Number(complaints.at(-1) ?? exitCode), seconds: Math.round((performance.now() - began) / 1000), said, isInterrupted };
}
