import { join } from 'node:path';

import type { Manager } from '../io/systemd.js';
import { areInstalled, findUnits, installUnits, lingers, removeUnits } from '../io/systemd.js';
import { ToolError } from '../io/tools.js';
import { unitNames } from '../render/schedule.js';
import { UserError } from './user-error.js';

/** Units of a workspace that are there. */
export function findInstalled(manager: Manager, folder: string): readonly string[] {
  return findUnits(manager, Object.values(unitNames(folder)));
}

/** What systemctl said is for the user to read. */
async function tell(work: Promise<void>, hint: string): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ToolError) throw new UserError(`packmill: ${error.message}\n  ${hint}\n`);
    throw error;
  }
}

/** Installs the units, unless they are there as they should be. Says when a user's manager ends with the user's last session. */
export async function installTimer(
  manager: Manager,
  units: ReadonlyMap<string, string>,
  { timer, boot }: { readonly timer: string; readonly boot: string },
  user: string,
): Promise<void> {
  const timers = { now: timer, boot };
  if (await areInstalled(manager, units, timers)) process.stdout.write(`packmill: ${timer} is there and waits; nothing was changed\n`);
  else {
    await tell(installUnits(manager, units, timers), 'make schedule REMOVE=1 takes away what was written');
    process.stdout.write(`packmill: installed ${timer}; systemctl ${manager.isUser ? '--user ' : ''}list-timers shows when it runs next\n`);
  }
  if (manager.isUser && !(await lingers(user)))
    process.stdout.write(`packmill: it runs only while ${user} is logged in; loginctl enable-linger ${user} lets it run always\n`);
}

/** Stops and removes the units of a workspace. */
export async function removeTimer(manager: Manager, folder: string): Promise<void> {
  const names = findInstalled(manager, folder);
  await tell(removeUnits(manager, names), 'run it again once that is mended');
  process.stdout.write(`packmill: stopped and removed ${names.map((name) => join(manager.folder, name)).join(' ')}\n`);
}
