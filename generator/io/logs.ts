import { readFileSync } from 'node:fs';

/** Bytes at the end of a log that are looked at: errors stand there, and a log may be larger than memory can take. */
const most = 4 << 20;

/** The end of a log, and how many lines there are before it. */
export interface LogEnd {
  readonly text: string;
  readonly before: number;
}

/** Reads a log, or the last megabytes of one; undefined when it is not there. */
export function readLogEnd(path: string): LogEnd | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
  if (bytes.length <= most) return { text: bytes.toString('utf8'), before: 0 };
  const start = bytes.indexOf(0x0a, bytes.length - most) + 1;
  let before = 0;
  for (let at = bytes.indexOf(0x0a); at !== -1 && at < start; at = bytes.indexOf(0x0a, at + 1)) before++;
  return { text: bytes.toString('utf8', start), before };
}
