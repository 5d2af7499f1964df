import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { discard, listReleases, readRelease, releaseFolder, repositoryFolder, servedRelease } from '../io/releases.js';
import { planPurge } from '../plan/retention.js';
import { takeUp } from './release.js';
import { UserError } from './user-error.js';

const store = join(repositoryFolder, 'store');

/** Removes what nobody can go back to; says first what that is, and without `really` only says it. */
export function purge(really: boolean, window: { readonly releases: number; readonly days: number }): number {
  takeUp();
  const served = servedRelease();
  if (!served) throw new UserError('packmill: nothing is published yet\n');
  const stored = existsSync(store) ? readdirSync(store).filter((name) => !name.endsWith('.new')) : [];
  const { releases, files } = planPurge(listReleases().map(readRelease), served.id, stored, window, Date.now());
  const verb = really ? 'removed' : 'would be removed';
  for (const id of releases) {
    if (really) discard(releaseFolder(id));
    process.stdout.write(`packmill: release ${id} ${verb}\n`);
  }
  for (const sum of files) {
    const [name = ''] = readdirSync(join(store, sum));
    if (really) discard(join(store, sum));
    process.stdout.write(`packmill: ${name} (tested as ${sum.slice(0, 16)}) ${verb}\n`);
  }
  if (releases.length + files.length === 0) process.stdout.write('packmill: nothing to purge\n');
  else if (!really) process.stdout.write('packmill: make purge REALLY=1 does it\n');
  return 0;
}
