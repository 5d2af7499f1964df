import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Tested } from '../io/artifacts.js';
import { digestPackages, readArtifact } from '../io/artifacts.js';
import { ClientError } from '../io/clients.js';
import { createKey, GpgError, listKeys, secretsOf } from '../io/gpg.js';
import { digestFile, readText } from '../io/read.js';
import { discard, listReleases, readRelease, releaseFolder, repositoryFolder, serve, servedRelease, sizeOf } from '../io/releases.js';
import { manifestPath, replaceFile } from '../io/write.js';
import type { Channel, Contents, Published, Release } from '../model/release.js';
import { Channel as ChannelName, Published as PublishedPackage } from '../model/release.js';
import { describeArtifact, findGaps } from '../plan/artifacts.js';
import { packageFolder } from '../plan/names.js';
import { entrance, nothing, promote as promoteTo, publish as put, Refused, rollBack } from '../plan/publishing.js';
import { emptiedBy, repositoriesOf } from '../plan/repositories.js';
import type { Target } from '../plan/target.js';
import type { Signer } from './make-release.js';
import { makeRelease, store } from './make-release.js';
import { UserError } from './user-error.js';
import type { Workspace } from './workspace.js';
import { openWorkspace } from './workspace.js';

const ledger = join(repositoryFolder, 'published');
/** The state of the packages when they were last published. */
const seen = join(repositoryFolder, 'seen');
const journal = join(repositoryFolder, 'journal');

/** Checksums of everything that was ever published, by distro and file name. */
function everPublished(): ReadonlyMap<string, string> {
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

async function openSigner(workspace: Workspace): Promise<Signer> {
  const secrets = secretsOf(process.env);
  const all = await listKeys(secrets);
  const asked = (process.env['KEY'] ?? '').split(/[ ,]+/).filter(Boolean);
  const keys = asked.length === 0 ? all : all.filter((key) => asked.some((word) => key.fingerprint.endsWith(word.toUpperCase())));
  if (keys.length === 0)
    throw new UserError(`packmill: no key to sign with${asked.length === 0 ? '; make key creates one' : `: ${secrets.home} has no ${asked.join(', ')}`}\n`);
  const expired = keys.filter((key) => key.expires !== undefined && key.expires.getTime() < Date.now());
  if (expired.length > 0)
    throw new UserError(`packmill: the key ${expired.map((key) => key.fingerprint).join(', ')} has expired; make rotate-key makes the next one\n`);
  for (const key of keys)
    if (key.expires !== undefined && key.expires.getTime() < Date.now() + 30 * 86_400_000)
      process.stderr.write(`packmill: the key ${key.fingerprint} expires on ${key.expires.toISOString().slice(0, 10)}\n`);
  return {
    secrets,
    keys,
    publisher: { name: workspace.matrix.workspace.maintainer.replace(/ <.*/, ''), address: workspace.matrix.workspace.publishing.address },
    patience: { generations: workspace.matrix.workspace.publishing.generations, hours: workspace.matrix.workspace.publishing.hours },
  };
}

/** Finished packages, each with the file that was tested. */
function findBuilt(
  { plan }: Workspace,
  known: ReadonlyMap<string, string>,
): readonly { readonly target: Target; readonly substituted: boolean; readonly tested: Tested }[] {
  const bad: string[] = [];
  const found = plan.targets.flatMap((target) =>
    [false, true].flatMap((substituted) => {
      const tested = readArtifact(
        join(packageFolder(target.name, substituted), target.artifact.file),
        (sha256) => known.get(`${target.distroId} ${target.artifact.file}`) === sha256,
      );
      if (tested === undefined) return [];
      if ('reason' in tested) bad.push(`packmill: ${tested.path} cannot be published: ${tested.reason}\n`);
      return 'reason' in tested ? [] : [{ target, substituted, tested }];
    }),
  );
  if (bad.length > 0) throw new UserError(bad.join(''));
  return found;
}

function now(): string {
  return new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

/** Names sort by their number: the clock may go back. */
function nextId(): string {
  const last = Number(listReleases().at(-1)?.split('-')[0] ?? 0);
  return `${String(last + 1).padStart(6, '0')}-${now()}`;
}

function sameContents(left: Contents, right: Contents): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Brings everything into line with what is served: a publisher that was killed may have finished a release without serving it, or served one without a note. */
function takeUp(): void {
  const served = servedRelease();
  for (const id of listReleases()) if (served === undefined || id > served.id) discard(releaseFolder(id));
  if (served === undefined) return;
  remember(Object.values(served.channels).flat());
  if (!existsSync(journal) || !readText(journal).includes(` ${served.id} `)) note(served.id, `${served.action} (its publisher was ended before this note)`);
}

function note(id: string, action: string): void {
  appendFileSync(journal, `${now()} ${id} ${process.env.USER ?? 'unknown'} ${action}\n`);
}

/** Makes a release of these contents, and serves it. */
async function release(contents: Contents, action: string, signer: Signer, workspace: Workspace): Promise<void> {
  const parent = servedRelease();
  const gaps = findGaps(workspace.plan, Object.values(contents).flat());
  const next: Release = {
    id: nextId(),
    ...(parent && { parent: parent.id }),
    action,
    keys: signer.keys.map((key) => key.fingerprint),
    channels: contents,
    emptied: [...emptiedBy(contents, parent ? repositoriesOf(parent) : [])],
    gaps: [...gaps],
  };
  await makeRelease(next, parent, signer);
  serve(next.id);
  remember(Object.values(contents).flat());
  note(next.id, action);
  process.stdout.write(`packmill: ${join(repositoryFolder, 'served')} is ${next.id}: ${action}\n`);
  for (const gap of gaps) process.stdout.write(`packmill: not there: ${gap.series} ${gap.version} for ${gap.distro} ${gap.architecture}\n`);
}

/** Turns mistakes and refusals into messages. */
async function told(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Refused) throw new UserError(`packmill: ${error.message}\n`);
    if (error instanceof ClientError) throw new UserError(`packmill: the new release was not served, because a client refuses it:\n${error.message}\n`);
    if (error instanceof GpgError) throw new UserError(`packmill: gpg: ${error.message}\n`);
    throw error;
  }
}

