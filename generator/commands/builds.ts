import type { Announcement } from '../io/progress.js';
import { attemptSince, builderOf, dateOf } from '../io/progress.js';
import { listScripts } from '../io/processes.js';
import type { Status } from '../model/attempt.js';
import { dockerfilePath } from '../plan/names.js';
import type { Outcome, Progress, Remaining, Running } from '../plan/progress.js';
import { countOutcomes, estimateRemaining, spreadFailures } from '../plan/progress.js';
import type { Plan, Target } from '../plan/target.js';
import { clockOf } from '../render/progress.js';
import { Durations } from './durations.js';

/** What else takes time in a make, by script. */
const preparations: ReadonlyMap<string, string> = new Map([
  ['fetch', 'fetch'],
  ['bootstrap', 'base'],
  ['layout', 'image'],
]);

/** To look at so many targets costs nothing. More are all looked at after so many seconds, sooner when nothing runs: attempts are seen while they run. */
const few = 200;
const patience = 60;
const impatience = 5;

/** What is built here: what makes have announced, and what else is seen. Every look reads only what may have changed. */
export class Builds {
  private readonly targets = new Map<string, { readonly target: Target; readonly since: number }>();
  private readonly outcomes = new Map<string, Outcome>();
  private readonly undecided = new Set<string>();
  private readonly durations: Durations;
  /** By target: what it does, or what has become of it. */
  readonly told = new Map<string, string>();
  private readonly known: ReadonlyMap<string, Target>;
  private readonly currents = new Map<string, boolean>();
  private active = new Set<string>();
  /** Their attempts have told of their end, and their processes may still be there. */
  private readonly ended = new Set<string>();
  private remaining: Remaining = { seconds: 0, unknown: 0 };
  private estimated = -Infinity;
  private jobs = 0;
  private keepsGoing = false;
  private looked = -Infinity;

  constructor(plan: Plan) {
    this.durations = new Durations(plan);
    this.known = new Map([...plan.targets.map((one) => [one.name, one] as const), ...plan.aliases.map((one) => [one.name, one.target] as const)]);
  }

  /** Takes up what a make has announced, with what is needed for it. */
  join({ names, since, jobs, keepsGoing }: Announcement): void {
    this.currents.clear();
    this.jobs += jobs;
    this.keepsGoing ||= keepsGoing;
    const asked = new Set(names.flatMap((name) => this.known.get(name) ?? []));
    for (const target of asked) this.add(target, since, true);
    this.durations.learn([...this.undecided].flatMap((name) => this.targets.get(name)?.target ?? []));
  }

  private add(target: Target, since: number, isAsked: boolean): void {
    if (this.targets.has(target.name)) return;
    const hasBegun = attemptSince(target.name, since) !== undefined;
    const isCurrent = this.isCurrent(target);
    if (!isAsked && isCurrent && !hasBegun) return;
    this.targets.set(target.name, { target, since });
    if (isCurrent && !hasBegun) this.outcomes.set(target.name, 'current');
    else this.undecided.add(target.name);
    for (const need of target.needs) this.add(need, since, false);
  }

  /** Whether make has nothing to do for a target: it goes by dates. */
  private isCurrent(target: Target): boolean {
    const known = this.currents.get(target.name);
    if (known !== undefined) return known;
    const date = dateOf(target.artifact.path);
    const isOlder = (path: string): boolean => date === undefined || date < (dateOf(path) ?? Infinity);
    const isCurrent = !isOlder(dockerfilePath(target.name)) && target.needs.every((need) => this.isCurrent(need) && !isOlder(need.artifact.path));
    this.currents.set(target.name, isCurrent);
    return isCurrent;
  }

  /** Takes note that the attempt of a target is about to end its process. Gives what has come of it. */
  end(name: string): Outcome | undefined {
    this.ended.add(name);
    this.settle(name);
    return this.outcomes.get(name);
  }

