import { existsSync } from 'node:fs';

import { listReleases, readRelease, releaseFolder, servedRelease } from '../io/releases.js';
import { Channel } from '../model/release.js';
import { nothing, promote as promoteTo, Refused, rollBack } from '../plan/publishing.js';
import { release, sameContents, takeUp } from './release.js';
import { openSigner, told } from './signer.js';
import { openWorkspace } from './workspace.js';

function channelOf(word: string | undefined, setting: string): Channel {
  const parsed = Channel.safeParse(word);
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
