import { join } from 'node:path';

import { readWithApt, readWithDnf } from '../io/clients.js';
import { checkReferences } from '../io/references.js';
import { serveFolder } from '../io/serve.js';
import type { Published } from '../model/release.js';
import type { Staged } from './make-release.js';

/** Looks up every reference of what has changed in a staged release, has real clients read it in a staged release, over HTTP, and fetch every package that is new. Throws what a client said. */
export async function verifyRelease({ folder, changed, fresh }: Staged): Promise<void> {
  const isNew = (one: Published): boolean => fresh.has(one);
  for (const { format, path, architectures, packages } of changed) checkReferences(folder, { format, path, architectures, count: packages.length });
  const server = await serveFolder(folder);
  const key = join(folder, 'keys/packages.asc');
  try {
    const suites = changed.filter((one) => one.format === 'deb');
    if (suites.length > 0)
      await readWithApt(
        server.address,
        key,
        suites.map(({ path, architectures, packages }) => ({ suite: path, architectures, packages: packages.filter(isNew) })),
      );
    const folders = changed.filter((one) => one.format === 'rpm');
    if (folders.length > 0)
      await readWithDnf(
        server.address,
        key,
        folders.map(({ path, architectures, packages }) => ({
          path,
          architecture: architectures[0] ?? '',
          files: packages.filter(isNew).map((one) => join(folder, 'rpm', path, 'Packages', one.file)),
        })),
      );
  } finally {
    await server.close();
  }
}
