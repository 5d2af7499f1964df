import { resolve } from 'node:path';

import { servedRelease } from '../io/releases.js';
import { stored } from './store.js';
import { UserError } from './user-error.js';

/** Prints, for scripts/rebuild-check, the checksum of a target's package as it was tested, and where it is stored. */
export function published(target: string): number {
  const release = servedRelease();
  const found = Object.values(release?.channels ?? {})
    .flat()
    .find((one) => one.target === target);
  if (!found) throw new UserError(`packmill: ${target} is not published; make releases shows what is\n`);
  process.stdout.write(`${found.tested} ${resolve(stored(found))}\n`);
  return 0;
}
