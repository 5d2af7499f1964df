import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import fastGlob from 'fast-glob';

/** Names of apt's digests in a Release file, and of the folders below by-hash. */
const digests: Readonly<Record<string, string>> = { 'MD5Sum:': 'MD5Sum', 'SHA1:': 'SHA1', 'SHA256:': 'SHA256', 'SHA512:': 'SHA512' };

/** Index files by their checksum that the Release file of a suite names, as paths below the suite. */
function indexesOf(release: string): readonly string[] {
  const paths: string[] = [];
  let digest: string | undefined;
  for (const line of release.split('\n')) {
    if (!line.startsWith(' ')) digest = digests[line];
    else if (digest !== undefined) {
      const [sum = '', , name = ''] = line.trim().split(/ +/);
      paths.push(join(dirname(name), 'by-hash', digest, sum));
    }
  }
  return paths;
}

/**
 * What a client that has read a release may still ask for when another one is served: indexes by their checksum, and packages.
 * Paths below the release's folder. What that release itself kept of older ones is left out.
 */
export function retainedFiles(folder: string, packages: readonly string[]): readonly string[] {
  const suites = fastGlob.sync('deb/dists/*/Release', { cwd: folder });
  const indexes = suites.flatMap((path) => indexesOf(readFileSync(join(folder, path), 'utf8')).map((name) => join(dirname(path), name)));
  const folders = fastGlob.sync('rpm/**/repodata/repomd.xml', { cwd: folder });
  const metadata = folders.flatMap((path) =>
    [...readFileSync(join(folder, path), 'utf8').matchAll(/<location href="([^"]+)"/g)].map(([, href = '']) => join(dirname(dirname(path)), href)),
  );
  return [...indexes, ...metadata, ...packages].filter((path) => existsSync(join(folder, path)));
}
