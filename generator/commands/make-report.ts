import { existsSync, readdirSync } from 'node:fs';

import { attemptFolder, readAttempts } from '../io/attempts.js';
import { readLogEnd } from '../io/logs.js';
import { digestFile, readReportTemplates, readText } from '../io/read.js';
import { runFolder } from '../io/runs.js';
import { findCurrent, writeFiles } from '../io/write.js';
import type { Attempt } from '../model/attempt.js';
import { parseSteps } from '../model/build-log.js';
import { cutOut } from '../model/excerpt.js';
import { groupBy } from '../plan/group-by.js';
import { dockerfilePath, folderOf } from '../plan/names.js';
import { publisherName } from '../render/page.js';
import type { Evidence, Report, RunRecord } from '../render/report/report.js';
import { layOut } from '../render/report/site.js';
import type { Ledger } from './ledger.js';
import { openLedger } from './ledger.js';
import { reportManifest } from './report.js';
import { openWorkspace } from './workspace.js';

/** Of how many attempts a page has the durations of the steps. */
const timed = 3;

function textIfThere(path: string): string | undefined {
  return existsSync(path) ? readText(path) : undefined;
}

/** The log that tells why an attempt failed: of the step, where that is known. */
function failureOf(target: string, attempts: readonly Attempt[]): Evidence['failure'] {
  const last = attempts.find(({ status }) => status?.result === 'failed');
  const built = attempts.findIndex(({ status }) => status?.result === 'built');
  if (!last || (built !== -1 && built < attempts.indexOf(last))) return undefined;
  const folder = attemptFolder(target, last.stamp);
  for (const path of [`${folder}/logs/${last.status?.step ?? ''}.log`, `${folder}/build.log`]) {
    const log = readLogEnd(path);
    if (log) return { path, attempt: last.stamp, excerpt: cutOut(log.text, log.before) };
  }
  return undefined;
}

function readEvidence(target: string, attempts: readonly Attempt[], artifact: string | undefined): Evidence {
  const path = artifact === undefined ? undefined : `${folderOf(artifact)}/Dockerfile`;
  const text = path === undefined ? undefined : textIfThere(path);
  const logs = attempts.map(({ stamp }): [string, string] => [stamp, `${attemptFolder(target, stamp)}/build.log`]).filter(([, log]) => existsSync(log));
  return {
    dockerfile: textIfThere(dockerfilePath(target)),
    kept: path === undefined || text === undefined ? undefined : { path, text },
    logs: new Map(logs),
    steps: new Map(logs.slice(0, timed).map(([stamp, log]) => [stamp, parseSteps(readLogEnd(log)?.text ?? '')])),
    failure: failureOf(target, attempts),
  };
}

/** Every attempt there ever was, of targets that the matrix no longer has too. */
function allAttempts({ cells, traces }: Ledger): ReadonlyMap<string, readonly Attempt[]> {
  const known = [...traces].map(([name, { attempts }]): [string, readonly Attempt[]] => [name, attempts]);
  const retired = cells.filter(({ state }) => state === 'retired').map(({ name }): [string, readonly Attempt[]] => [name, readAttempts(name)]);
  return new Map([...known, ...retired].filter(([, attempts]) => attempts.length > 0));
}

function recordRuns({ runs }: Ledger, attempts: Report['attempts']): readonly RunRecord[] {
  const tried = [...attempts].flatMap(([target, of]) => of.map((attempt) => ({ target, attempt })));
  const byRun = groupBy(tried, ({ attempt }) => attempt.status?.run ?? '');
  const logs = (id: string): readonly string[] =>
    readdirSync(runFolder(id))
      .filter((name) => name.endsWith('.log'))
      .sort();
  return [...runs].reverse().map((run) => ({ run, logs: logs(run.id), tried: byRun.get(run.id) ?? [] }));
}

/** Makes the report and writes what differs; says how much that was. `now` is in seconds since 1970. */
export function makeReport(inputs: string, generator: string, now: number): string {
  const workspace = openWorkspace();
  const ledger = openLedger(workspace, true);
  const attempts = allAttempts(ledger);
  const packages = new Map(
    workspace.plan.targets.flatMap(({ name, artifact }): [string, string][] => (ledger.traces.get(name)?.package ? [[name, artifact.path]] : [])),
  );
  const texts = readReportTemplates();
  const site = layOut(
    {
      publisher: publisherName(workspace.matrix.workspace.maintainer),
      now,
      cells: ledger.cells,
      attempts,
      packages,
      runs: recordRuns(ledger, attempts),
      evidence: (target) => readEvidence(target, attempts.get(target) ?? [], packages.get(target)),
    },
    texts,
    [digestFile(generator), ...texts.values()],
  );
  const current = findCurrent(site.keys, reportManifest);
  const differences = writeFiles(site.render(current), { inputs, keys: site.keys, current }, reportManifest);
  const removed = differences.filter(({ kind }) => kind === 'stale').length;
  return `${String(ledger.cells.length)} cells; ${String(differences.length - removed)} files written, ${String(removed)} removed`;
}
