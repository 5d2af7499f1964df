import type { Attempt, Status, Traces } from '../generator/model/attempt.js';
import type { Outage, Seen } from '../generator/model/notice.js';
import type { Run } from '../generator/model/run.js';
import type { Cell } from '../generator/plan/cell.js';
import { keepLedger } from '../generator/plan/ledger.js';
import type { News } from '../generator/plan/news.js';
import { findNews } from '../generator/plan/news.js';
import type { History } from '../generator/plan/outages.js';
import type { Plan } from '../generator/plan/target.js';

/** How an attempt ends. */
export type Ending = 'built' | 'package' | 'infrastructure' | 'interrupted' | 'killed';

function checksum(number: number): string {
  return number.toString(16).padStart(64, '0');
}

/** A workspace in memory: what is attempted in it, what nightly runs do, and what somebody who looks finds. */
export class Past {
  open: readonly Outage[] = [];
  seen: Seen | undefined;
  readonly runs: Run[] = [];
  readonly gone = new Set<string>();
  private readonly traces = new Map<string, Traces>();
  private clock = 0;

  constructor(readonly plan: Plan) {}

  attempt(target: string, ending: Ending, more: Partial<Status> = {}): string {
    this.clock += 60;
    const before = this.traces.get(target) ?? { dockerfile: checksum(1), attempts: [], package: undefined, upgrade: undefined, isSigned: false };
    // What is there is built anew only when it is made of something else.
    const dockerfile = before.package && before.package.dockerfile === before.dockerfile ? checksum(this.clock) : (before.dockerfile ?? '');
    const stamp = `20260101T${String(this.clock).padStart(6, '0')}Z-1`;
    const status: Status = {
      target,
      base: 'own',
      result: ending === 'built' || ending === 'interrupted' ? ending : 'failed',
      fault: ending === 'package' || ending === 'infrastructure' ? ending : 'none',
      step: ending === 'package' ? 'build' : '',
      reason: ending === 'package' ? 'exit status 2' : '',
      started: this.clock,
      seconds: 1,
      dockerfile,
      builder: '',
      run: '',
      log: `${stamp}/build.log`,
      ...more,
    };
    const attempt: Attempt = { stamp, status: ending === 'killed' ? undefined : status, running: undefined };
    this.traces.set(target, { ...before, dockerfile, attempts: [attempt, ...before.attempts], package: ending === 'built' ? status : before.package });
    return stamp;
  }

  /** A nightly run that has ended. */
  run(steps: Run['steps'], build: Partial<NonNullable<Run['build']>> = {}): Run {
    const number = this.runs.length + 1;
    const run: Run = {
      id: `${String(number).padStart(6, '0')}-20260101T000000Z`,
      asked: '',
      started: this.clock,
      process: 1,
      seconds: 1,
      steps,
      build: { due: [], held: [], left: [], blocked: [], ...build },
    };
    this.runs.push(run);
    return run;
  }

  cells(): readonly Cell[] {
    const plan = { ...this.plan, targets: this.plan.targets.filter(({ name }) => !this.gone.has(name)) };
    return keepLedger({ plan, traces: this.traces, places: new Map(), lastBuild: undefined, known: [...this.traces.keys()], digest: () => undefined });
  }

  histories(): readonly History[] {
    return this.cells().map((cell) => ({ cell, attempts: this.traces.get(cell.name)?.attempts ?? [] }));
  }

  /** Looks, and remembers what it saw unless it is killed before. */
  look(isKilled = false, run?: string): News {
    const news = findNews({ histories: this.histories(), runs: this.runs, run, open: this.open, seen: this.seen });
    if (!isKilled) {
      this.seen = { ...news.seen, digest: '', notices: 0 };
      this.open = news.open;
    }
    return news;
  }
}

/** Changes in a few words: `red hello_1.2_…`. */
export function words({ changes }: News): readonly string[] {
  return changes.map(({ kind, finding }) => `${kind} ${finding.outage.subject}`);
}
