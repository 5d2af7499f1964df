import type { Attempt } from '../model/attempt.js';
import { isUndecided } from '../model/attempt.js';
import type { Outage, Seen } from '../model/notice.js';
import type { Run } from '../model/run.js';
import { Version } from '../model/text.js';
import { compareVersions } from '../model/version.js';
import type { Cell } from './cell.js';
import { isDone } from './cell.js';
import type { Finding, History } from './outages.js';
import { followInfrastructure, followSteps, followTarget, infrastructure, isStep } from './outages.js';

/** What notices are made of. */
export interface Events {
  /** Of every target, and of what was one once. */
  readonly histories: readonly History[];
  /** Nightly runs, the oldest first. */
  readonly runs: readonly Run[];
  /** The nightly run that asks, if one does. */
  readonly run: string | undefined;
  readonly open: readonly Outage[];
  /** Undefined when nobody has ever looked: what is over then is no news. */
  readonly seen: Seen | undefined;
}

/** What has turned red or green since somebody looked. */
export interface Change {
  readonly kind: 'red' | 'green';
  readonly finding: Finding;
}

/** What has changed, in the order of the matrix, and what is to be remembered. */
export interface News {
  readonly changes: readonly Change[];
  readonly open: readonly Outage[];
  /** Subjects that are no longer open. */
  readonly closed: readonly string[];
  readonly seen: Omit<Seen, 'notices' | 'digest'>;
}

function compareLabels(left: string, right: string): number {
  const [a = '', b = ''] = [left, right].map((label) => label.split('_')[0]);
  const known = Version.safeParse(a).success && Version.safeParse(b).success;
  return (known ? compareVersions(a, b) : 0) || (left < right ? -1 : left > right ? 1 : 0);
}

function compareWords(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The order of the matrix: packages by name, versions from old to new, distros, platforms. */
export function byMatrix(a: Cell, b: Cell): number {
  return (
    compareWords(a.package, b.package) ||
    compareLabels(a.version, b.version) ||
    compareWords(a.distro, b.distro) ||
    compareWords(a.platform, b.platform) ||
    compareWords(a.name, b.name)
  );
}

/** Attempts that nobody has judged. Whoever looks for the first time takes only the present for news. */
function unseen({ cell, attempts }: History, seen: Seen | undefined): readonly Attempt[] {
  if (!seen) {
    const built = attempts.findIndex(({ status }) => status?.result === 'built');
    return isDone(cell) || !cell.outage ? [] : built === -1 ? attempts : attempts.slice(0, built);
  }
  const last = attempts.findIndex(({ stamp }) => stamp === seen.attempts[cell.name]);
  return last === -1 ? attempts : attempts.slice(0, last);
}

function changesOf(finding: Finding): readonly Change[] {
  return [...(finding.isNew ? [{ kind: 'red' as const, finding }] : []), ...(finding.over === undefined ? [] : [{ kind: 'green' as const, finding }])];
}

/**
 * Finds what turned red and what is green again. A subject is red from its first fault to its end, whatever happens in between;
 * each outage gives one change of each kind, also when both come to light at once.
 */
export function findNews({ histories, runs, run, open, seen }: Events): News {
  const opened = new Map(open.map((outage) => [outage.subject, outage]));
  const newest = runs.at(-1);
  // A run that is gone on with is looked at again.
  const later = seen ? runs.filter(({ id }) => id >= seen.run) : runs.slice(-1);
  const isBuilding = newest !== undefined && newest.id !== run && newest.seconds === undefined && !newest.steps.some(({ name }) => name === 'build');
  const targets = [...histories].sort((a, b) => byMatrix(a.cell, b.cell));
  const known = new Set(targets.map(({ cell }) => cell.name));
  const findings: readonly Finding[] = [
    ...followSteps(later, opened, seen),
    ...followInfrastructure(
      targets.filter(({ cell }) => cell.target !== undefined),
      newest,
      isBuilding,
      opened.get(infrastructure),
      seen,
    ),
    ...targets.flatMap((history) => followTarget({ ...history, attempts: unseen(history, seen) }, opened.get(history.cell.name), seen)),
    // Whatever nothing on disk tells of any more, and the matrix neither.
    ...open
      .filter(({ subject }) => !known.has(subject) && subject !== infrastructure && !isStep(subject))
      .map((outage) => ({ outage, cell: undefined, isNew: false, what: '', status: undefined, over: 'the matrix has it no more' })),
  ];
  const left = findings.filter(({ over }) => over === undefined).map(({ outage }) => outage);
  const names = new Set(left.map(({ subject }) => subject));
  const judged = new Set(findings.map(({ outage }) => outage.subject));
  const attempts = targets.flatMap((history): [string, string][] => {
    const last = history.attempts.find((one) => !isUndecided(one));
    return last ? [[history.cell.name, last.stamp]] : [];
  });
  return {
    changes: findings.flatMap(changesOf),
    open: left,
    closed: [...judged].filter((subject) => !names.has(subject)),
    seen: {
      attempts: { ...seen?.attempts, ...Object.fromEntries(attempts) },
      run: newest?.id ?? seen?.run ?? '',
      outages: { ...seen?.outages, ...Object.fromEntries(findings.map(({ outage }) => [outage.subject, outage.number])) },
    },
  };
}
