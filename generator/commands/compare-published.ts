import { LookUpError, readPublished } from '../io/upstream.js';
import { findChecksum } from '../model/checksums.js';
import type { SourceFile } from '../plan/target.js';

/** Compares a file with the checksum that upstream publishes, where it does. Gives what there is to say, or undefined when they differ. */
export async function comparePublished(source: SourceFile, sha256: string): Promise<string | undefined> {
  // What lies in the matrix has no upstream.
  if (source.addresses.every((address) => address.startsWith('matrix:'))) return `${source.file} has sha256 ${sha256}`;
  const sums = source.checksums;
  if (sums === undefined) return `${source.file} (${source.kind}) has sha256 ${sha256}; compare it with what upstream published`;
  let text: string;
  try {
    text = await readPublished(sums);
  } catch (error) {
    if (!(error instanceof LookUpError)) throw error;
    return `${source.file} (${source.kind}) has sha256 ${sha256}; upstream's own checksums could not be read, compare it yourself: ${error.message}`;
  }
  const published = findChecksum(text, source.file);
  if (published === undefined) return `${source.file} (${source.kind}) has sha256 ${sha256}; upstream's checksums do not name it`;
  return published === sha256 ? `${source.file} (${source.kind}) has the sha256 that upstream published: ${sha256}` : undefined;
}
