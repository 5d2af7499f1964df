import type { Attempt, Status } from '../model/attempt.js';
import { groupBy } from './group-by.js';

/** An attempt with its target. */
export interface Tried {
  readonly target: string;
  readonly attempt: Attempt;
}

/** One attempt as a bar in a lane. */
export interface Bar {
  readonly target: string;
  readonly status: Status;
}

/** What one builder did one after the other. A builder that builds several targets at once has several lanes. */
export interface Lane {
  readonly builder: string;
  readonly bars: readonly Bar[];
}

function endOf({ started, seconds }: Status): number {
  return started + seconds;
}

/** Attempts in lanes, so that no two in a lane overlap; builders in name order, bars in the order of time. */
export function layLanes(tried: readonly Tried[]): readonly Lane[] {
  const bars = tried
    .flatMap(({ target, attempt: { status } }): Bar[] => (status ? [{ target, status }] : []))
    .sort((a, b) => a.status.started - b.status.started || (a.target < b.target ? -1 : 1));
  const builders = [...groupBy(bars, (bar) => bar.status.builder)].sort(([a], [b]) => (a < b ? -1 : 1));
  return builders.flatMap(([builder, all]) => {
    const lanes: { end: number; readonly bars: Bar[] }[] = [];
    for (const bar of all) {
      let lane = lanes.find((one) => one.end <= bar.status.started);
      if (!lane) lanes.push((lane = { end: 0, bars: [] }));
      lane.bars.push(bar);
      lane.end = endOf(bar.status);
    }
    return lanes.map((lane) => ({ builder, bars: lane.bars }));
  });
}
