import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';

import fastGlob from 'fast-glob';
import * as z from 'zod';

import { Sha256 } from '../model/text.js';
import { digestFile, readText } from './read.js';

/** What publishing needs of a status.json that scripts/attempt wrote. */
const Status = z.object({ result: z.string(), sha256: Sha256.optional() });

/** A package file that has passed its tests. */
export interface Tested {
  readonly path: string;
  readonly sha256: string;
}

/** Why a file that lies among the packages is not one that was tested. */
export interface Untested {
  readonly path: string;
  readonly reason: string;
}

/** A finished target's package, if it is there; byte for byte as it was tested, or else why not. One whose checksum is known is not read again. */
export function readArtifact(path: string, isKnown: (sha256: string) => boolean): Tested | Untested | undefined {
  const status = `${path.slice(0, path.lastIndexOf('/'))}/status.json`;
  if (!existsSync(path) || !existsSync(status)) return undefined;
  const { result, sha256 } = Status.parse(JSON.parse(readText(status)));
  if (result !== 'built') return { path, reason: 'its tests have not passed' };
  if (sha256 === undefined) return { path, reason: 'its status.json has no checksum of what was tested: build it again' };
  if (!isKnown(sha256) && digestFile(path) !== sha256) return { path, reason: 'its bytes are not those that were tested: build it again' };
  return { path, sha256 };
}

/** Whether anything at all was built and tested. */
export function hasPackages(): boolean {
  return fastGlob.sync(['out/packages/*/status.json', 'out/packages/substituted/*/status.json']).length > 0;
}

/** One digest over the names, dates and sizes of all packages and of files beside them: as long as it is the same, nothing new was built. */
export function digestPackages(others: readonly string[]): string {
  const found = fastGlob.sync(['out/packages/*/{status.json,*.deb,*.rpm}', 'out/packages/substituted/*/{status.json,*.deb,*.rpm}']).sort();
  const hash = createHash('sha256');
  for (const path of [...found, ...others]) {
    const stat = statSync(path, { throwIfNoEntry: false });
    hash.update(`${path}\0${String(stat?.mtimeMs)}\0${String(stat?.size)}\n`);
  }
  return hash.digest('hex');
}
