import { packageStatus } from '../io/progress.js';
import { estimate } from '../plan/estimate.js';
import { platformName } from '../plan/names.js';
import type { Plan, Target } from '../plan/target.js';

/** Built packages that say how long others of their kind take. */
const samples = 10;

function kindOf(target: Target): string {
  return `${target.package} ${target.platform}`;
}

/** How long builds take, as far as packages tell. */
export class Durations {
  private readonly known = new Map<string, number>();
  private estimated: ((name: string) => number | undefined) | undefined;

  constructor(private readonly plan: Plan) {}

  /** Reads how long targets took when they were built last, and some others of their kinds. */
  learn(targets: readonly Target[]): void {
    const wanted = new Set(targets);
    const left = new Map(targets.map((target) => [kindOf(target), samples]));
    for (const target of this.plan.targets) {
      const kind = kindOf(target);
      const more = left.get(kind) ?? 0;
      if (more <= 0 && !wanted.has(target)) continue;
      const status = packageStatus(target.artifact.path);
      if (status === undefined) continue;
      this.add(target.name, status.seconds);
      left.set(kind, more - 1);
    }
  }

  /** Takes up how many seconds a target took. */
  add(name: string, seconds: number): void {
    this.known.set(name, seconds);
    this.estimated = undefined;
  }

  /** Estimated seconds of a target; undefined when nobody knows. */
  of(name: string): number | undefined {
    this.estimated ??= estimate(
      this.plan.targets.map((target) => ({ name: target.name, package: target.package, platform: platformName(target.platform) })),
      this.known,
    );
    return this.estimated(name);
  }
}
