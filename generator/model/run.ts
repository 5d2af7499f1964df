import * as z from 'zod';

import { Line } from './text.js';

/** The verbs of a nightly run, in the order in which they run. */
export const runSteps = ['key', 'bump', 'generate', 'build', 'upgrade', 'publish', 'promote', 'report', 'notify'] as const;
export type RunStep = (typeof runSteps)[number];

/** A target that a run left out because it has failed with the same inputs before. */
export const Held = z.strictObject({
  target: Line,
  attempt: Line.describe('The attempt that failed last.'),
  failures: z.int().min(1).describe('How often it has failed in a row with these inputs.'),
  night: z.int().min(1).describe('Which of the nights that it is left out for this is.'),
  nights: z.int().min(1).describe('For how many nights it is left out.'),
});
export type Held = z.infer<typeof Held>;

/** A target that was not built because something that it waits for could not be had. */
export const Blocked = z.strictObject({ target: Line, by: Line.describe('A file that could not be made, or a target.') });
export type Blocked = z.infer<typeof Blocked>;

/** build.json of a run: what it was going to build, and what became of that. */
export const Build = z.strictObject({
  due: z.array(Line).describe('Targets, in the order in which they were to be built.'),
  held: z.array(Held),
  left: z.array(Line).describe('Targets for which time or money was not enough: the next run has them first.'),
  blocked: z.array(Blocked),
});
export type Build = z.infer<typeof Build>;

/** run.json: one nightly run. Written when it begins and when it ends. */
export const RunFile = z.strictObject({
  id: z.string().regex(/^\d{6}-\d{8}T\d{6}Z$/),
  asked: z.string().describe('The filters that it was limited by; empty for the whole matrix.'),
  started: z.int().describe('Seconds since 1970, by the clock of the machine.'),
  process: z.int().describe('Process that runs it.'),
  seconds: z.int().min(0).optional().describe('How long it took; missing while it runs, and for ever when it was killed.'),
  steps: z.array(
    z.strictObject({
      name: z.enum(runSteps),
      status: z.int().describe('Exit status of the verb.'),
      seconds: z.int().min(0),
      said: z.string().describe('The last line that it printed.'),
    }),
  ),
});
export type RunFile = z.infer<typeof RunFile>;

/** A nightly run with what it built; undefined when it did not come to that. */
export interface Run extends RunFile {
  readonly build: Build | undefined;
}
