import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { listReleases, releaseFolder, servedRelease } from '../io/releases.js';
import { readUpgrade } from '../io/traces.js';
import type { Published, Release } from '../model/release.js';
import type { Plan } from '../plan/target.js';
import type { Past } from '../plan/promotion.js';
import { promoteByRules } from '../plan/promotion.js';
import { nothing } from '../plan/publishing.js';
import { madeAt } from '../plan/retention.js';
import { release, sameContents, takeUp } from './release.js';
import { openSigner, told } from './signer.js';
import { UserError } from './user-error.js';
import { openWorkspace } from './workspace.js';

function keyOf({ distro, file }: Published): string {
  return `${distro} ${file}`;
}

/** What the releases that are still there tell of packages, and what lies beside them. */
function lookBack({ targets }: Plan): Past {
  const since = new Map<string, number>();
  const stable = new Set<string>();
  for (const id of listReleases()) {
    const { channels } = JSON.parse(readFileSync(join(releaseFolder(id), 'release.json'), 'utf8')) as Pick<Release, 'channels'>;
    const there = new Set(channels.testing.map(keyOf));
    for (const key of since.keys()) if (!there.has(key)) since.delete(key);
    for (const key of there) if (!since.has(key)) since.set(key, madeAt(id));
    for (const one of channels.stable) stable.add(keyOf(one));
  }
  const folders = new Map(targets.map((target) => [target.name, dirname(target.artifact.path)]));
  return {
    since: (one) => since.get(keyOf(one)),
    wasStable: (one) => stable.has(keyOf(one)),
    hasFailed: ({ target }) => readUpgrade(folders.get(target) ?? '') === 'failed',
  };
}

/** Makes stable what the rules of matrix/workspace.yaml say; nothing new is a success. */
export async function promoteRipe(): Promise<number> {
  return told(async () => {
    takeUp();
    const workspace = openWorkspace();
    const rules = workspace.matrix.workspace.nightly.promote;
    if (rules.length === 0)
      throw new UserError('packmill: promote: FROM= and TO= name channels; without them nightly.promote in matrix/workspace.yaml has rules\n');
    const current = servedRelease()?.channels ?? nothing;
    const next = promoteByRules(current, rules, lookBack(workspace.plan), Date.now());
    if (sameContents(current, next)) {
      process.stdout.write('packmill: nothing is to be promoted by the rules\n');
      return 0;
    }
    await release(next, 'promote by rules', await openSigner(workspace), workspace);
    return 0;
  });
}
