import type { Attempt, Status } from '../model/attempt.js';
import { isPackageFault } from '../model/attempt.js';
import type { Outage, Seen } from '../model/notice.js';
import type { Run, RunStep } from '../model/run.js';
import { runSteps } from '../model/run.js';
import type { Cell } from './cell.js';
import { isDone } from './cell.js';

/** A cell, and its attempts that nobody has judged yet, the last first. */
export interface History {
  readonly cell: Cell;
  readonly attempts: readonly Attempt[];
}

/** An outage as this call finds it. */
export interface Finding {
  readonly outage: Outage;
  /** Undefined for what is no target. */
  readonly cell: Cell | undefined;
  /** Whether nobody was told of it before. */
  readonly isNew: boolean;
  /** What failed, in words. */
  readonly what: string;
  /** The attempt that failed last, where it is known. */
  readonly status: Status | undefined;
  /** Why it is over; undefined while it lasts. */
  readonly over: string | undefined;
}

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

/** Follows one subject through what happened to it. */
class Subject {
  readonly findings: Mutable<Finding>[] = [];
  private count: number;

  constructor(
    private readonly name: string,
    open: Outage | undefined,
    seen: Seen | undefined,
    private readonly cell?: Cell,
  ) {
    this.count = seen?.outages[name] ?? 0;
    if (open) this.findings.push({ outage: open, cell, isNew: false, what: '', status: undefined, over: undefined });
  }

  get current(): Mutable<Finding> | undefined {
    return this.findings.find(({ over }) => over === undefined);
  }

  fail(stamp: string, since: number, what: string, status?: Status, failures = 1): void {
    const { current } = this;
    if (current) {
      current.what = what;
      current.status = status;
      // The same run is looked at as long as it is the newest.
      if (current.outage.last !== stamp) current.outage = { ...current.outage, last: stamp, failures: current.outage.failures + failures };
      return;
    }
    this.count += 1;
    const outage = { subject: this.name, number: this.count, first: stamp, last: stamp, since, failures };
    this.findings.push({ outage, cell: this.cell, isNew: true, what, status, over: undefined });
  }

  end(over: string): void {
    if (this.current) this.current.over = over;
  }
}

function describe({ step, reason }: Status): string {
  return `package fault${step === '' ? '' : ` in step ${step}`}${reason === '' ? '' : `: ${reason}`}`;
}

/** The outages of a target: one begins with a package fault, and ends with a package or with the target itself. */
export function followTarget({ cell, attempts }: History, open: Outage | undefined, seen: Seen | undefined): readonly Finding[] {
  const subject = new Subject(cell.name, open, seen, cell);
  for (const attempt of [...attempts].reverse()) {
    const { status } = attempt;
    if (status && isPackageFault(attempt)) subject.fail(attempt.stamp, status.started, describe(status), status);
    else if (status?.result === 'built') subject.end('it is built');
  }
  if (cell.state === 'excluded') subject.end(`it is excluded: ${cell.why}`);
  else if (cell.state === 'retired') subject.end(cell.why);
  else if (isDone(cell)) subject.end('it is built');
  else if (cell.outage && cell.failures > 0 && !subject.current) {
    // What once failed and was taken out of the matrix is back as it was.
    const { attempt, since, failures } = cell.outage;
    const status = cell.last?.status;
    subject.fail(attempt, since, status ? describe(status) : 'package fault', status, failures);
  }
  return subject.findings;
}

/** Steps that speak for themselves: build by its cells, and notify by what waits in the outbox. */
const silent: readonly RunStep[] = ['build', 'notify'];

/** Name of a step as a subject. */
export function stepSubject(step: RunStep): string {
  return `step-${step}`;
}

/** Whether a subject is a step. */
export function isStep(subject: string): boolean {
  return runSteps.some((step) => stepSubject(step) === subject);
}

/** The outages of the steps of nightly runs; `runs` are those from the last that was seen, the oldest first. */
export function followSteps(runs: readonly Run[], open: ReadonlyMap<string, Outage>, seen: Seen | undefined): readonly Finding[] {
  return runSteps
    .filter((step) => !silent.includes(step))
    .flatMap((name) => {
      const subject = new Subject(stepSubject(name), open.get(stepSubject(name)), seen);
      for (const { id, started, steps } of runs) {
        const step = steps.find((one) => one.name === name);
        if (step?.status === 0) subject.end('it went through');
        else if (step) subject.fail(id, started, `exit status ${String(step.status)}${step.said === '' ? '' : `: ${step.said}`}`);
      }
      return subject.findings;
    });
}

/** Subject of everything that is left with an infrastructure fault. */
export const infrastructure = 'infrastructure';

/** Whether a nightly run tried a cell, and since then there were nothing but infrastructure faults. */
function isLeft({ attempts }: History): boolean {
  const decided = attempts.flatMap(({ status }) => (status && status.result !== 'interrupted' ? [status] : []));
  const other = decided.findIndex(({ fault }) => fault !== 'infrastructure');
  return (other === -1 ? decided : decided.slice(0, other)).some(({ run }) => run !== '');
}

/** The outage of all that nightly runs left with infrastructure faults. `histories` must go down to the last package; while a run builds, everything stays as it was. */
export function followInfrastructure(
  histories: readonly History[],
  run: Run | undefined,
  isBuilding: boolean,
  open: Outage | undefined,
  seen: Seen | undefined,
): readonly Finding[] {
  const subject = new Subject(infrastructure, open, seen);
  if (!run || isBuilding) return subject.findings;
  const names = new Set(histories.map(({ cell }) => cell.name));
  const left = histories.filter((history) => !isDone(history.cell) && isLeft(history)).map(({ cell }) => cell.name);
  const missing = [...new Set((run.build?.blocked ?? []).map(({ by }) => by).filter((by) => !names.has(by)))].sort();
  if (left.length + missing.length === 0) subject.end('nothing is left with an infrastructure fault');
  else {
    const lacks = missing.length === 0 ? '' : `could not be had: ${missing.join(', ')}`;
    const untried = left.length === 0 ? '' : `could not be built: ${left.join(', ')}`;
    subject.fail(run.id, run.started, [lacks, untried].filter(Boolean).join('\n'));
  }
  return subject.findings;
}
