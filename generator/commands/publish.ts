import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { digestPackages, readArtifact } from '../io/artifacts.js';
import { keyFiles } from '../io/gpg.js';
import { readText } from '../io/read.js';
import { repositoryFolder, servedRelease } from '../io/releases.js';
import { manifestPath, replaceFile } from '../io/write.js';
import type { Channel, Published } from '../model/release.js';
import { describeArtifact } from '../plan/artifacts.js';
import { packageFolder } from '../plan/names.js';
import { entrance, nothing, publish as put, Refused } from '../plan/publishing.js';
import { everPublished, release, takeUp } from './release.js';
import { openSigner, told } from './signer.js';
import type { Built } from './store.js';
import { store } from './store.js';
import { UserError } from './user-error.js';
import type { Workspace } from './workspace.js';
import { openWorkspace } from './workspace.js';

/** The state of the packages when they were last published. */
const seen = join(repositoryFolder, 'seen');

/** Finished packages, each with the file that was tested. */
export function findBuilt({ plan }: Workspace, known: ReadonlyMap<string, string>): readonly Built[] {
  const bad: string[] = [];
  const found = plan.targets.flatMap((target) =>
    [false, true].flatMap((substituted) => {
      const tested = readArtifact(
        join(packageFolder(target.name, substituted), target.artifact.file),
        (sha256) => known.get(`${target.distroId} ${target.artifact.file}`) === sha256,
      );
      if (tested === undefined) return [];
      if ('reason' in tested) bad.push(`packmill: ${tested.path} cannot be published: ${tested.reason}\n`);
      return 'reason' in tested ? [] : [{ target, substituted, path: tested.path, tested: tested.sha256 }];
    }),
  );
  if (bad.length > 0) throw new UserError(bad.join(''));
  return found;
}

/** What publishing depends on, beside the packages: the matrix, by what generation remembers of it, and what is served. */
function inputs(): readonly string[] {
  return [manifestPath, ...keyFiles()];
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
    for (const one of built) {
      const { target, substituted, tested } = one;
      const described = describeArtifact(target, workspace.plan, substituted);
      const before = known.get(`${described.distro} ${described.file}`);
      if (before !== undefined && before !== tested)
        throw new Refused(`${described.file} was published with other bytes (sha256 ${before}); raise its iteration and build it again`);
      const channel = entrance(described, substituted);
      if (current[channel].some((one) => one.distro === described.distro && one.file === described.file)) continue;
      if (before !== undefined) {
        process.stdout.write(`packmill: ${described.file} was taken back from ${channel}; make rollback CHANNEL=${channel} TO=… brings it back\n`);
        continue;
      }
      added.set(channel, [...(added.get(channel) ?? []), await store(one, workspace.plan, signer)]);
    }
    const rekeyed = servedRelease()?.keys.join() !== signer.keys.map((key) => key.fingerprint).join();
    if (added.size === 0 && !rekeyed) sayNothingNew();
    else await release(put(current, added), 'publish', signer, workspace);
    replaceFile(seen, state);
    return 0;
  });
}
