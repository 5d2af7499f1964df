import { createHash } from 'node:crypto';

import type { Attempt, Status, Traces } from '../model/attempt.js';
import { isPackageFault, isUndecided } from '../model/attempt.js';
import type { Build } from '../model/run.js';
import { findUnpinned } from './base.js';
import type { Cell, Outage, Place } from './cell.js';
import { isDone } from './cell.js';
import { latest, labelOf, platformName } from './names.js';
import type { Plan, Target } from './target.js';

/** Everything that the ledger is derived from. */
export interface Evidence {
  readonly plan: Plan;
  readonly traces: ReadonlyMap<string, Traces>;
  readonly places: ReadonlyMap<string, readonly Place[]>;
  /** What the last run made of its targets. */
  readonly lastBuild: Build | undefined;
  /** Names that somebody tried to build or published, whatever the matrix has now. */
  readonly known: readonly string[];
  /** Checksum of a base that people made themselves. */
  readonly digest: (path: string) => string | undefined;
}

/** What an attempt depends on, as scripts/attempt sums it up; undefined when something of it is not there. */
function inputsOf(target: Target, { traces, digest }: Evidence): string | undefined {
  const dockerfile = traces.get(target.name)?.dockerfile;
  if (dockerfile === undefined) return undefined;
  const files: (readonly [sum: string | undefined, path: string])[] = target.needs.map((need) => [traces.get(need.name)?.package?.sha256, need.artifact.path]);
  const { given } = target.base;
  if (given !== undefined) files.push([digest(given), given]);
  if (files.some(([sum]) => sum === undefined)) return undefined;
  const sums = files.map(([sum, path]) => `${sum ?? ''}  ${path}\n`).join('');
  return createHash('sha256').update(`${dockerfile}\n${sums}`).digest('hex');
}

/** Whether a status is of what the target is made of now. One that was written before inputs were noted is known by its Dockerfile alone. */
function isOf(status: Status, inputs: string | undefined, dockerfile: string | undefined): boolean {
  return status.inputs === undefined ? status.dockerfile === dockerfile : status.inputs === inputs;
}

function findOutage(attempts: readonly Attempt[]): Outage | undefined {
  const built = attempts.findIndex(({ status }) => status?.result === 'built');
  const faults = (built === -1 ? attempts : attempts.slice(0, built)).filter(isPackageFault);
  const first = faults.at(-1);
  return first && { attempt: first.stamp, since: first.status?.started ?? 0, failures: faults.length };
}

function endOf({ started, seconds }: Status): number {
  return started + seconds;
}

type Finding = Pick<Cell, 'state' | 'why' | 'since'>;

function faultOf({ step, reason }: Status): string {
  const where = step === '' ? '' : ` in step ${step}`;
  return `${where}${reason === '' ? '' : `: ${reason}`}`;
}

/** What is the case with a target whose package is made of what it should be made of. */
function findDone(status: Status, places: readonly Place[], { isSigned }: Traces): Finding {
  const since = endOf(status);
  const own = places.filter((place) => place.tested === status.sha256);
  const [first] = own;
  if (first) return { state: 'published', why: channelsOf(own), since: first.since ?? since };
  if (isSigned) return { state: 'signed', why: 'in no channel now', since };
  return { state: 'tested', why: places.length === 0 ? 'not published yet' : `not published yet; an earlier package is in ${channelsOf(places)}`, since };
}

function channelsOf(places: readonly Place[]): string {
  return [...new Set(places.map((place) => place.channel))].join(', ');
}

/** Judges targets in the order of their needs, each once. */
class Judge {
  private readonly judged = new Map<string, Cell>();
  private readonly left: ReadonlySet<string>;
  private readonly blocked: ReadonlyMap<string, string>;

  constructor(private readonly evidence: Evidence) {
    this.left = new Set(evidence.lastBuild?.left);
    this.blocked = new Map(evidence.lastBuild?.blocked.map(({ target, by }) => [target, by]));
  }

  cell(target: Target): Cell {
    const known = this.judged.get(target.name);
    if (known) return known;
    const cell = this.judge(target);
    this.judged.set(target.name, cell);
    return cell;
  }

