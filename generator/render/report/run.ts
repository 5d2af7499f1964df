import type { Run } from '../../model/run.js';
import { linkFrom, reportPage, runPath } from '../../plan/names.js';
import type { Tried } from '../../plan/timeline.js';
import { layLanes } from '../../plan/timeline.js';
import { quoteHtml } from '../quote.js';
import type { Templates } from '../templates.js';
import { strictView } from '../templates.js';
import { resultOf as attemptResult } from './attempts.js';
import type { Pages, Report, RunRecord } from './report.js';
import { resultOf } from './runs.js';
import { timelineSvg } from './timeline.js';
import { builderName, durationOf, frame, nameHtml, timeHtml } from './words.js';

/** Lists that are longer are folded up. */
const long = 40;

function stepView({ run, logs }: RunRecord, step: Run['steps'][number], page: string): object {
  const { name, status, seconds, said } = step;
  const log = `${name}.log`;
  return strictView({
    name,
    look: status === 0 ? 'good' : 'bad',
    result: status === 0 ? '<span aria-hidden="true">✓</span> done' : `<span aria-hidden="true">✗</span> status ${String(status)}`,
    took: durationOf(seconds),
    said: quoteHtml(said),
    log: logs.includes(log) ? `<a href="${linkFrom(page, `${runPath(run.id)}/${log}`)}" aria-label="log of ${name}">log</a>` : '',
  });
}

function attemptRow({ target, attempt }: Tried, nameOf: (target: string) => string): object {
  const { status } = attempt;
  const [result, look] = attemptResult(attempt);
  return strictView({
    target: nameOf(target),
    builder: status ? quoteHtml(builderName(status.builder)) : '',
    began: timeHtml(status?.started),
    took: status ? durationOf(status.seconds) : '',
    result,
    look,
    step: quoteHtml(status?.step ?? ''),
    reason: quoteHtml(status?.reason ?? ''),
  });
}

function listView(id: string, title: string, note: string, items: readonly string[]): object {
  return strictView({ id, title, note, items, long: items.length > long });
}

function listsOf({ build }: Run, nameOf: (target: string) => string): readonly object[] {
  if (!build) return [];
  const nights = (night: number, of: number): string => (of === 1 ? 'for one night' : `night ${String(night)} of ${String(of)}`);
  return [
    listView('due', 'Due', 'In the order in which they were to be built.', build.due.map(nameOf)),
    listView(
      'held',
      'Held back',
      'They have failed with the same inputs before.',
      build.held.map(
        ({ target, failures, night, nights: of }) => `${nameOf(target)}: ${nights(night, of)}, after ${String(failures)} failure${failures === 1 ? '' : 's'}`,
      ),
    ),
    listView('left', 'Left for the next run', 'There was no time or money for them.', build.left.map(nameOf)),
    listView(
      'blocked',
      'Blocked',
      'Something that they wait for could not be had.',
      build.blocked.map(({ target, by }) => `${nameOf(target)}, by ${nameOf(by)}`),
    ),
  ];
}

/** The page of a nightly run: its steps, what ran when and where, and what was not built. */
export function renderRun(record: RunRecord, report: Report, pages: Pages, templates: Templates): string {
  const { run, tried } = record;
  const page = reportPage('runs', run.id);
  const [result, look] = resultOf(record);
  const nameOf = (target: string): string =>
    pages.has(target) ? `<a href="${linkFrom(page, reportPage('targets', target))}">${nameHtml(target)}</a>` : nameHtml(target);
  const started = ({ attempt }: Tried): number => attempt.status?.started ?? 0;
  const ordered = [...tried].sort((a, b) => started(a) - started(b) || (a.target < b.target ? -1 : 1));
  const body = templates.render(
    'run.html.njk',
    strictView({
      result,
      look,
      began: timeHtml(run.started),
      took: run.seconds === undefined ? '' : durationOf(run.seconds),
      asked: quoteHtml(run.asked),
      steps: run.steps.map((step) => stepView(record, step, page)),
      timeline: timelineSvg(layLanes(tried)) ?? '',
      attempts: ordered.map((one) => attemptRow(one, nameOf)),
      lists: listsOf(run, nameOf),
    }),
  );
  return frame(templates, page, `Run ${Number(run.id.split('-')[0]).toString()}`, body, report);
}
