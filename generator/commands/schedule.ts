import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';

import { splitWords } from '../model/words.js';
import type { Schedule } from '../render/schedule.js';
import { renderCron, renderUnits, unitNames, whyNotWritten } from '../render/schedule.js';
import { missingTools } from '../io/tools.js';
import type { Manager } from '../io/systemd.js';
import { answers } from '../io/systemd.js';
import { installCron, isInCrontab, removeCron } from './schedule-cron.js';
import { findInstalled, installTimer, removeTimer } from './schedule-systemd.js';
import { UserError } from './user-error.js';

/** What `make schedule` was asked for. */
export interface ScheduleOptions {
  readonly at: string;
  /** Forces one of them; without it systemd where it runs. */
  readonly kind?: 'systemd' | 'cron' | undefined;
  /** Further words for make, quoted as for a shell. */
  readonly settings: string;
  readonly show: boolean;
  readonly remove: boolean;
}

type Kind = 'systemd' | 'cron';

/** Something that is not on this machine. */
const missing = 75;

function fail(message: string): number {
  process.stderr.write(`packmill: ${message}\n`);
  return missing;
}

function readTime(at: string): string {
  const [, hour = '', minute = ''] = /^(\d|[01]\d|2[0-3]):([0-5]\d)$/.exec(at) ?? [];
  if (minute === '') throw new UserError(`packmill: "${at}" is no time of day\n  AT=02:30 is hours and minutes, from 00:00 to 23:59\n`);
  return `${hour.padStart(2, '0')}:${minute}`;
}

function readSettings(text: string): readonly string[] {
  const words = splitWords(text);
  if (!words) throw new UserError(`packmill: a quote is not closed in SETTINGS=${text}\n`);
  const strange = words.filter((word) => !/^-|^[A-Za-z_][A-Za-z0-9_]*=/.test(word));
  if (strange.length > 0)
    throw new UserError(`packmill: SETTINGS has options and settings of make, not "${strange.join(' ')}"\n  such as SETTINGS="-j2 PACKAGE=hello"\n`);
  return words;
}

function describe({ at, settings }: ScheduleOptions, kind: Kind): Schedule {
  const schedule = { folder: process.cwd(), at: readTime(at), path: process.env.PATH ?? '', settings: readSettings(settings) };
  const texts = [
    { what: 'this folder', text: schedule.folder },
    { what: 'PATH', text: schedule.path },
    ...schedule.settings.map((text) => ({ what: 'SETTINGS', text })),
  ];
  for (const { what, text } of texts) {
    const why = whyNotWritten(text, kind);
    if (why !== undefined) throw new UserError(`packmill: ${what} ${JSON.stringify(text)} cannot be scheduled: ${why}\n`);
  }
  return schedule;
}

/** The manager of whoever asks. Its folder is a setting, so that a test can be another machine. */
function findManager(): Manager {
  const isUser = process.getuid?.() !== 0;
  const own = join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'systemd/user');
  return { isUser, folder: process.env.SYSTEMD_UNITS ?? (isUser ? own : '/etc/systemd/system') };
}

async function remove(manager: Manager, folder: string, kind: Kind | undefined): Promise<number> {
  const units = kind === 'cron' ? [] : findInstalled(manager, folder);
  const lines = kind !== 'systemd' && hasCrontab() && (await isInCrontab(folder));
  if (units.length > 0 && !(await answers(manager)))
    return fail(`systemd does not run here; its units are ${units.join(' ')} in ${manager.folder}; nothing was changed`);
  if (units.length > 0) await removeTimer(manager, folder);
  if (lines) await removeCron(folder);
  if (units.length === 0 && !lines) process.stdout.write('packmill: nothing is scheduled for this folder; nothing was changed\n');
  return 0;
}

function hasCrontab(): boolean {
  return missingTools(['crontab'], process.env.PATH ?? '').length === 0;
}

/** What this machine has for it, or why it has not. With `show` what is asked for is enough. */
async function chooseKind(manager: Manager, { kind: asked, show }: ScheduleOptions): Promise<{ readonly kind: Kind } | { readonly why: string }> {
  if (show && asked !== undefined) return { kind: asked };
  if (asked !== 'cron' && (await answers(manager))) return { kind: 'systemd' };
  const silent = manager.isUser ? "systemd's manager of this user does not answer" : 'systemd does not run here';
  if (asked === 'systemd') return { why: silent };
  if (hasCrontab()) return { kind: 'cron' };
  return { why: asked === 'cron' ? 'there is no crontab(1)' : `${silent}, and there is no crontab(1)` };
}

async function isScheduledBy(kind: Kind, manager: Manager, folder: string): Promise<boolean> {
  return kind === 'systemd' ? findInstalled(manager, folder).length > 0 : hasCrontab() && (await isInCrontab(folder));
}

/** Shows what starts `make nightly` every night, and installs it; with `remove` takes it away. Exit status 75 when the machine has nothing that could. */
export async function schedule(options: ScheduleOptions): Promise<number> {
  const manager = findManager();
  const folder = process.cwd();
  if (options.remove) return remove(manager, folder, options.kind);
  const chosen = await chooseKind(manager, options);
  if ('why' in chosen) return fail(`${chosen.why}; nothing was changed`);
  const { kind } = chosen;
  const wanted = describe(options, kind);
  const user = userInfo().username;
  const units = kind === 'systemd' ? renderUnits(wanted, manager.isUser ? undefined : user) : new Map<string, string>();
  const lines = kind === 'cron' ? renderCron(wanted) : [];
  for (const [name, text] of units) process.stdout.write(`# ${join(manager.folder, name)}\n${text}\n`);
  if (kind === 'cron') process.stdout.write(`# in the crontab of ${user}\n${lines.join('\n')}\n\n`);
  if (options.show) return 0;
  const absent = missingTools(['make', 'node', 'docker'], wanted.path);
  if (absent.length > 0) return fail(`${absent.join(', ')}: not on PATH, where the nightly run would look; nothing was changed`);
  const other = kind === 'systemd' ? 'cron' : 'systemd';
  if (await isScheduledBy(other, manager, folder))
    throw new UserError(`packmill: ${other} does it already; nothing was changed\n  make schedule REMOVE=1 first\n`);
  if (kind === 'systemd') await installTimer(manager, units, unitNames(folder), user);
  else await installCron(folder, lines, wanted.at);
  return 0;
}