  private judge(target: Target): Cell {
    const { name } = target;
    const traces = this.evidence.traces.get(name) ?? { dockerfile: undefined, attempts: [], package: undefined, upgrade: undefined, isSigned: false };
    const inputs = inputsOf(target, this.evidence);
    const needs = target.needs.map((need) => this.cell(need));
    const { attempts, dockerfile } = traces;
    const isCurrent = traces.package !== undefined && needs.every(isDone) && isOf(traces.package, inputs, dockerfile);
    const decided = attempts.filter((attempt) => !isUndecided(attempt));
    const built = attempts.findIndex(({ status }) => status?.result === 'built');
    const faults = (built === -1 ? attempts : attempts.slice(0, built)).filter(isPackageFault);
    const others = faults.findIndex(({ status }) => status !== undefined && !isOf(status, inputs, dockerfile));
    const failures = isCurrent ? 0 : others === -1 ? faults.length : others;
    const places = this.evidence.places.get(name) ?? [];
    const outage = isCurrent ? undefined : findOutage(attempts);
    const common = {
      name,
      package: target.package,
      version: labelOf(target),
      distro: target.distroId,
      platform: platformName(target.platform),
      target,
      byName: target.byName,
      outage,
      failures,
      last: decided[0],
      places,
      upgrade: isCurrent ? traces.upgrade : undefined,
    };
    const running = attempts[0]?.running;
    if (running !== undefined) return { ...common, state: 'building', why: running === '' ? 'starting' : `step ${running}`, since: startOf(attempts[0]) };
    if (isCurrent) return { ...common, ...findDone(traces.package, places, traces) };
    const unpinned = findUnpinned(target);
    if (unpinned) return { ...common, state: 'waiting', why: `for a base: ${unpinned.why}`, since: undefined };
    return { ...common, ...this.findUndone(name, traces, needs, decided[0]?.status, failures, outage) };
  }

  private findUndone(name: string, traces: Traces, needs: readonly Cell[], last: Status | undefined, failures: number, outage: Outage | undefined): Finding {
    if (last?.result === 'failed' && last.fault === 'infrastructure')
      return { state: 'waiting', why: `to be tried again after an infrastructure fault${faultOf(last)}`, since: endOf(last) };
    if (failures > 0 && last) return { state: 'failed', why: `package fault${faultOf(last)}`, since: outage?.since };
    const need = needs.find((one) => !isDone(one) && (one.state === 'failed' || one.state === 'waiting' || one.state === 'building'));
    if (need)
      return {
        state: 'waiting',
        why: `for ${need.name}, which ${need.state === 'failed' ? 'has failed' : need.state === 'waiting' ? 'waits itself' : 'is building'}`,
        since: need.since,
      };
    if (this.left.has(name)) return { state: 'waiting', why: 'for the next run: the last had no time or money for it', since: undefined };
    const by = this.blocked.get(name);
    if (by !== undefined) return { state: 'waiting', why: `for ${by}, which could not be had`, since: undefined };
    if (outage) return { state: 'waiting', why: 'to be tried again: what it is made of has changed since it failed', since: outage.since };
    if (traces.package) return { state: 'built', why: 'of something else than it is made of now', since: endOf(traces.package) };
    return {
      state: 'missing',
      why: last || traces.attempts.length > 0 ? 'not finished: the last attempt was stopped' : 'nobody has built it',
      since: undefined,
    };
  }
}

function startOf(attempt: Attempt | undefined): number | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(attempt?.stamp ?? '') ?? [];
  return year === undefined ? undefined : Date.parse(`${year}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`) / 1000;
}

/** Takes a name of a cell that the matrix no longer has apart. */
function retired(name: string, places: readonly Place[]): Cell {
  const [, id = name, version = '', distro = '', platform = ''] = /^([^_]+)_(.+)_([^_]+_[^_]+)_([^_]+)$/.exec(name) ?? [];
  const where = channelsOf(places);
  return {
    name,
    package: id,
    version,
    distro,
    platform,
    state: 'retired',
    why: where === '' ? 'the matrix has it no more' : `the matrix has it no more; published in ${where}`,
    since: undefined,
    target: undefined,
    byName: undefined,
    outage: undefined,
    failures: 0,
    last: undefined,
    places,
    upgrade: undefined,
  };
}

/** Every cell there is, and those that there were: in name order. */
export function keepLedger(evidence: Evidence): readonly Cell[] {
  const { plan, places, known } = evidence;
  const judge = new Judge(evidence);
  const cells = plan.targets.map((target) => judge.cell(target));
  const aliases = plan.aliases
    .filter((alias) => alias.label !== latest)
    .map((alias): Cell => ({ ...judge.cell(alias.target), name: alias.name, platform: platformName(alias.platform) }));
  const excluded = plan.exclusions.map((one): Cell => ({
    ...retired(one.name, places.get(one.name) ?? []),
    package: one.package,
    version: one.label,
    distro: one.distroId,
    platform: platformName(one.platform),
    state: 'excluded',
    why: one.reason,
  }));
  const all = [...cells, ...aliases, ...excluded];
  const names = new Set(all.map((cell) => cell.name));
  const gone = [...new Set([...known, ...places.keys()])].filter((name) => !names.has(name)).map((name) => retired(name, places.get(name) ?? []));
  return [...all, ...gone].sort((a, b) => (a.name < b.name ? -1 : 1));
}
