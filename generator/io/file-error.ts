import { isAbsolute, relative } from 'node:path';
import { getSystemErrorMap } from 'node:util';

const plainer: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder, not a file',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of this path is not a folder',
};

/** What the file system refused, in one line; undefined for any other error. */
export function describeFileError(error: unknown): string | undefined {
  const { code, errno, path } = error as NodeJS.ErrnoException;
  if (!(error instanceof Error) || code === undefined || errno === undefined || path === undefined) return undefined;
  const reason = plainer[code] ?? getSystemErrorMap().get(errno)?.[1] ?? code;
  // The workspace itself has no name below it.
  return `packmill: ${isAbsolute(path) ? relative(process.cwd(), path) || path : path}: ${reason}\n`;
}
