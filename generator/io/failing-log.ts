import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Status } from '../model/attempt.js';

/** How many lines of a log people are shown. */
const shown = 25;

/** The log of the step that failed, or of the whole attempt, with its last lines; undefined when it is no longer there. */
export function readFailingLog({ log, step }: Pick<Status, 'log' | 'step'>): { readonly path: string; readonly lines: readonly string[] } | undefined {
  const own = join(dirname(log), 'logs', `${step}.log`);
  const path = step !== '' && existsSync(own) ? own : log;
  if (!existsSync(path)) return undefined;
  return { path, lines: readFileSync(path, 'utf8').trimEnd().split('\n').slice(-shown) };
}
