import type { Status } from '../../model/attempt.js';
import { linkFrom, reportPage } from '../../plan/names.js';
import { quoteHtml } from '../quote.js';
import type { Templates } from '../templates.js';
import { strictView } from '../templates.js';
import type { Report, RunRecord } from './report.js';
import { durationOf, frame, timeHtml } from './words.js';

/** Page that lists all runs. */
export const runsPage = reportPage('runs', 'index');

/** How a run ended, as HTML with its sign, and its colour. */
export function resultOf({ run }: RunRecord): readonly [text: string, look: string] {
  const bad = run.steps.filter((step) => step.status !== 0).map((step) => step.name);
  if (bad.length > 0) return [`<span aria-hidden="true">✗</span> trouble in ${bad.join(', ')}`, 'bad'];
  if (run.seconds === undefined) return ['<span aria-hidden="true">…</span> not finished', 'wait'];
  return ['<span aria-hidden="true">✓</span> done', 'good'];
}

/** A table of runs, with links from a page. */
export function runTable(runs: readonly RunRecord[], page: string, label: string, templates: Templates): string {
  const views = runs.map((record) => {
    const { run, tried } = record;
    const [result, look] = resultOf(record);
    const count = (fault: Status['fault'], wanted: Status['result']): number =>
      tried.filter(({ attempt: { status } }) => status?.fault === fault && status.result === wanted).length;
    return strictView({
      link: linkFrom(page, reportPage('runs', run.id)),
      name: quoteHtml(Number(run.id.split('-')[0]).toString()),
      began: timeHtml(run.started),
      took: run.seconds === undefined ? '' : durationOf(run.seconds),
      result,
      look,
      built: count('none', 'built'),
      failed: count('package', 'failed'),
      again: count('infrastructure', 'failed'),
      held: run.build?.held.length ?? 0,
      left: run.build?.left.length ?? 0,
    });
  });
  return templates.render('runs.html.njk', strictView({ label: quoteHtml(label), runs: views }));
}

/** The page that lists all runs that are remembered. */
export function renderRuns(report: Report, templates: Templates): string {
  const body = report.runs.length > 0 ? runTable(report.runs, runsPage, 'Nightly runs, the last first', templates) : '<p>There was no nightly run yet.</p>';
  return frame(templates, runsPage, 'Runs', body, report);
}
