import { readReportTemplates } from '../../../generator/io/read.js';
import type { Attempt, Traces } from '../../../generator/model/attempt.js';
import { cutOut } from '../../../generator/model/excerpt.js';
import { keepLedger } from '../../../generator/plan/ledger.js';
import { planMatrix } from '../../../generator/plan/plan.js';
import type { Evidence, Report } from '../../../generator/render/report/report.js';
import { layOut } from '../../../generator/render/report/site.js';
import { fault } from '../../attempts.js';
import { edited, matrixOf } from '../../texts.js';

export const amd64 = 'hello_1.2_debian_bookworm_linux-amd64';

const nothing: Evidence = { dockerfile: undefined, kept: undefined, logs: new Map(), steps: new Map(), failure: undefined };

/** A report of the sound matrix, in which one target has been tried; what a test wants to be different is in `over`. */
export function sample(attempts: readonly Attempt[] = [fault('20260921T131320Z-7')], over: Partial<Report> = {}): Report {
  const plan = planMatrix(
    matrixOf(edited(['packages/hello', 'section: devel', "section: devel\nexclude:\n  - { when: { platform: linux/arm64 }, reason: '<b>no & never</b>' }"])),
  );
  const traces: Traces = { dockerfile: 'a'.repeat(64), attempts, package: undefined, upgrade: undefined, isSigned: false };
  const cells = keepLedger({ plan, traces: new Map([[amd64, traces]]), places: new Map(), lastBuild: undefined, known: [amd64], digest: () => undefined });
  return {
    ...{
      publisher: 'Test & Packages',
      now: 1_790_100_000,
      cells,
      attempts: new Map([[amd64, attempts]]),
      packages: new Map(),
      runs: [],
      evidence: () => nothing,
    },
    ...over,
  };
}

/** What is on disk of a target that failed. */
export function failing(log: string): Evidence {
  const path = `out/attempts/${amd64}/20260921T131320Z-7/logs/build.log`;
  return {
    dockerfile: '# base: new\nFROM base AS deps\n',
    kept: { path: `out/packages/${amd64}/Dockerfile`, text: '# base: old\nFROM base AS deps\n' },
    logs: new Map([['20260921T131320Z-7', path.replace('logs/', '')]]),
    steps: new Map([['20260921T131320Z-7', [{ name: 'build', seconds: 61.9, outcome: 'failed' }]]]),
    failure: { path, attempt: '20260921T131320Z-7', excerpt: cutOut(log) },
  };
}

/** Every file of a report by its path in it. */
export function files(report: Report, current: ReadonlySet<string> = new Set()): ReadonlyMap<string, string> {
  const site = layOut(report, readReportTemplates(), []);
  return new Map([...site.render(current)].map(([path, text]) => [path.replace('out/report/', ''), text]));
}
