import { writeFileSync } from 'node:fs';

import { forgetRuns, nextRun, readRun, runFolder, writeRun } from '../io/runs.js';
import { jobsOfMake } from '../io/make.js';
import { runVerb } from '../io/verb.js';
import { listKeys, secretsOf } from '../io/gpg.js';
import { missingTools, publishTools } from '../io/tools.js';
import type { RunFile, RunStep } from '../model/run.js';
import type { Cell } from '../plan/cell.js';
import { isDone } from '../plan/cell.js';
import { openLedger } from './ledger.js';
import { openWorkspace } from './workspace.js';

/** What limits a run, as it stands in the environment. */
const settings = ['PACKAGE', 'VERSION', 'DISTRO', 'SYSBASE', 'PLATFORM', 'OFFLINE'] as const;

/** A verb of make with its words and what it is told in the environment; undefined when there is nothing for it to do. */
interface Verb {
  readonly words: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

function askedFor(): string {
  return settings.flatMap((name) => (process.env[name] ? [`${name}=${process.env[name]}`] : [])).join(' ');
}

/** A workspace that has no key yet gets one; where the tools of publishing are missing, publish says so. */
async function needsKey(): Promise<boolean> {
  return missingTools(publishTools, process.env.PATH ?? '').length === 0 && (await listKeys(secretsOf(process.env))).length === 0;
}

/** Of the targets that this run built, those whose packages nobody has tried in upgrades. */
function untried(cells: readonly Cell[], due: readonly string[]): readonly string[] {
  return cells.filter((cell) => isDone(cell) && cell.upgrade === undefined && due.includes(cell.name)).map((cell) => `upgrade-${cell.name}`);
}

/** What a step of the run does. */
async function verbOf(step: RunStep, run: string): Promise<Verb | undefined> {
  const { nightly } = openWorkspace().matrix.workspace;
  switch (step) {
    case 'key':
      return (await needsKey()) ? { words: ['key'] } : undefined;
    case 'bump':
      return process.env.OFFLINE ? undefined : { words: ['bump'], env: nightly.commit ? { COMMIT: '1' } : {} };
    case 'build': {
      const limits = {
        ...(nightly.minutes !== undefined && { MINUTES: String(nightly.minutes) }),
        ...(nightly.cost !== undefined && { COST: String(nightly.cost) }),
      };
      return { words: ['build'], env: { ...limits, RUN: run } };
    }
    case 'upgrade': {
      const due = readRun(run)?.build?.due ?? [];
      const goals = due.length === 0 ? [] : untried(openLedger(openWorkspace()).cells, due);
      return goals.length === 0 ? undefined : { words: ['--keep-going', ...goals] };
    }
    case 'publish':
      // Somebody who publishes nothing has made a mistake, a night that built nothing has not.
      return openLedger(openWorkspace()).cells.some(isDone) ? { words: ['publish'] } : undefined;
    case 'promote':
      return nightly.promote.length === 0 ? undefined : { words: ['promote'], env: { FROM: '', TO: '', SERIES: '' } };
    case 'generate':
    case 'report':
    case 'notify':
      return { words: [step], env: { RUN: run } };
  }
}

/**
 * One nightly run: each step is a verb of make, and none keeps the others from running, but for a matrix that cannot be understood.
 * Exit status: 1 when a package or a step failed, 75 when only the infrastructure did.
 */
export async function nightly(): Promise<number> {
  const began = performance.now();
  const elapsed = (): number => Math.round((performance.now() - began) / 1000);
  const id = nextRun(Date.now());
  let run: RunFile = { id, asked: askedFor(), started: Math.floor(Date.now() / 1000), process: process.pid, steps: [] };
  writeRun(run);
  const since = `run ${id}, process ${String(process.pid)}, since ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const statuses: number[] = [];
  for (const step of ['key', 'bump', 'generate', 'build', 'upgrade', 'publish', 'promote', 'report', 'notify'] as const) {
    const verb = await verbOf(step, id);
    if (!verb) continue;
    process.stdout.write(`packmill: nightly ${id}: ${step}\n`);
    // For those who find the lock held.
    writeFileSync('out/locks/nightly', `${since}, now at ${step}\n`);
    // The report tells of a run that has ended, but for reporting it.
    if (step === 'report') writeRun({ ...run, seconds: elapsed() });
    const { status, seconds, said, isInterrupted } = await runVerb(verb.words, jobsOfMake(), `${runFolder(id)}/${step}.log`, { ...verb.env });
    if (isInterrupted) return 130;
    if (status !== 0) process.stdout.write(`packmill: nightly ${id}: ${step} ended with ${String(status)}; its log: ${runFolder(id)}/${step}.log\n`);
    if (step !== 'notify') statuses.push(status);
    run = { ...run, steps: [...run.steps, { name: step, status, seconds, said }] };
    writeRun(run);
    if (step === 'generate' && status !== 0) break;
  }
  writeRun({ ...run, seconds: elapsed() });
  forgetRuns();
  process.stdout.write(`packmill: nightly ${id}: ended after ${String(elapsed())} s; out/report/index.html tells of it\n`);
  const worst = statuses.filter((status) => status !== 0);
  return worst.length === 0 ? 0 : worst.every((status) => status === 75) ? 75 : 1;
}
