import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { listTried } from '../io/attempts.js';
import { listReleases, releaseFolder, servedRelease } from '../io/releases.js';
import { readRuns } from '../io/runs.js';
import { digestIfThere, readTraces } from '../io/traces.js';
import type { Traces } from '../model/attempt.js';
import type { Published, Release } from '../model/release.js';
import type { Run } from '../model/run.js';
import type { Cell, Place } from '../plan/cell.js';
import { groupBy } from '../plan/group-by.js';
import { keepLedger } from '../plan/ledger.js';
import { dockerfilePath } from '../plan/names.js';
import { repositoriesOf, servedPath } from '../plan/repositories.js';
import { madeAt } from '../plan/retention.js';
import type { Workspace } from './workspace.js';

/** The ledger, and what it was derived from. */
export interface Ledger {
  readonly cells: readonly Cell[];
  readonly traces: ReadonlyMap<string, Traces>;
  /** Nightly runs, the oldest first. */
  readonly runs: readonly Run[];
}

function keyOf(channel: string, { distro, file }: Published): string {
  return `${channel} ${distro} ${file}`;
}

/** Of each package file that is served, by channel: when the release was made that brought it. */
function arrivals(served: Release): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const wanted = new Set(Object.entries(served.channels).flatMap(([channel, all]) => all.map((one) => keyOf(channel, one))));
  for (const id of [...listReleases()].reverse().filter((one) => one <= served.id)) {
    // Old releases are only looked through, and there may be many.
    const { channels } = JSON.parse(readFileSync(join(releaseFolder(id), 'release.json'), 'utf8')) as Release;
    const there = new Set(Object.entries(channels).flatMap(([channel, all]) => all.map((one) => keyOf(channel, one))));
    for (const key of [...wanted]) if (!there.has(key)) wanted.delete(key);
    if (wanted.size === 0) break;
    for (const key of wanted) found.set(key, madeAt(id) / 1000);
  }
  return found;
}

/** Where the package of each target is served. */
function findPlaces(served: Release | undefined): ReadonlyMap<string, readonly Place[]> {
  if (!served) return new Map();
  const since = arrivals(served);
  const places = repositoriesOf(served).flatMap((repository) =>
    repository.packages.map((file) => ({
      target: file.target,
      place: { channel: repository.channel, path: servedPath(repository, file), tested: file.tested, since: since.get(keyOf(repository.channel, file)) },
    })),
  );
  const grouped = groupBy(places, (one) => one.target);
  return new Map([...grouped].map(([target, of]) => [target, [...new Map(of.map(({ place }) => [`${place.channel} ${place.path}`, place])).values()]]));
}

/** Derives the ledger of a workspace from what lies on disk; `wantsAll` reads every attempt there ever was. */
export function openLedger({ plan }: Workspace, wantsAll = false): Ledger {
  const runs = readRuns();
  const tried = listTried();
  const wasTried = new Set(tried);
  const untouched: Traces = { dockerfile: undefined, attempts: [], package: undefined, upgrade: undefined, isSigned: false };
  const traces = new Map(
    plan.targets.map((target): [string, Traces] => {
      const { path } = target.artifact;
      const isThere = wasTried.has(target.name) || existsSync(path);
      return [target.name, isThere ? readTraces(target.name, path, dockerfilePath(target.name), wantsAll) : untouched];
    }),
  );
  const places = findPlaces(servedRelease());
  const lastBuild = runs.findLast((run) => run.build !== undefined)?.build;
  return { cells: keepLedger({ plan, traces, places, lastBuild, known: tried, digest: digestIfThere }), traces, runs };
}
