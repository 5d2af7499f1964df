import { copyFileSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { signPackage } from '../io/createrepo.js';
import { makeFolder } from '../io/folder.js';
import { clearSign } from '../io/gpg.js';
import { digestFile, readText } from '../io/read.js';
import { repositoryFolder, sizeOf } from '../io/releases.js';
import { Published } from '../model/release.js';
import { describeArtifact } from '../plan/artifacts.js';
import { folderOf } from '../plan/names.js';
import type { Plan, Target } from '../plan/target.js';
import { parseComponents, renderSbom } from '../render/sbom.js';
import type { Signer } from './make-release.js';

/** A package that was built and tested. */
export interface Built {
  readonly target: Target;
  readonly substituted: boolean;
  readonly path: string;
  /** SHA-256 of the file that was tested. */
  readonly tested: string;
}

/** What lies beside a package under its name: what it consists of, how and by which Dockerfile it was built, and the signed checksums of all. */
export const companions = ['', '.cdx.json', '.provenance.json', '.Dockerfile', '.sha256.asc'] as const;

/** A package file as it is served lies here, by the checksum of what was tested. */
export function stored(one: Pick<Published, 'tested' | 'file'>): string {
  return join(repositoryFolder, 'store', one.tested, one.file);
}

/** Takes a tested package into the store, an rpm with a signature in it. It is there whole, with all that belongs to it, or not at all. */
export async function store({ target, substituted, path, tested }: Built, plan: Plan, signer: Signer): Promise<Published> {
  const described = describeArtifact(target, plan, substituted);
  const wanted = stored({ tested, file: described.file });
  const publish = (file: string): Published => Published.parse({ ...described, size: sizeOf(file), sha256: digestFile(file), tested });
  if (existsSync(wanted)) return publish(wanted);

  const folder = `${dirname(wanted)}.new`;
  rmSync(folder, { recursive: true, force: true });
  makeFolder(folder);
  const fresh = join(folder, described.file);
  copyFileSync(path, fresh);
  if (described.format === 'rpm') await signPackage(fresh, signer.secrets.home, signer.keys[0]?.fingerprint ?? '', signer.secrets.passphraseFile);
  const published = publish(fresh);

  const components = `${folderOf(path)}/components`;
  writeFileSync(`${fresh}.cdx.json`, renderSbom(published, target, existsSync(components) ? parseComponents(readText(components)) : [], substituted));
  for (const [name, suffix] of [
    ['provenance.json', '.provenance.json'],
    ['Dockerfile', '.Dockerfile'],
  ] as const)
    if (existsSync(`${folderOf(path)}/${name}`)) copyFileSync(`${folderOf(path)}/${name}`, `${fresh}${suffix}`);
  const sums = companions
    .filter((suffix) => suffix !== '.sha256.asc' && existsSync(`${fresh}${suffix}`))
    .map((suffix) => `${digestFile(`${fresh}${suffix}`)}  ${described.file}${suffix}\n`);
  writeFileSync(`${fresh}.sha256.asc`, await clearSign(signer.secrets, signer.keys, Buffer.from(sums.join(''))));
  renameSync(folder, dirname(wanted));
  return published;
}
