import type { Plan, Target } from './target.js';

/** A version that came into the matrix, and the one whose row it took. */
export interface Arrival {
  readonly package: string;
  readonly version: string;
  readonly replaces?: string | undefined;
}

/** Targets that one plan has and another has not, in the order of the first. */
export function targetsBeside(plan: Plan, other: Plan): readonly Target[] {
  const known = new Set(other.targets.map((target) => target.name));
  return plan.targets.filter((target) => !known.has(target.name));
}

/** How many targets have come, and the first of them; for a version that took the row of another all of them, and those that have gone. */
export function describeArrival({ package: id, version, replaces }: Arrival, before: Plan, after: Plan): readonly string[] {
  const come = targetsBeside(after, before);
  const inGroups = come.filter((target) => target.byName === undefined);
  const byName = inGroups.length < come.length ? `, ${String(come.length - inGroups.length)} of them in no group` : '';
  if (replaces !== undefined) {
    const gone = targetsBeside(before, after);
    const told = [...come.map((target) => `+ ${target.name}`), ...gone.map((target) => `- ${target.name}`)];
    return [`${id} ${replaces} is ${version} now: ${String(come.length)} targets appear${byName}, ${String(gone.length)} disappear`, ...told];
  }
  const all = [...inGroups, ...come.filter((target) => target.byName !== undefined)].map((target) => target.name);
  const list = `make list PACKAGE=${id} VERSION=${version}${inGroups.length < come.length ? ' FULL=1' : ''}`;
  if (all.length === 0) return [`added ${id} ${version}: no new target; ${list} EXCLUDED=1 shows why`];
  const shown = all.slice(0, 3);
  const more = all.length > shown.length ? [`and ${String(all.length - shown.length)} more: ${list}`] : [];
  return [`added ${id} ${version}: ${String(all.length)} new ${all.length === 1 ? 'target' : 'targets'}${byName}`, ...shown, ...more];
}
