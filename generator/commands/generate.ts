import { existsSync, utimesSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { digestInputs } from '../io/read.js';
import { readSettingsText } from '../io/settings.js';
import { isUnchanged } from '../io/write.js';

/** Writes what a workspace stands for; touches nothing that is as it should be. Gives the exit status. */
export async function generate(): Promise<number> {
  const generator = fileURLToPath(import.meta.url);
  const inputs = digestInputs(readSettingsText(), generator);
  if (!isUnchanged(inputs)) {
    // Only now, as it takes longer to load than to see that nothing changed.
    const { regenerate } = await import('./regenerate.js');
    regenerate(inputs, generator);
  }
  // Make compares dates: the Makefile must be newer than what it was generated from even when its bytes are the same.
  const now = new Date();
  if (existsSync('Makefile')) utimesSync('Makefile', now, now);
  return 0;
}
