import type { PackageFile } from '../model/package.js';
import { sourceFolder } from './names.js';
import type { SourceFile } from './target.js';

type Release = PackageFile['versions'][string];

/** The file that a version is built from: what the recipe says of its kind of source, with the version filled in. */
export function sourceFile(packageId: string, recipe: PackageFile, version: string, release: Pick<Release, 'source' | 'sha256'>): SourceFile {
  const kind = recipe.sources[release.source];
  if (!kind) throw new Error(`Internal error: no source for ${packageId} ${version}`);
  const file = kind.file.replaceAll('{version}', version);
  const folder = sourceFolder(packageId, release.sha256);
  const addresses = kind.addresses.map((address) => address.replaceAll('{version}', version));
  const checksums = kind.checksums?.replaceAll('{version}', version);
  return { package: packageId, version, kind: release.source, file, folder, path: `${folder}/${file}`, sha256: release.sha256, addresses, checksums };
}
