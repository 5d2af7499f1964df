import type { Contents, Published } from '../model/release.js';
import type { Promotion } from '../model/workspace.js';
import { put } from './publishing.js';

/** What rules look at, beside what the channels have. */
export interface Past {
  /** When a package came into testing, milliseconds since 1970; undefined when nothing tells. */
  readonly since: (one: Published) => number | undefined;
  /** Whether it was stable before and was taken back. */
  readonly wasStable: (one: Published) => boolean;
  /** Whether it failed when it was tried in upgrades. */
  readonly hasFailed: (one: Published) => boolean;
}

const day = 86_400_000;

/** Of some packages those whose dependencies the channel would have. */
function withNeeds(chosen: readonly Published[], there: readonly Published[]): readonly Published[] {
  const known = new Set([...there, ...chosen].map((one) => `${one.distro} ${one.series}`));
  const kept = chosen.filter((one) => one.needs.every((need) => known.has(`${one.distro} ${need}`)));
  return kept.length === chosen.length ? kept : withNeeds(kept, there);
}

/** What the channels have once every rule was followed at `now`, milliseconds since 1970. */
export function promoteByRules(contents: Contents, rules: readonly Promotion[], past: Past, now: number): Contents {
  const isRipe = (one: Published, { days, series }: Promotion): boolean =>
    (series === undefined || series.includes(one.series)) && (days === 0 || now - (past.since(one) ?? now) >= days * day);
  const chosen = contents.testing
    .filter((one) => one.final && rules.some((rule) => isRipe(one, rule)))
    .filter((one) => !past.wasStable(one) && !past.hasFailed(one));
  return { ...contents, stable: put(contents.stable, withNeeds(chosen, contents.stable)) };
}