/** What publishing depends on, beside the packages: the matrix, by what generation remembers of it, and what is served. */
function inputs(): readonly string[] {
  return [manifestPath];
}

function sayNothingNew(): number {
  process.stdout.write('packmill: nothing new to publish\n');
  return 0;
}

/** Publishes every finished package that is not there yet, to the channels by which they enter. */
export async function publish(): Promise<number> {
  return told(async () => {
    takeUp();
    const state = digestPackages(inputs());
    if (existsSync(seen) && readText(seen) === state) return sayNothingNew();
    const workspace = openWorkspace();
    const known = everPublished();
    const built = findBuilt(workspace, known);
    if (built.length === 0) throw new UserError('packmill: nothing is built that could be published\n');
    const current = servedRelease()?.channels ?? nothing;
    const signer = await openSigner(workspace);
    const added = new Map<Channel, Published[]>();
    for (const { target, substituted, tested } of built) {
      const described = describeArtifact(target, workspace.plan, substituted);
      const before = known.get(`${described.distro} ${described.file}`);
      if (before !== undefined && before !== tested.sha256)
        throw new Refused(`${described.file} was published with other bytes (sha256 ${before}); raise its iteration and build it again`);
      const channel = entrance(described, substituted);
      if (current[channel].some((one) => one.distro === described.distro && one.file === described.file)) continue;
      if (before !== undefined) {
        process.stdout.write(`packmill: ${described.file} was taken back from ${channel}; make rollback CHANNEL=${channel} TO=… brings it back\n`);
        continue;
      }
      const path = await store(tested.path, tested.sha256, described.format, signer);
      const published = PublishedPackage.parse({ ...described, size: sizeOf(path), sha256: digestFile(path), tested: tested.sha256 });
      added.set(channel, [...(added.get(channel) ?? []), published]);
    }
    if (added.size === 0) sayNothingNew();
    else await release(put(current, added), 'publish', signer, workspace);
    replaceFile(seen, state);
    return 0;
  });
}

function channelOf(word: string | undefined, setting: string): Channel {
  const parsed = ChannelName.safeParse(word);
  if (!parsed.success) throw new Refused(`${setting}=${word ?? ''}: a channel is stable, testing or substituted`);
  return parsed.data;
}

/** Gives one channel what another has. */
export async function promote(from: string, to: string, series: readonly string[]): Promise<number> {
  return told(async () => {
    takeUp();
    const workspace = openWorkspace();
    const current = servedRelease()?.channels ?? nothing;
    const next = promoteTo(current, channelOf(from, 'FROM'), channelOf(to, 'TO'), series);
    if (sameContents(current, next)) {
      process.stdout.write(`packmill: ${to} has all of that already\n`);
      return 0;
    }
    await release(next, ['promote', from, to, ...series].join(' '), await openSigner(workspace), workspace);
    return 0;
  });
}

/** Gives a channel what it had in an earlier release, in a new one. */
export async function rollback(channel: string, to: string): Promise<number> {
  return told(async () => {
    takeUp();
    const workspace = openWorkspace();
    const current = servedRelease()?.channels ?? nothing;
    if (!existsSync(releaseFolder(to))) throw new Refused(`rollback: there is no release ${to}; make releases lists them`);
    const next = rollBack(current, channelOf(channel, 'CHANNEL'), readRelease(to).channels);
    if (sameContents(current, next)) {
      process.stdout.write(`packmill: ${channel} is as it was in ${to}\n`);
      return 0;
    }
    await release(next, `rollback ${channel} ${to}`, await openSigner(workspace), workspace);
    return 0;
  });
}

/** Prints the releases, the newest last, with what each changed. */
export function releases(): number {
  const served = servedRelease()?.id;
  for (const id of listReleases()) {
    const one = readRelease(id);
    const counts = Object.entries(one.channels).map(([name, packages]) => `${name} ${String(packages.length)}`);
    process.stdout.write(`${id === served ? '*' : ' '} ${id}  ${counts.join(', ')}  ${one.action}\n`);
  }
  return 0;
}

/** Makes the workspace's key, if it has none. */
export async function key(): Promise<number> {
  return told(async () => {
    const secrets = secretsOf(process.env);
    if ((await listKeys(secrets)).length === 0) await createKey(secrets, openWorkspace().matrix.workspace.maintainer);
    for (const one of await listKeys(secrets))
      process.stdout.write(`${one.fingerprint}  ${one.user}  ${one.expires ? `until ${one.expires.toISOString().slice(0, 10)}` : 'does not expire'}\n`);
    return 0;
  });
}
