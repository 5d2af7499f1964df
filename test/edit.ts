import { readFileSync, writeFileSync } from 'node:fs';

/** Replaces a text that a file must have. */
export function editFile(path: string, from: string, to: string): void {
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${path} does not have ${from}`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
}
