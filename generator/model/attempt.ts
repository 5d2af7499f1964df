import * as z from 'zod';

import { Line, Sha256 } from './text.js';

/** status.json of an attempt, and of the package that came of it: what scripts/attempt writes when it ends. */
export const Status = z.object({
  target: Line,
  base: z.enum(['own', 'substituted']),
  result: z.enum(['built', 'failed', 'interrupted']),
  fault: z.enum(['none', 'package', 'infrastructure']),
  step: z.string().describe('The step that failed; empty when none did, or none is known.'),
  reason: z.string().default('').describe('Why it failed, in a few words.'),
  started: z.int().describe('Seconds since 1970, by the clock of the machine.'),
  seconds: z.int().min(0).describe('How long it took, by a clock that nobody sets.'),
  dockerfile: Sha256,
  inputs: Sha256.optional().describe('Over the Dockerfile and the packages that were needed: the same inputs fail in the same way.'),
  builder: z.string().default('').describe("A buildx builder; empty for docker's default one."),
  run: z.string().default('').describe('The nightly run that it was part of; empty when a person asked.'),
  log: z.string(),
  sha256: Sha256.optional().describe('Of the package, when there is one.'),
});
export type Status = z.infer<typeof Status>;

/** One attempt to build a target. */
export interface Attempt {
  /** Name of its folder below the target's: when it began, and the process that made it. */
  readonly stamp: string;
  /** Undefined while it runs, and for ever when it was killed. */
  readonly status: Status | undefined;
  /** The step that runs now; undefined when nothing runs, empty before the first. */
  readonly running: string | undefined;
}

/** The attempt that was last and did not end, or was stopped by a person: it says nothing of the package. */
export function isUndecided({ status }: Attempt): boolean {
  return status === undefined || status.result === 'interrupted';
}

/** Whether an attempt says that the package itself is at fault. */
export function isPackageFault({ status }: Attempt): boolean {
  return status?.result === 'failed' && status.fault === 'package';
}

/** What is on disk of a target. */
export interface Traces {
  /** SHA-256 of its Dockerfile; undefined when that was not generated. */
  readonly dockerfile: string | undefined;
  /** The last first; at least down to the last that built it. */
  readonly attempts: readonly Attempt[];
  /** Of the package, when it is there. */
  readonly package: Status | undefined;
  /** What came of trying this package in upgrades. */
  readonly upgrade: 'passed' | 'failed' | undefined;
  /** Whether it lies, signed, in the store of the repository. */
  readonly isSigned: boolean;
}
