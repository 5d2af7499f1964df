import type { Cell } from './cell.js';

/** A moment as people read it: minutes, in UTC. */
export function momentOf(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A moment as programs read it. */
export function isoOf(seconds: number | undefined): string | null {
  return seconds === undefined ? null : new Date(seconds * 1000).toISOString();
}

/** A cell as programs read it. */
export function rowOf(cell: Cell): object {
  const { outage, last, target } = cell;
  return {
    name: cell.name,
    package: cell.package,
    version: cell.version,
    distro: cell.distro,
    platform: cell.platform,
    state: cell.state,
    why: cell.why,
    since: isoOf(cell.since),
    target: target?.name ?? null,
    artifact: target?.artifact.path ?? null,
    byName: cell.byName ?? null,
    failed: outage ? { since: isoOf(outage.since), times: outage.failures, step: last?.status?.step ?? '', log: last?.status?.log ?? '' } : null,
    upgrade: cell.upgrade ?? null,
    published: cell.places.map(({ channel, path, since }) => ({ channel, path, since: isoOf(since) })),
  };
}
