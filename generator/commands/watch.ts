import process from 'node:process';

import { isInForeground, isMake } from '../io/processes.js';
import { attachDisplay, listAnnouncements, readAnnouncement } from '../io/progress.js';
import { Screen } from '../io/screen.js';
import type { Progress } from '../plan/progress.js';
import { renderChanges, renderProgress, renderSummary } from '../render/progress.js';
import { Builds } from './builds.js';
import { openWorkspace } from './workspace.js';

/** Milliseconds between two drawings, and between two looks for whether a make has ended. */
const period = 500;
const pulse = 100;

/** Shows progress, on a terminal or as lines. */
class Display {
  private readonly screen = new Screen();
  private told: ReadonlyMap<string, string> = new Map();
  private failures = 0;
  private last: Progress | undefined;
  private isLeft = true;
  private quietUntil = 0;

  constructor(private readonly builds: Builds) {}

  private get settings(): { readonly columns: number; readonly rows: number; readonly hasColour: boolean } {
    return { ...this.screen.size, hasColour: process.stdout.isTTY && this.screen.hasColour };
  }

  show(progress: Progress): void {
    this.last = progress;
    const { failed, interrupted } = progress.counts;
    if (failed + interrupted > this.failures) this.pause();
    this.failures = failed + interrupted;
    if (!progress.isOver) this.isLeft = false;
    if (!process.stdout.isTTY) {
      const now = new Map(this.builds.told);
      for (const line of renderChanges(this.told, now)) process.stdout.write(`${line}\n`);
      this.told = now;
      return;
    }
    if (!progress.isOver && performance.now() > this.quietUntil) this.screen.draw(renderProgress(progress, this.settings));
  }

  /** Whoever has failed says so now, and make behind it: nothing is drawn into that. */
  pause(): void {
    this.quietUntil = performance.now() + period * 0.8;
    this.screen.clear();
  }

  /** Leaves the last state for good, once, when there was anything to show. */
  leave(): void {
    if (this.isLeft || !this.last) return;
    this.isLeft = true;
    this.screen.leave([renderSummary(this.last, this.settings)]);
  }

  clear(): void {
    this.isLeft = true;
    this.screen.clear();
  }
}

/** Seconds since `begun`, milliseconds since 1970, by a clock that nobody sets from now on. */
function startClock(begun: number): () => number {
  const offset = Math.max(0, Date.now() - begun) - performance.now();
  return () => (performance.now() + offset) / 1000;
}

/** Runs until `isOver` says so, or until it is interrupted. Gives whether it was interrupted. */
async function every(beat: () => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (wasInterrupted: boolean): void => {
      clearInterval(timer);
      resolve(wasInterrupted);
    };
    const timer = setInterval(() => {
      if (beat()) end(false);
    }, pulse);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => {
        end(true);
      });
  });
}

/** The display beside one make; it says nothing when that has nothing to do. */
async function watchMake(make: string): Promise<number> {
  const announcement = readAnnouncement(make);
  if (!announcement) return 0;
  const seconds = startClock(announcement.since);
  let end: ((target: string) => void) | undefined;
  const attached = attachDisplay(make, (target) => {
    end?.(target);
  });
  if (!attached) return 0;
  try {
    const builds = new Builds(openWorkspace().plan);
    builds.join(announcement);
    const display = new Display(builds);
    end = (target) => {
      const outcome = builds.end(target);
      if (outcome !== 'built' && outcome !== 'current') display.pause();
      const progress = builds.look(seconds());
      display.show(progress);
      if (progress.isOver) display.leave();
    };
    let beats = 0;
    const wasInterrupted = await every(() => {
      if (!isMake(make)) return true;
      if (beats++ % (period / pulse) === 0) display.show(builds.look(seconds()));
      return false;
    });
    // Behind a make that has ended the terminal is somebody else's, and has a prompt already.
    if (wasInterrupted || (process.stdout.isTTY && !isInForeground())) display.clear();
    else {
      display.show(builds.look(seconds(), { isLast: true }));
      display.leave();
    }
  } finally {
    attached.detach();
  }
  return 0;
}

/** Shows what anybody builds in this workspace. */
async function watchAll(): Promise<number> {
  const builds = new Builds(openWorkspace().plan);
  const display = new Display(builds);
  const joined = new Set<string>();
  let seconds: (() => number) | undefined;
  let beats = 0;
  const look = (): boolean => {
    const makes = listAnnouncements();
    seconds ??= startClock(Math.min(Date.now(), ...makes.map(({ since }) => since)));
    for (const make of makes.filter((one) => !joined.has(one.process))) {
      joined.add(make.process);
      builds.join(make);
    }
    const progress = builds.look(seconds(), { seesAll: true });
    const isOver = makes.length === 0 && progress.running.length === 0;
    display.show({ ...progress, isOver });
    return isOver;
  };
  if (look()) {
    process.stdout.write('packmill: nothing is built here now\n');
    return 0;
  }
  const wasInterrupted = await every(() => ++beats % (period / pulse) === 0 && look());
  if (wasInterrupted) display.clear();
  else display.leave();
  return 0;
}

/** Shows what is built here, live on a terminal, else a line for each change; with the process of a make only what that builds. */
export async function watch(make: string | undefined): Promise<number> {
  return make === undefined ? watchAll() : watchMake(make);
}
