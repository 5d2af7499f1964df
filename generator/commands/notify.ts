import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

import { listTried, readAttempts } from '../io/attempts.js';
import { readFailingLog } from '../io/failing-log.js';
import { commit, readOpen, readSeen, settle } from '../io/outbox.js';
import type { Notice, Seen } from '../model/notice.js';
import type { Kind } from '../model/receiver.js';
import type { Cell } from '../plan/cell.js';
import { isWorthReading, sumUp } from '../plan/digest.js';
import type { Change, News } from '../plan/news.js';
import { byMatrix, findNews } from '../plan/news.js';
import type { History } from '../plan/outages.js';
import { addressesOf, isFor } from '../plan/receivers.js';
import type { Text } from '../render/notice.js';
import { renderChange, renderDigest } from '../render/notice.js';
import { deliver } from './deliver.js';
import type { Ledger } from './ledger.js';
import { openLedger } from './ledger.js';
import { UserError } from './user-error.js';
import type { Workspace } from './workspace.js';
import { openWorkspace } from './workspace.js';

/** A message, and whom it is for. */
type Draft = Pick<Notice, 'id' | 'address' | 'kind' | 'subject'> & Text;

/** The same thing told to the same address has the same id, whoever finds it out. */
function idOf(...words: readonly (string | number)[]): string {
  return createHash('sha256').update(words.join('\n')).digest('hex').slice(0, 32);
}

/** Attempts of a cell down to the last that was seen, or further. Of those that the ledger has read, the very same. */
function historyOf(cell: Cell, ledger: Ledger, seen: Seen | undefined, tried: ReadonlySet<string>): History {
  const known = ledger.traces.get(cell.name)?.attempts ?? [];
  const last = seen?.attempts[cell.name];
  if (!seen || !tried.has(cell.name) || known.some(({ stamp }) => stamp === last)) return { cell, attempts: known };
  const all = readAttempts(cell.name, (read) => read.at(-1)?.stamp !== last);
  const next = all.findIndex(({ stamp }) => stamp === known.at(-1)?.stamp);
  return { cell, attempts: [...known, ...all.slice(next + 1)] };
}

function historiesOf(ledger: Ledger, seen: Seen | undefined): readonly History[] {
  const tried = new Set(listTried());
  const own = ledger.cells.filter((cell) => cell.target === undefined || cell.target.name === cell.name);
  return own.map((cell) => historyOf(cell, ledger, seen, tried)).sort((a, b) => byMatrix(a.cell, b.cell));
}

function draftChanges({ changes }: News, { matrix }: Workspace): readonly Draft[] {
  const { receivers, report } = matrix.workspace.notices;
  return changes.flatMap((change): Draft[] => {
    const { kind, finding } = change;
    const { subject, number, first } = finding.outage;
    const to = addressesOf(receivers).filter((address) => isFor(receivers, address, kind, finding.cell?.package));
    if (to.length === 0) return [];
    const log = kind === 'red' && finding.status ? readFailingLog(finding.status) : undefined;
    const text = renderChange(change, log, report);
    return to.map((address) => ({ id: idOf(kind, subject, number, first, address), address, kind, subject, ...text }));
  });
}

/** One summary of the run for each address that wants it and that it says something to. */
function draftDigests(run: Ledger['runs'][number], histories: readonly History[], { changes }: News, { matrix }: Workspace): readonly Draft[] {
  const { receivers, report } = matrix.workspace.notices;
  return addressesOf(receivers).flatMap((address): Draft[] => {
    const wants = (kind: Kind, packageId: string | undefined): boolean => isFor(receivers, address, kind, packageId);
    if (!wants('digest', undefined)) return [];
    const theirs = changes.filter(({ finding }) => wants('digest', finding.cell?.package));
    const own = histories.filter(({ cell }) => wants('digest', cell.package));
    const digest = sumUp(run, own, theirs);
    const isTold = ({ kind, finding }: Change): boolean => wants(kind, finding.cell?.package);
    if (!isWorthReading(digest, isTold)) return [];
    return [{ id: idOf('digest', run.id, address), address, kind: 'digest', subject: run.id, ...renderDigest(digest, report) }];
  });
}

/** Finds out what has changed, and makes it the case together with the messages that tell of it. */
function findOut(workspace: Workspace, runId: string, now: number): void {
  const seen = readSeen();
  const ledger = openLedger(workspace);
  const histories = historiesOf(ledger, seen);
  const open = readOpen();
  const news = findNews({ histories, runs: ledger.runs, run: runId === '' ? undefined : runId, open, seen });
  const run = ledger.runs.find(({ id }) => id === runId);
  const isDigested = run === undefined || (seen !== undefined && seen.digest >= run.id);
  const drafts = [...draftChanges(news, workspace), ...(isDigested ? [] : draftDigests(run, histories, news, workspace))];
  const before = seen?.notices ?? 0;
  const notices = drafts.map((draft, index): Notice => ({ ...draft, number: before + index + 1, created: now, tries: 0, error: '' }));
  const next: Seen = { ...news.seen, digest: isDigested ? (seen?.digest ?? '') : run.id, notices: before + notices.length };
  if (news.changes.length === 0 && isDeepStrictEqual(next, seen)) return;
  commit({ seen: next, open: [...news.open], closed: [...news.closed], notices });
}

/** How long a server may take, from a setting in seconds. */
function timeoutOf(setting: string): number {
  if (setting === '') return 30_000;
  if (!/^[1-9]\d{0,3}$/.test(setting)) throw new UserError(`packmill: NOTICE_TIMEOUT: expected whole seconds from 1 on, found ${JSON.stringify(setting)}\n`);
  return Number(setting) * 1000;
}

/** Tells everybody of what has turned red or green, and delivers what waits; gives 75 while something still waits because of trouble. */
export async function notify(): Promise<number> {
  const milliseconds = timeoutOf(process.env.NOTICE_TIMEOUT ?? '');
  const workspace = openWorkspace();
  settle();
  findOut(workspace, process.env.RUN ?? '', Math.floor(Date.now() / 1000));
  const waiting = await deliver({
    settings: workspace.matrix.workspace.notices,
    passwordFile: process.env.MAIL_PASSWORD_FILE === '' ? undefined : process.env.MAIL_PASSWORD_FILE,
    milliseconds,
  });
  if (waiting === 0) return 0;
  process.stderr.write(`packmill: ${String(waiting)} ${waiting === 1 ? 'message waits' : 'messages wait'} in out/notices/outbox for the next make notify\n`);
  return 75;
}
