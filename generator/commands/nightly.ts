import { writeFileSync } from 'node:fs';

import { hasPackages } from '../io/artifacts.js';
import { forgetRuns, nextRun, readRun, runFolder, writeRun } from '../io/runs.js';
import { jobsOfMake } from '../io/make.js';
import { runVerb } from '../io/verb.js';
import { listKeys, secretsOf } from '../io/gpg.js';
import { missingTools, publishTools } from '../io/tools.js';
import type { RunFile, RunStep } from '../model/run.js';
import type { Cell } from '../plan/cell.js';
import { isDone } from '../plan/cell.js';
import { openLedger } from './ledger.js';
import { findRaises } from './raise.js';
import { UserError } from './user-error.js';
import { openWorkspace } from './workspace.js';

function say(text: string): void {
  process.stdout.write(`packmill: ${text}\n`);
}

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
  const workspace = openWorkspace();
  const { nightly } = workspace.matrix.workspace;
  const commit = nightly.commit ? { COMMIT: '1' } : {};
  switch (step) {
    case 'key':
      return (await needsKey()) ? { words: ['key'] } : undefined;
    case 'bump':
      return process.env.OFFLINE ? undefined : { words: ['bump'], env: commit };
    case 'build': {
      // What a person says is more than what the workspace says.
      const { MINUTES: minutes = '', COST: cost = '' } = process.env;
      const limits = { MINUTES: minutes || String(nightly.minutes ?? ''), COST: cost || String(nightly.cost ?? '') };
      return { words: ['build'], env: { ...limits, RUN: run } };
    }
    case 'upgrade': {
      const due = readRun(run)?.build?.due ?? [];
      const goals = due.length === 0 ? [] : untried(openLedger(workspace).cells, due);
      return goals.length === 0 ? undefined : { words: ['--keep-going', ...goals] };
    }
    case 'publish':
      // Somebody who publishes nothing has made a mistake, a night that built nothing has not.
      return hasPackages() ? { words: ['publish'] } : undefined;
    case 'promote':
      return nightly.promote.length === 0 ? undefined : { words: ['promote'], env: { FROM: '', TO: '', SERIES: '' } };
    case 'generate':
    case 'report':
    case 'notify':
      return { words: [step], env: { RUN: run } };
  }
}

/** Whether the run had something to build. */
function hadWork(run: string): boolean {
  return (readRun(run)?.build?.due ?? []).length > 0;
}

/** Whether something was built that is published under its name with other bytes. What cannot be published at all is for publish to tell. */
function mustRaise(): boolean {
  try {
    return findRaises(openWorkspace(), []).length > 0;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

/** A run while it goes on: notes each step as it ends. */
class Night {
  private readonly began = performance.now();
  private run: RunFile;

  constructor(readonly id: string) {
    this.run = { id, asked: askedFor(), started: Math.floor(Date.now() / 1000), process: process.pid, steps: [] };
    writeRun(this.run);
  }

  /** Seconds by a clock that nobody sets. */
  elapsed(): number {
    return Math.round((performance.now() - this.began) / 1000);
  }

  /** Runs a step, if there is something for it to do. Gives its exit status, 130 when somebody ended the run. */
  async step(name: RunStep, given?: Verb): Promise<number> {
    const verb = given ?? (await verbOf(name, this.id));
    if (!verb) return 0;
    say(`nightly ${this.id}: ${name}`);
    // For those who find the lock held.
    const since = new Date(this.run.started * 1000).toISOString().slice(0, 16).replace('T', ' ');
    writeFileSync('out/locks/nightly', `run ${this.id}, process ${String(process.pid)}, since ${since} UTC, now at ${name}\n`);
    const log = `${runFolder(this.id)}/${name}.log`;
    const { status, seconds, said, isInterrupted } = await runVerb({
      words: verb.words,
      env: verb.env ?? {},
      jobs: jobsOfMake(),
      log,
      isLive: name === 'build',
    });
    if (isInterrupted) return 130;
    if (status !== 0) say(`nightly ${this.id}: ${name} ended with ${String(status)}; its log: ${log}`);
    this.run = { ...this.run, steps: [...this.run.steps, { name, status, seconds, said }] };
    writeRun(this.run);
    return status;
  }

  /** Notes that all but telling of it is done. */
  end(): void {
    this.run = { ...this.run, seconds: this.elapsed() };
    writeRun(this.run);
  }

  /** Exit status: 1 when a package or a step failed, 75 when only the infrastructure did. Notices change nothing of it. */
  status(): number {
    const bad = this.run.steps.filter(({ name, status }) => status !== 0 && name !== 'notify').map(({ status }) => status);
    return bad.length === 0 ? 0 : bad.every((status) => status === 75) ? 75 : 1;
  }
}

/**
 * One nightly run: each step is a verb of make, and a step that fails does not keep the others from running; but nothing is built of a
 * matrix that cannot be understood.
 */
export async function nightly(): Promise<number> {
  // A matrix that cannot be understood ends a run before it begins.
  openWorkspace();
  const night = new Night(nextRun(Date.now()));
  const onInterrupt = (status: number): boolean => status === 130;
  if (onInterrupt(await night.step('key')) || onInterrupt(await night.step('bump'))) return 130;
  const generated = await night.step('generate');
  if (onInterrupt(generated)) return 130;
  if (generated === 0) {
    if (onInterrupt(await night.step('build'))) return 130;
    if (hadWork(night.id) && mustRaise()) {
      for (const [step, verb] of [['bump', { words: ['bump'], env: { ITERATIONS: '1' } }], ['generate'], ['build']] as const)
        if (onInterrupt(await night.step(step, verb))) return 130;
    }
    for (const step of ['upgrade', 'publish', 'promote'] as const) if (onInterrupt(await night.step(step))) return 130;
  }
  night.end();
  for (const step of ['report', 'notify'] as const) if (onInterrupt(await night.step(step))) return 130;
  night.end();
  forgetRuns();
  say(`nightly ${night.id}: ended after ${String(night.elapsed())} s; out/report/index.html tells of it`);
  return night.status();
}
