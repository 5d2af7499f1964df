import type { Attempt } from '../../model/attempt.js';
import type { Cell } from '../../plan/cell.js';
import { isDone } from '../../plan/cell.js';
import { differences } from '../../plan/differences.js';
import { linkFrom, reportPage, servedFile } from '../../plan/names.js';
import { quoteHtml } from '../quote.js';
import type { Templates } from '../templates.js';
import { strictView } from '../templates.js';
import { attemptView, stepsView } from './attempts.js';
import { failureView } from './failure.js';
import type { Evidence, Pages, Report } from './report.js';
import { downloadOf, frame, lookOf, stateHtml, timeHtml, times } from './words.js';

function link(href: string, text: string): string {
  return `<a href="${href}">${quoteHtml(text)}</a>`;
}

function places(cell: Cell, page: string): string {
  return cell.places.map(({ channel, path, since }) => `${link(linkFrom(page, servedFile(path)), channel)} since ${timeHtml(since)}`).join('; ');
}

/** What is known of a target, as names and HTML; what is empty is left out. */
function factsOf(cell: Cell, page: string, report: Report, { kept }: Evidence, pages: Pages): readonly object[] {
  const { target, outage, byName, upgrade } = cell;
  const download = downloadOf(cell, page, report);
  const needs = (target?.needs ?? []).map(({ name }) => (pages.has(name) ? link(linkFrom(page, reportPage('targets', name)), name) : quoteHtml(name)));
  const [address] = target?.source.addresses ?? [];
  const facts: readonly (readonly [name: string, html: string])[] = [
    ['Version', quoteHtml(cell.version.replace('_', ' on '))],
    ['Distro', quoteHtml(cell.distro)],
    ['Platform', quoteHtml(cell.platform) + (target ? `, ${target.method === 'cross' ? 'cross-compiled' : target.method}` : '')],
    ['Outage', outage ? `since ${timeHtml(outage.since)}, failed ${times(outage.failures)}` : ''],
    [isDone(cell) ? 'Package' : 'Earlier package', download === undefined ? '' : link(download, decodeURIComponent(download.split('/').at(-1) ?? ''))],
    ['Published', places(cell, page)],
    ['Upgrades', upgrade ?? ''],
    ['Only by name', quoteHtml(byName ?? '')],
    ['Source', target ? quoteHtml(target.source.file) + (address === undefined ? '' : ` <span class="soft">from ${quoteHtml(address)}</span>`) : ''],
    ['SHA-256', target?.source.sha256 === undefined ? '' : `<code>${target.source.sha256}</code>`],
    ['Base', target ? `<code>${quoteHtml(target.base.identity)}</code> <span class="soft">${quoteHtml(target.base.why)}</span>` : ''],
    ['Needs', needs.join(', ')],
    ['Dockerfile', kept ? link(linkFrom(page, kept.path), 'as its package was built') : ''],
  ];
  return facts.filter(([, html]) => html !== '').map(([name, html]) => strictView({ name, html }));
}

/** The lines before the first instruction: everything that the Dockerfile depends on. */
function headOf(dockerfile: string): string {
  const lines = dockerfile.split('\n');
  const first = lines.findIndex((line) => line.startsWith('FROM '));
  return lines
    .slice(0, first + 1)
    .join('\n')
    .trimEnd();
}

function changeHtml(line: string): string {
  return line.startsWith('-') ? `<del>${quoteHtml(line)}</del>` : `<ins>${quoteHtml(line)}</ins>`;
}

/** The page of a target: its state and history, why it failed, and what it is made of. */
export function renderTarget(cell: Cell, attempts: readonly Attempt[], report: Report, pages: Pages, templates: Templates): string {
  const page = reportPage('targets', cell.name);
  const evidence = report.evidence(cell.name);
  const { dockerfile, kept } = evidence;
  const runs = new Set(report.runs.map(({ run }) => run.id));
  const body = templates.render(
    'target.html.njk',
    strictView({
      look: lookOf(cell.state),
      state: stateHtml(cell.state),
      since: timeHtml(cell.since),
      why: quoteHtml(cell.why),
      package: strictView({ link: `${linkFrom(page, reportPage('packages', cell.package))}#${encodeURIComponent(cell.name)}`, name: quoteHtml(cell.package) }),
      facts: factsOf(cell, page, report, evidence, pages),
      failure: failureView(cell, evidence, page),
      differences: dockerfile === undefined || !kept ? [] : differences(kept.text, dockerfile).map(changeHtml),
      attempts: attempts.map((one) => attemptView(one, evidence, runs, page)),
      steps: stepsView(attempts, evidence),
      head: dockerfile === undefined ? '' : quoteHtml(headOf(dockerfile)),
    }),
  );
  return frame(templates, page, cell.name, body, report);
}
