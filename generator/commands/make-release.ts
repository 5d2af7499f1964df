import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Aptly } from '../io/aptly.js';
import { createRepository } from '../io/createrepo.js';
import { makeFolder } from '../io/folder.js';
import type { Secrets, SigningKey } from '../io/gpg.js';
import { clearSign, detachSign, exportKeys } from '../io/gpg.js';
import { retainedFiles } from '../io/generations.js';
import { link, linkTree, listReleases, readRelease, releaseFolder, repositoryFolder, stage } from '../io/releases.js';
import { readPages } from '../io/read.js';
import type { Contents, Published, Release } from '../model/release.js';
import type { Patience } from '../plan/publishing.js';
import { retainedReleases } from '../plan/publishing.js';
import type { Repository } from '../plan/repositories.js';
import { repositoriesOf, servedPath } from '../plan/repositories.js';
import type { Publisher } from '../render/page.js';
import { renderPage } from '../render/page.js';
import { Templates } from '../render/templates.js';
import { companions, stored } from './store.js';

/** Everything that a release is made with, beside its contents. */
export interface Signer {
  readonly secrets: Secrets;
  /** At least one; the first also signs packages. */
  readonly keys: readonly SigningKey[];
  /** Those that users need: also what signed earlier packages. */
  readonly publicKeys: readonly SigningKey[];
  readonly patience: Patience;
  readonly publisher: Publisher;
}

/** Packages of an earlier release may have less beside them. */
function linkIfThere(from: string, to: string): void {
  if (existsSync(from)) link(from, to);
}

/** Folder of a repository below the web root; of a suite that of its indexes. */
export function indexFolder(repository: Repository): string {
  return repository.format === 'deb' ? `deb/dists/${repository.path}` : `rpm/${repository.path}`;
}

function sameRepository(left: Repository, right: Repository | undefined): boolean {
  return right !== undefined && JSON.stringify(left) === JSON.stringify(right);
}

async function writeSuites(folder: string, id: string, suites: readonly Repository[], packages: readonly Published[], signer: Signer): Promise<void> {
  const aptly = new Aptly(join(repositoryFolder, 'aptly'), signer.publisher.name);
  const wanted = suites.map(({ path, architectures, packages: of }) => ({
    path,
    architectures,
    packages: of.map((one) => `${one.name}_${one.revision}_${one.architecture}`),
  }));
  const files = packages.filter((one) => one.format === 'deb').map(stored);
  let written: string;
  try {
    await aptly.open();
    await aptly.add(files);
    written = await aptly.write(id, wanted);
  } catch {
    // Its database is a cache. One that a kill has broken is made anew; a second failure is the answer.
    aptly.reset();
    await aptly.open();
    await aptly.add(files);
    written = await aptly.write(id, wanted);
  }
  linkTree(written, join(folder, 'deb'));
  for (const { path } of suites) {
    const dist = join(folder, 'deb/dists', path);
    const text = readFileSync(join(dist, 'Release'));
    writeFileSync(join(dist, 'InRelease'), await clearSign(signer.secrets, signer.keys, text));
    writeFileSync(join(dist, 'Release.gpg'), await detachSign(signer.secrets, signer.keys, text));
  }
}

async function writeFolder(folder: string, { path }: Repository, parent: string | undefined, signer: Signer): Promise<void> {
  const wanted = join(folder, 'rpm', path);
  makeFolder(wanted);
  await createRepository(wanted, parent && join(parent, 'rpm', path));
  const index = join(wanted, 'repodata/repomd.xml');
  writeFileSync(`${index}.asc`, await detachSign(signer.secrets, signer.keys, readFileSync(index)));
}

/** Every package of any channel, once. */
function allOf(contents: Contents): readonly Published[] {
  const all = Object.values(contents).flat();
  return [...new Map(all.map((one) => [`${one.distro} ${one.file}`, one])).values()];
}

/** A release that is written and not finished. */
export interface Staged {
  readonly folder: string;
  readonly repositories: readonly Repository[];
  /** Those that differ from what they were in the release before, or are new. */
  readonly changed: readonly Repository[];
  /** Packages that the release before had nowhere. */
  readonly fresh: ReadonlySet<Published>;
  /** Packages that are new in a repository. */
  readonly added: readonly { readonly repository: Repository; readonly packages: readonly Published[] }[];
}

/** Writes a release beside the one that is served. Repositories that are as they were are linked from there, signatures and all. */
export async function makeRelease(release: Release, parent: Release | undefined, signer: Signer): Promise<Staged> {
  const folder = stage(release.id);
  const before = parent && releaseFolder(parent.id);
  const earlier = new Map((parent ? repositoriesOf(parent) : []).map((one) => [`${one.format} ${one.path}`, one]));
  const rekeyed = parent?.keys.join() !== release.keys.join();
  const repositories = repositoriesOf(release);
  const changed = repositories.filter((one) => rekeyed || !sameRepository(one, earlier.get(`${one.format} ${one.path}`)));
  for (const one of repositories) if (before !== undefined && !changed.includes(one)) linkTree(join(before, indexFolder(one)), join(folder, indexFolder(one)));

  const packages = allOf(release.channels);
  for (const one of repositories)
    for (const file of one.packages)
      for (const suffix of companions) linkIfThere(`${stored(file)}${suffix}`, join(folder, `${servedPath(one, file)}${suffix}`));
  const suites = changed.filter((one) => one.format === 'deb');
  if (suites.length > 0) await writeSuites(folder, release.id, suites, packages, signer);
  for (const one of changed) if (one.format === 'rpm') await writeFolder(folder, one, before, signer);

  for (const id of retainedReleases(release.id, listReleases(), signer.patience)) {
    const old = releaseFolder(id);
    const files = repositoriesOf(readRelease(id)).flatMap((one) => one.packages.map((file) => servedPath(one, file)));
    for (const path of retainedFiles(old, files)) link(join(old, path), join(folder, path));
  }

  makeFolder(join(folder, 'keys'));
  writeFileSync(join(folder, 'keys/packages.asc'), await exportKeys(signer.secrets, signer.publicKeys, 'armored'));
  writeFileSync(join(folder, 'keys/packages.gpg'), await exportKeys(signer.secrets, signer.publicKeys, 'binary'));
  writeFileSync(join(folder, 'release.json'), `${JSON.stringify(release, null, 1)}\n`);
  writeFileSync(join(folder, 'index.html'), renderPage(release, signer.publisher, new Templates(readPages())));
  const known = new Set(parent ? allOf(parent.channels).map((one) => `${one.distro} ${one.file}`) : []);
  const added = changed.map((repository) => {
    const old = new Set(earlier.get(`${repository.format} ${repository.path}`)?.packages.map((one) => one.file));
    return { repository, packages: repository.packages.filter((one) => !old.has(one.file)) };
  });
  return {
    folder,
    repositories,
    changed,
    fresh: new Set(added.flatMap((one) => one.packages).filter((one) => !known.has(`${one.distro} ${one.file}`))),
    added,
  };
}