  /** Looks at what runs, `elapsed` seconds since it began; `seesAll` also takes up what no make has announced, `isLast` looks at everything. */
  look(elapsed: number, { seesAll = false, isLast = false } = {}): Progress {
    const scripts = listScripts(['attempt', ...preparations.keys()]);
    const running: Running[] = [];
    const before = this.active;
    this.active = new Set();
    const ending = new Set<string>();
    let busy = 0;
    for (const { name: script, arguments: words, seconds } of scripts) {
      const name = (script === 'attempt' ? words[0] : words.find((word) => word.startsWith('out/'))) ?? '';
      if (script !== 'attempt') {
        busy += 1;
        running.push({ name, step: preparations.get(script) ?? '', seconds, estimate: undefined, builder: '' });
        continue;
      }
      const found = this.find(name, seesAll);
      if (this.ended.has(name)) ending.add(name);
      if (found === undefined || ending.has(name)) continue;
      busy += 1;
      this.active.add(name);
      const one = this.follow(name, seconds, found.since);
      if (one) running.push(one);
    }
    const isDue = isLast || this.undecided.size <= few || elapsed - this.looked >= (busy === 0 ? impatience : patience);
    if (isDue) this.looked = elapsed;
    this.currents.clear();
    for (const name of isDue ? [...this.undecided] : before) if (!this.active.has(name)) this.settle(name);
    for (const name of this.ended) if (!ending.has(name)) this.ended.delete(name);
    return this.sumUp(running, busy, elapsed);
  }

  private find(name: string, seesAll: boolean): { readonly since: number } | undefined {
    const target = this.known.get(name);
    const found = this.targets.get(name);
    if (found || !seesAll || !target) return found;
    // Begun by hand: nobody has announced it.
    const added = { target, since: 0 };
    this.targets.set(name, added);
    this.undecided.add(name);
    return added;
  }

  /** An attempt whose process is there: running, or with a status already. */
  private follow(name: string, seconds: number, since: number): Running | undefined {
    const attempt = attemptSince(name, since);
    if (attempt?.status && since > 0) {
      this.decide(name, attempt.status);
      return undefined;
    }
    this.outcomes.delete(name);
    this.undecided.add(name);
    const step = attempt === undefined ? 'waiting' : attempt.running === undefined || attempt.running === '' ? 'starting' : attempt.running;
    const builder = attempt === undefined ? '' : builderOf(name, attempt.stamp);
    this.told.set(name, `${step}${builder === '' ? '' : ` on ${builder}`}`);
    return { name, step, seconds, estimate: this.durations.of(name), builder };
  }

  private decide(name: string, status: Pick<Status, 'result' | 'seconds' | 'step'>): void {
    if (!this.undecided.delete(name)) return;
    this.outcomes.set(name, status.result);
    const where = status.step === '' ? '' : ` in step ${status.step}`;
    this.told.set(name, status.result === 'built' ? `built in ${clockOf(status.seconds)}` : `${status.result}${where} after ${clockOf(status.seconds)}`);
    if (status.result !== 'built') return;
    this.durations.add(name, status.seconds);
  }

  /** A target that no attempt is made of now: what has become of it, if anything has. */
  private settle(name: string): void {
    const found = this.targets.get(name);
    if (!found || !this.undecided.has(name)) return;
    const attempt = attemptSince(name, found.since);
    if (attempt?.status) this.decide(name, attempt.status);
    else if (attempt && attempt.running === undefined) this.decide(name, { result: 'interrupted', seconds: 0, step: '' });
    else if (!attempt && this.isCurrent(found.target)) {
      this.undecided.delete(name);
      this.outcomes.set(name, 'current');
    }
  }

  private sumUp(running: readonly Running[], busy: number, elapsed: number): Progress {
    const all = this.outcomes.size + this.undecided.size === 0 ? [] : [...this.targets.values()].map(({ target }) => target);
    const hasFailed = [...this.outcomes.values()].some((outcome) => outcome === 'failed' || outcome === 'interrupted');
    const outcomes = hasFailed ? spreadFailures(all, this.outcomes) : this.outcomes;
    const names = new Set(running.map(({ name }) => name));
    const waiting = all.filter(({ name }) => !outcomes.has(name) && !names.has(name));
    const stops = hasFailed && !this.keepsGoing;
    if (waiting.length <= few || elapsed - this.estimated >= impatience) {
      this.estimated = elapsed;
      this.remaining = estimateRemaining(stops ? [] : waiting, running, Math.max(1, this.jobs), (name) => this.durations.of(name));
    }
    return {
      counts: countOutcomes(outcomes.values()),
      left: waiting.length,
      running: [...running].sort((a, b) => b.seconds - a.seconds),
      elapsed,
      remaining: this.remaining,
      isOver: busy === 0 && (waiting.length === 0 || stops),
    };
  }
}
