import { createHash } from 'node:crypto';

import type { Attempt } from '../../model/attempt.js';
import type { Cell } from '../../plan/cell.js';
import { groupBy } from '../../plan/group-by.js';
import { reportFolder, reportPage } from '../../plan/names.js';
import { rowOf } from '../../plan/row.js';
import { Templates } from '../templates.js';
import { renderCsv, renderJson } from './data.js';
import { renderFeed } from './feed.js';
import { renderIndex } from './index.js';
import { renderPackage } from './package.js';
import type { Pages, Report, RunRecord } from './report.js';
import { pagesOf } from './report.js';
import { renderRun } from './run.js';
import { renderRuns, runsPage } from './runs.js';
import { renderTarget } from './target.js';
import { renderTrends } from './trends.js';

/** A page that is made only when what it depends on has changed. */
interface Page {
  readonly path: string;
  /** Digest of all that its bytes depend on. */
  readonly key: string;
  readonly render: () => string;
}

/** A report as files: their keys, and a function that makes those which are not current. */
export interface Site {
  readonly keys: ReadonlyMap<string, string>;
  readonly render: (current: ReadonlySet<string>) => ReadonlyMap<string, string>;
}

function targetFacts(cell: Cell, attempts: readonly Attempt[], pages: Pages, runs: ReadonlySet<string>): unknown {
  const { target } = cell;
  const needs = (target?.needs ?? []).map(({ name }) => [name, pages.has(name)]);
  return [rowOf(cell), target && [target.source, target.base, target.method], needs, attempts, attempts.map(({ status }) => runs.has(status?.run ?? ''))];
}

function runFacts({ run, logs, tried }: RunRecord, pages: Pages): unknown {
  const build = run.build && [...run.build.due, ...run.build.held.map((one) => one.target), ...run.build.left, ...run.build.blocked.map((one) => one.target)];
  return [run, logs, tried, build?.map((name) => pages.has(name))];
}

/** The whole report. `makers` tells apart generators and templates: another one makes every page anew. */
export function layOut(report: Report, texts: ReadonlyMap<string, string>, makers: readonly string[]): Site {
  const templates = new Templates(texts);
  const pages = pagesOf(report);
  const runs = new Set(report.runs.map(({ run }) => run.id));
  const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
  const common = digest([report.publisher, makers]);
  const keyOf = (facts: unknown): string => digest([common, facts]);
  const targets = [...pages].map(([name, cell]): Page => {
    const attempts = report.attempts.get(name) ?? [];
    const facts = [targetFacts(cell, attempts, pages, runs), report.packages.get(name)];
    return { path: reportPage('targets', name), key: keyOf(facts), render: () => renderTarget(cell, attempts, report, pages, templates) };
  });
  const nights = report.runs.map((record): Page => ({
    path: reportPage('runs', record.run.id),
    key: keyOf(runFacts(record, pages)),
    render: () => renderRun(record, report, pages, templates),
  }));
  const kept = [...targets, ...nights];
  const at = (path: string): string => `${reportFolder}/${path}`;
  const packageOf = new Map([...pages].map(([name, cell]) => [name, cell.package]));
  return {
    keys: new Map(kept.map(({ path, key }) => [at(path), key])),
    render: (current) =>
      new Map([
        ...kept.filter(({ path }) => !current.has(at(path))).map(({ path, render }): [string, string] => [at(path), render()]),
        ...[...groupBy(report.cells, (cell) => cell.package)].map(([id, of]): [string, string] => [
          at(reportPage('packages', id)),
          renderPackage(id, of, report, pages, templates),
        ]),
        [at('style.css'), texts.get('style.css') ?? ''],
        [at(runsPage), renderRuns(report, templates)],
        [at('trends.html'), renderTrends(report, packageOf, templates)],
        [at('report.json'), renderJson(report)],
        [at('report.csv'), renderCsv(report)],
        [at('feed.atom'), renderFeed(report)],
        [at('index.html'), renderIndex(report, templates)],
      ]),
  };
}
