import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';

import type { Secrets } from '../io/gpg.js';
import { exportKeys, listKeys } from '../io/gpg.js';
import { digestFile } from '../io/read.js';
import { add } from './add.js';
import { publisherName } from '../render/page.js';
import { openWorkspace } from './workspace.js';

const id = 'release';

const licence = `To the extent possible under law, the publisher of this package has waived all copyright and related rights to it:
https://creativecommons.org/publicdomain/zero/1.0/
`;

/**
 * Keeps the package that defines the repository on users' machines in step with its keys and address: when they differ from those of the
 * newest version, a source with the new ones is put beside the recipe, and the next version into it. A workspace without the recipe has none.
 */
export async function updateReleaseSource(secrets: Secrets): Promise<number> {
  const { matrix } = openWorkspace();
  const recipe = matrix.packages.get(id);
  if (!recipe) return 0;
  const keys = await listKeys(secrets);
  const folder = mkdtempSync(join(tmpdir(), 'packmill-release-'));
  try {
    const tree = join(folder, id);
    mkdirSync(tree);
    writeFileSync(join(tree, 'LICENSE'), licence);
    writeFileSync(join(tree, 'address'), `${matrix.workspace.publishing.address}\n`);
    writeFileSync(join(tree, 'origin'), `${publisherName(matrix.workspace.maintainer)}\n`);
    writeFileSync(join(tree, 'name'), `${recipe.name.replace(/-release$/, '')}\n`);
    writeFileSync(join(tree, 'packages.asc'), await exportKeys(secrets, keys, 'armored'));
    writeFileSync(join(tree, 'packages.gpg'), await exportKeys(secrets, keys, 'binary'));
    // The same keys and address give the same bytes, which is how a change is seen.
    const moment = Math.max(...keys.map((key) => key.created.getTime())) / 1000;
    const fixed = ['--sort=name', '--format=ustar', '--owner=0', '--group=0', '--numeric-owner', '--mode=u=rwX,go=rX', `--mtime=@${String(moment)}`];
    const fresh = join(folder, 'source.tar');
    await execa('tar', ['--create', '--file', fresh, ...fixed, '--directory', folder, id]);

    const last = Math.max(0, ...Object.keys(recipe.versions).map(Number));
    const path = (version: number): string => `matrix/packages/${id}/release_${String(version)}.tar`;
    if (last > 0 && existsSync(path(last)) && digestFile(path(last)) === digestFile(fresh)) return 0;
    await execa('cp', [fresh, `${path(last + 1)}.new`]);
    renameSync(`${path(last + 1)}.new`, path(last + 1));
    return await add({ package: id, version: String(last + 1), source: undefined, mirror: undefined, offline: false });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
