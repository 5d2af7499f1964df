import type { Facts } from '../model/notice.js';
import type { Cell } from '../plan/cell.js';
import type { Digest } from '../plan/digest.js';
import type { Change } from '../plan/news.js';
import { reportPage } from '../plan/names.js';
import { infrastructure, isStep } from '../plan/outages.js';
import { momentOf } from '../plan/row.js';

/** A message as it is read. */
export interface Text {
  readonly title: string;
  readonly text: string;
  readonly facts: Facts;
}

/** The log of what failed last. */
export interface FailingLog {
  readonly path: string;
  /** Its last lines. */
  readonly lines: readonly string[];
}

function times(count: number): string {
  return count === 1 ? 'once' : `${String(count)} times`;
}

/** Titles become headers and file contents: one line, and not a long one. */
function oneLine(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

/** Logs may have colours and other control characters in them. */
function plain(line: string): string {
  // eslint-disable-next-line no-control-regex -- the escape character is what this is about
  return line.replaceAll(/\u001b\[[0-9;]*[A-Za-z]/g, '').replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ');
}

/** What a subject is called in a sentence. */
function nameOf(subject: string): string {
  if (subject === infrastructure) return 'the infrastructure of the nightly build';
  return isStep(subject) ? `step ${subject.replace('step-', '')} of the nightly run` : subject;
}

function cellFacts(cell: Cell | undefined): Facts {
  return cell ? { package: cell.package, version: cell.version, distro: cell.distro, platform: cell.platform } : {};
}

function row(name: string, value: string): string {
  return `${name.padEnd(10)} ${value}`;
}

/** Address of a page of the report; undefined when nobody has said where that is. */
function pageAt(report: string | undefined, page: string): string | undefined {
  return report === undefined ? undefined : `${report}/${page.split('/').map(encodeURIComponent).join('/')}`;
}

/** The message that something turned red or is green again. */
export function renderChange({ kind, finding }: Change, log: FailingLog | undefined, address: string | undefined): Text {
  const { outage, cell, what, status, over } = finding;
  const report = pageAt(address, cell ? reportPage('targets', cell.name) : 'index.html');
  const name = nameOf(outage.subject);
  const facts: Facts = {
    ...cellFacts(cell),
    since: outage.since,
    failures: outage.failures,
    ...(status && { step: status.step, reason: status.reason, run: status.run }),
    ...(log && { log: log.path }),
    ...(report !== undefined && { report }),
  };
  const link = report === undefined ? [] : [row('Report', report)];
  if (kind === 'green') {
    const text = [
      `${name} is no longer red: ${over ?? ''}.`,
      '',
      row('Was red', `since ${momentOf(outage.since)}`),
      row('Failed', times(outage.failures)),
      ...link,
    ];
    return { title: oneLine(`green: ${name}: ${over ?? ''}`), text: `${text.join('\n')}\n`, facts };
  }
  const text = [
    `${name}: ${what}`,
    '',
    row('Since', momentOf(outage.since)),
    row('Failed', times(outage.failures)),
    ...(status && status.step !== '' ? [row('Step', status.step)] : []),
    ...(log ? ['', `Last lines of ${log.path}:`, '', ...log.lines.map((line) => `    ${plain(line)}`)] : []),
    ...(cell ? ['', `Enter the file system that it left: make shell-${outage.subject}`] : []),
    ...(link.length > 0 ? ['', ...link] : []),
  ];
  return { title: oneLine(`red: ${name}: ${what}`), text: `${text.join('\n')}\n`, facts };
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title} (${String(lines.length)})`, ...lines.map((line) => `  ${line}`)];
}

/** The summary of a nightly run. */
export function renderDigest(digest: Digest, address: string | undefined): Text {
  const { run, built, failed, changes, published, left, held } = digest;
  const report = pageAt(address, reportPage('runs', run.id));
  const changed = (kind: Change['kind']): readonly string[] =>
    changes
      .filter((one) => one.kind === kind)
      .map(({ finding }) => oneLine(`${nameOf(finding.outage.subject)}: ${(kind === 'red' ? finding.what : finding.over) ?? ''}`));
  const counts = [`${String(built.length)} built`, `${String(failed.length)} failed`, `${String(published.length)} published`, `${String(left.length)} left`];
  const text = [
    `Nightly run ${run.id}, begun ${momentOf(run.started)}: ${counts.join(', ')}.`,
    ...section('Turned red', changed('red')),
    ...section('Green again', changed('green')),
    ...section(
      'Built',
      built.map(({ name }) => name),
    ),
    ...section(
      'Failed',
      failed.map(({ cell, status }) =>
        oneLine(`${cell.name}: ${status.fault} fault${status.step === '' ? '' : ` in step ${status.step}`}${status.reason === '' ? '' : `: ${status.reason}`}`),
      ),
    ),
    ...section(
      'Published',
      published.map(({ cell, place }) => `${cell.name} in ${place.channel}: ${place.path}`),
    ),
    ...section(
      'Left for the next run: no time or money',
      left.map(({ name }) => name),
    ),
    ...section(
      'Left out because they failed before',
      held.map(({ target, failures, night, nights }) => `${target}: failed ${times(failures)}; night ${String(night)} of ${String(nights)}`),
    ),
    ...(report === undefined ? [] : ['', row('Report', report)]),
  ];
  return {
    title: oneLine(`nightly run ${run.id}: ${counts.join(', ')}`),
    text: `${text.join('\n')}\n`,
    facts: { run: run.id, ...(report !== undefined && { report }) },
  };
}
