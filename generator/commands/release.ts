import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';

import { readText } from '../io/read.js';
import { clearStaging, discard, finish, listReleases, releaseFolder, repositoryFolder, serve, servedRelease } from '../io/releases.js';
import type { Contents, Published, Release } from '../model/release.js';
import { findGaps } from '../plan/artifacts.js';
import { historyOf } from '../plan/changes.js';
import { emptiedBy, repositoriesOf } from '../plan/repositories.js';
import type { Signer } from './make-release.js';
import { makeRelease } from './make-release.js';
import { tryInstallations } from './try-installations.js';
import { verifyRelease } from './verify-release.js';
import type { Workspace } from './workspace.js';

const ledger = join(repositoryFolder, 'published');
const journal = join(repositoryFolder, 'journal');

/** Checksums of everything that was ever published, by distro and file name. */
export function everPublished(): ReadonlyMap<string, string> {
  if (!existsSync(ledger)) return new Map();
  const lines = readFileSync(ledger, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(65), line.slice(0, 64)]));
}

function remember(packages: readonly Published[]): void {
  const known = everPublished();
  const lines = packages.filter((one) => !known.has(`${one.distro} ${one.file}`)).map((one) => `${one.tested} ${one.distro} ${one.file}\n`);
  if (lines.length > 0) appendFileSync(ledger, [...new Set(lines)].join(''));
}

function now(): string {
  return new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

/** Names sort by their number: the clock may go back. */
function nextId(): string {
  const last = Number(listReleases().at(-1)?.split('-')[0] ?? 0);
  return `${String(last + 1).padStart(6, '0')}-${now()}`;
}

export function sameContents(left: Contents, right: Contents): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Brings everything into line with what is served: a publisher that was killed may have finished a release without serving it, or served one without a note. */
export function takeUp(): void {
  clearStaging();
  const served = servedRelease();
  for (const id of listReleases()) if (served === undefined || id > served.id) discard(releaseFolder(id));
  if (served === undefined) return;
  remember(Object.values(served.channels).flat());
  if (!existsSync(journal) || !readText(journal).includes(` ${served.id} `)) note(served.id, `${served.action} (its publisher was ended before this note)`);
}

function note(id: string, action: string): void {
  appendFileSync(journal, `${now()} ${id} ${userInfo().username} ${action}\n`);
}

/** Makes a release of these contents, and serves it. */
export async function release(contents: Contents, action: string, signer: Signer, workspace: Workspace): Promise<void> {
  const parent = servedRelease();
  const gaps = findGaps(workspace.plan, Object.values(contents).flat());
  const id = nextId();
  const next: Release = {
    id,
    ...(parent && { parent: parent.id }),
    action,
    keys: signer.keys.map((key) => key.fingerprint),
    channels: contents,
    emptied: [...emptiedBy(contents, parent ? repositoriesOf(parent) : [])],
    gaps: [...gaps],
    history: historyOf(id, action, contents, parent),
  };
  const staged = await makeRelease(next, parent, signer);
  await verifyRelease(staged);
  // What is taken back was tried when it came.
  if (!action.startsWith('rollback')) await tryInstallations(staged, workspace);
  finish(next.id);
  serve(next.id);
  remember(Object.values(contents).flat());
  note(next.id, action);
  process.stdout.write(`packmill: ${join(repositoryFolder, 'served')} is ${next.id}: ${action}\n`);
  for (const gap of gaps) process.stdout.write(`packmill: not there: ${gap.series} ${gap.version} for ${gap.distro} ${gap.architecture}\n`);
}
