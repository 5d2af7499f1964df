import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { Notice, Outage, Pending, Seen } from '../model/notice.js';
import { makeFolder } from './folder.js';
import { readText } from './read.js';

/** Folder of everything about messages. */
export const noticesFolder = 'out/notices';

const pendingPath = join(noticesFolder, 'pending.json');
const seenPath = join(noticesFolder, 'seen.json');
const openFolder = join(noticesFolder, 'open');

/** Where a message lies: it waits, it is delivered, or it never will be. */
type Box = 'outbox' | 'sent' | 'refused';

/** How many delivered messages are kept. */
const kept = 2000;

/** Puts a file in its place so that it outlives a loss of power: whole, or not at all. */
function store(path: string, text: string): void {
  makeFolder(dirname(path));
  const file = openSync(`${path}.new`, 'w');
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
}

function flush(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function list(folder: string): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
    : [];
}

function pathOf({ number, id }: Notice, box: Box): string {
  return join(noticesFolder, box, `${String(number).padStart(8, '0')}-${id}.json`);
}

/**
 * Does what pending.json says, as often as it takes: a call that was killed between is finished by the next one. Nothing is sent
 * before it is done, so that doing it twice never brings back what was sent.
 */
export function settle(): void {
  if (!existsSync(pendingPath)) return;
  const { seen, open, closed, notices } = Pending.parse(JSON.parse(readText(pendingPath)));
  for (const notice of notices) store(pathOf(notice, 'outbox'), JSON.stringify(notice));
  for (const outage of open) store(join(openFolder, `${outage.subject}.json`), JSON.stringify(outage));
  for (const subject of closed) rmSync(join(openFolder, `${subject}.json`), { force: true });
  store(seenPath, JSON.stringify(seen));
  for (const folder of [join(noticesFolder, 'outbox'), openFolder, noticesFolder]) if (existsSync(folder)) flush(folder);
  rmSync(pendingPath);
  flush(noticesFolder);
}

/** Makes what a call has found out the case: with one rename, from which on everything follows. */
export function commit(pending: Pending): void {
  store(pendingPath, JSON.stringify(pending));
  flush(noticesFolder);
  settle();
}

/** Down to where everything has been judged; undefined before the first call. */
export function readSeen(): Seen | undefined {
  return existsSync(seenPath) ? Seen.parse(JSON.parse(readText(seenPath))) : undefined;
}

/** What is red and has been told, by name of its subject. */
export function readOpen(): readonly Outage[] {
  return list(openFolder).map((name) => Outage.parse(JSON.parse(readText(join(openFolder, name)))));
}

/** What waits to be sent, the oldest first; files that nobody can read stand in `strange`. */
export function readOutbox(): { readonly notices: readonly Notice[]; readonly strange: readonly string[] } {
  const notices: Notice[] = [];
  const strange: string[] = [];
  for (const path of list(join(noticesFolder, 'outbox')).map((name) => join(noticesFolder, 'outbox', name))) {
    try {
      notices.push(Notice.parse(JSON.parse(readText(path))));
    } catch {
      strange.push(path);
    }
  }
  return { notices, strange };
}

/** Notes that a message could not be delivered. */
export function noteTry(notice: Notice, error: string): Notice {
  const tried = { ...notice, tries: notice.tries + 1, error };
  store(pathOf(notice, 'outbox'), JSON.stringify(tried));
  return tried;
}

/** Takes a message out of those that wait. */
export function putAway(notice: Notice, box: 'sent' | 'refused'): string {
  const path = pathOf(notice, box);
  makeFolder(dirname(path));
  renameSync(pathOf(notice, 'outbox'), path);
  flush(dirname(path));
  return path;
}

/** Writes a message as a file that people read; gives its path. */
export function writeMessage(notice: Notice): string {
  const path = join(noticesFolder, 'messages', `${String(notice.number).padStart(8, '0')}-${notice.kind}-${notice.subject}.txt`);
  store(path, `Subject: ${notice.title}\nDate: ${new Date(notice.created * 1000).toUTCString()}\n\n${notice.text}`);
  return path;
}

/** Forgets the oldest of the delivered messages. */
export function forgetSent(): void {
  const folder = join(noticesFolder, 'sent');
  for (const name of list(folder).slice(0, -kept)) rmSync(join(folder, name));
}
