import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { ClientError } from './clients.js';

/** A file that an index names, below the web root, and its size in bytes. */
interface Reference {
  readonly path: string;
  readonly size: number;
}

/** Every package that a suite of apt names (https://wiki.debian.org/DebianRepository/Format), for these architectures. */
function readPackages(root: string, suite: string, architectures: readonly string[]): readonly Reference[] {
  return architectures.flatMap((architecture) => {
    const text = readFileSync(join(root, 'deb/dists', suite, 'main', `binary-${architecture}`, 'Packages'), 'utf8');
    return text
      .split('\n\n')
      .filter((entry) => entry.trim() !== '')
      .map((entry) => ({
        path: `deb/${/^Filename: (.+)$/m.exec(entry)?.[1] ?? ''}`,
        size: Number(/^Size: (\d+)$/m.exec(entry)?.[1]),
      }));
  });
}

/** Every package that a folder of dnf names, as createrepo_c writes it. */
function readPrimary(root: string, path: string): readonly Reference[] {
  const folder = join(root, 'rpm', path, 'repodata');
  const name = /<data type="primary">[^]*?<location href="repodata\/([^"]+)"/.exec(readFileSync(join(folder, 'repomd.xml'), 'utf8'))?.[1] ?? '';
  const text = gunzipSync(readFileSync(join(folder, name))).toString('utf8');
  return text
    .split('<package type="rpm">')
    .slice(1)
    .map((entry) => ({
      path: `rpm/${path}/${/<location href="([^"]+)"/.exec(entry)?.[1] ?? ''}`,
      size: Number(/<size package="(\d+)"/.exec(entry)?.[1]),
    }));
}

/**
 * Sees that every package which the indexes of a repository name is there with its size, and that the repository has as many as it
 * should for each architecture. `root` is the web root; throws a ClientError with the first that does not hold.
 */
export function checkReferences(
  root: string,
  {
    format,
    path,
    architectures,
    count,
  }: { readonly format: 'deb' | 'rpm'; readonly path: string; readonly architectures: readonly string[]; readonly count: number },
): void {
  const found = format === 'deb' ? readPackages(root, path, architectures) : readPrimary(root, path);
  const files = new Set(found.map((one) => one.path));
  if (files.size !== count) throw new ClientError(`${path} names ${String(files.size)} packages in place of ${String(count)}`);
  for (const one of found) {
    const size = statSync(join(root, one.path), { throwIfNoEntry: false })?.size;
    if (size !== one.size)
      throw new ClientError(`${path} names ${one.path} with ${String(one.size)} bytes; it ${size === undefined ? 'is not there' : `has ${String(size)}`}`);
  }
}
