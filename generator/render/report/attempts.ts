import type { Attempt } from '../../model/attempt.js';
import type { StepTime } from '../../model/build-log.js';
import { linkFrom, reportPage } from '../../plan/names.js';
import { momentOf } from '../../plan/row.js';
import { quoteHtml } from '../quote.js';
import { strictView } from '../templates.js';
import type { Evidence } from './report.js';
import { builderName, durationOf, timeHtml } from './words.js';

/** How an attempt ended, as HTML with its sign, and its colour. */
export function resultOf({ status, running }: Attempt): readonly [text: string, look: string] {
  const say = (sign: string, word: string): string => `<span aria-hidden="true">${sign}</span> ${word}`;
  if (running !== undefined) return [say('▶', 'runs'), 'wait'];
  if (!status) return [say('…', 'was killed'), 'plain'];
  if (status.result === 'built') return [say('✓', 'built'), 'good'];
  return status.result === 'failed' ? [say('✗', 'failed'), 'bad'] : [say('…', 'interrupted'), 'plain'];
}

/** When an attempt began, by its name, for those that left nothing else. */
function stampTime(stamp: string): string {
  const [, date = '', hour = '', minute = ''] = /^(\d{8})T(\d\d)(\d\d)/.exec(stamp) ?? [];
  return date === '' ? stamp : `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)} ${hour}:${minute}`;
}

/** A row of the history. */
export function attemptView(attempt: Attempt, { logs }: Evidence, runs: ReadonlySet<string>, page: string): object {
  const { stamp, status } = attempt;
  const [result, look] = resultOf(attempt);
  const log = logs.get(stamp);
  const run = status?.run ?? '';
  const number = quoteHtml(run === '' ? '' : Number(run.split('-')[0]).toString());
  const when = status ? timeHtml(status.started) : quoteHtml(stampTime(stamp));
  return strictView({
    when,
    took: status ? durationOf(status.seconds) : '',
    result,
    look,
    fault: status && status.fault !== 'none' ? status.fault : '',
    step: quoteHtml(status?.step ?? ''),
    reason: quoteHtml(status?.reason ?? ''),
    builder: status ? quoteHtml(builderName(status.builder)) : '',
    run: runs.has(run) ? `<a href="${linkFrom(page, reportPage('runs', run))}" aria-label="run ${number}">${number}</a>` : number,
    log: log === undefined ? '' : `<a href="${linkFrom(page, log)}" aria-label="log of ${quoteHtml(stamp)}">log</a>`,
  });
}

function stepHtml(step: StepTime | undefined): string {
  if (!step) return '';
  const { outcome, seconds } = step;
  const took = seconds === undefined ? '' : durationOf(seconds);
  if (outcome === 'done') return took;
  if (outcome === 'failed') return `<span class="state bad"><span aria-hidden="true">✗</span> failed</span> ${took}`;
  return `<span class="soft">${outcome === 'skipped' ? 'not run' : outcome === 'cached' ? 'cached' : 'not finished'}</span>`;
}

/** A table of the steps of the last attempts, a column each. */
export function stepsView(attempts: readonly Attempt[], { steps }: Evidence): object {
  const shown = attempts.filter(({ stamp }) => (steps.get(stamp)?.length ?? 0) > 0);
  const names = [...new Set(shown.flatMap(({ stamp }) => (steps.get(stamp) ?? []).map((step) => step.name)))];
  return strictView({
    attempts: shown.map(({ stamp, status }) => quoteHtml(status ? momentOf(status.started).replace(' UTC', '') : stampTime(stamp))),
    rows: names.map((name) =>
      strictView({ name: quoteHtml(name), fields: shown.map(({ stamp }) => stepHtml(steps.get(stamp)?.find((step) => step.name === name))) }),
    ),
  });
}
