import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { execa } from 'execa';

import { readText } from './read.js';
import { runTool } from './tools.js';
import { replaceFile } from './write.js';

/** The manager of the system or of a user, and the folder of its units. */
export interface Manager {
  readonly isUser: boolean;
  readonly folder: string;
}

function words({ isUser }: Manager, ...rest: readonly string[]): readonly string[] {
  return isUser ? ['--user', ...rest] : rest;
}

/** Whether systemd runs here and this manager answers. */
export async function answers(manager: Manager): Promise<boolean> {
  const { stdout } = await execa('systemctl', words(manager, 'is-system-running'), { reject: false, stdin: 'ignore' });
  return ['initializing', 'starting', 'running', 'degraded', 'maintenance'].includes(stdout.trim());
}

/** Those of the units whose files are there. */
export function findUnits({ folder }: Manager, names: readonly string[]): readonly string[] {
  return names.filter((name) => existsSync(join(folder, name)));
}

/** Timers by what starts them: `now` is started at once and by a boot, `boot` by a boot alone. */
export interface Timers {
  readonly now: string;
  readonly boot: string;
}

/** Whether these units are there byte for byte, enabled, and the timer is waiting. */
export async function areInstalled(manager: Manager, units: ReadonlyMap<string, string>, { now, boot }: Timers): Promise<boolean> {
  for (const [name, text] of units) {
    const path = join(manager.folder, name);
    if (!existsSync(path) || readText(path) !== text) return false;
  }
  const says = async (...rest: readonly string[]): Promise<boolean> => (await execa('systemctl', words(manager, ...rest), { reject: false })).exitCode === 0;
  return (await says('is-enabled', '--quiet', now, boot)) && (await says('is-active', '--quiet', now));
}

/** Writes units and starts their timer. A run that is going on is left alone. */
export async function installUnits(manager: Manager, units: ReadonlyMap<string, string>, { now, boot }: Timers): Promise<void> {
  for (const [name, text] of units) replaceFile(join(manager.folder, name), text);
  await runTool('systemctl', words(manager, 'daemon-reload'));
  await runTool('systemctl', words(manager, 'enable', now, boot));
  await runTool('systemctl', words(manager, 'restart', now));
}

/** Stops units and removes them. */
export async function removeUnits(manager: Manager, names: readonly string[]): Promise<void> {
  const timers = names.filter((name) => name.endsWith('.timer'));
  if (timers.length > 0) await runTool('systemctl', words(manager, 'disable', '--now', ...timers));
  await runTool('systemctl', words(manager, 'stop', ...names));
  for (const name of names) rmSync(join(manager.folder, name), { force: true });
  await runTool('systemctl', words(manager, 'daemon-reload'));
}

/** Whether a user's manager runs while that user is not logged in. */
export async function lingers(user: string): Promise<boolean> {
  const { stdout } = await execa('loginctl', ['show-user', user, '--property=Linger', '--value'], { reject: false, stdin: 'ignore' });
  return stdout.trim() === 'yes';
}
