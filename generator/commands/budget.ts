import { existsSync, rmSync } from 'node:fs';

import { readAttempts } from '../io/attempts.js';
import { replaceFile } from '../io/write.js';

/** What builds may still take. Time is that of a clock which nobody sets. */
export interface Limits {
  readonly seconds: number | undefined;
  readonly cost: number | undefined;
  /** Price of an hour of a target's builder. */
  readonly price: (target: string) => number;
}

const hour = 3_600_000;
/** Milliseconds between two looks at what runs. */
const pace = 5_000;

/** Watches over a budget: once it is spent, a file says so, and scripts/attempt begins nothing any more. */
export class Watch {
  private readonly timers: NodeJS.Timeout[] = [];
  private spent = 0;

  constructor(
    readonly file: string,
    { seconds, cost, price }: Limits,
    targets: readonly string[],
  ) {
    rmSync(file, { force: true });
    if (seconds !== undefined)
      this.timers.push(
        setTimeout(() => {
          this.stop('its time is up');
        }, seconds * 1000),
      );
    const priced = targets.filter((target) => price(target) > 0);
    if (cost !== undefined && priced.length > 0) {
      this.timers.push(
        setInterval(() => {
          for (const target of priced) if (readAttempts(target, () => false)[0]?.running !== undefined) this.spent += (pace / hour) * price(target);
          if (this.spent >= cost) this.stop('its money is spent');
        }, pace),
      );
    }
  }

  private stop(why: string): void {
    if (!this.isStopped()) replaceFile(this.file, `${why}\n`);
  }

  isStopped(): boolean {
    return existsSync(this.file);
  }

  end(): void {
    for (const timer of this.timers) clearTimeout(timer);
    rmSync(this.file, { force: true });
  }
}
