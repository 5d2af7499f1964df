import { nightlyLog, scheduleName } from '../plan/names.js';
import { quoteCron, quoteMake, quoteShell, quoteUnitCommand, quoteUnitText, quoteUnitWord } from './quote.js';

/** How `make nightly` is started every night. */
export interface Schedule {
  /** Folder of the workspace, from the root. */
  readonly folder: string;
  /** Hour and minute, such as 02:30, of this machine's time. */
  readonly at: string;
  /** Where programs are found. */
  readonly path: string;
  /** Further words for make: options and settings. */
  readonly settings: readonly string[];
}

/** Minutes after a reboot at which a run that it interrupted goes on. */
const afterBoot = 15;

/** Why a folder or setting cannot be written into units or a crontab; undefined when it can. */
export function whyNotWritten(text: string, kind: 'systemd' | 'cron'): string | undefined {
  if (/[\p{Cc}\ufffd]/u.test(text)) return 'it has characters that are not text';
  if (kind === 'systemd' && /[\s\\]$/.test(text)) return 'systemd cannot have a blank or a backslash at its end';
  if (kind === 'cron' && text.includes('\\')) return 'cron cannot have a backslash in it';
  return undefined;
}

function makeWords({ folder, settings }: Schedule): readonly string[] {
  return ['make', '-C', folder, 'nightly', ...settings.map(quoteMake)];
}

/** Names of the units: one runs, one is for the night, and one goes on after a reboot. */
export function unitNames(folder: string): { readonly service: string; readonly timer: string; readonly boot: string } {
  const name = scheduleName(folder);
  return { service: `${name}.service`, timer: `${name}.timer`, boot: `${name}-boot.timer` };
}

function unit(folder: string, ...sections: readonly (readonly string[])[]): string {
  const banner = `# Written by make schedule in ${folder} – make schedule REMOVE=1 there takes it away.`;
  return [[banner], ...sections].map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/**
 * Texts of the systemd units by file name, for the system's manager when there is a `user` to run as, else for a user's own manager.
 * A stop reaches every process as ^C does on a terminal.
 */
export function renderUnits(schedule: Schedule, user: string | undefined): ReadonlyMap<string, string> {
  const { folder, at, path } = schedule;
  const names = unitNames(folder);
  const text = quoteUnitText(folder);
  const after = ['Wants=network-online.target', 'After=network-online.target docker.service'];
  const service = unit(
    folder,
    ['[Unit]', `Description=Packmill nightly in ${text}`, ...(user === undefined ? [] : after)],
    [
      ...['[Service]', 'Type=oneshot', `WorkingDirectory=${text}`, `Environment=${quoteUnitWord(`PATH=${path}`)}`],
      // With a user there is a home too, where docker has its builders.
      ...(user === undefined ? [] : [`User=${user}`]),
      `ExecStart=/usr/bin/env ${makeWords(schedule).map(quoteUnitCommand).join(' ')}`,
      ...['Nice=10', 'TimeoutStartSec=infinity', 'IgnoreSIGPIPE=no', 'KillMode=control-group', 'KillSignal=SIGINT', 'TimeoutStopSec=5min'],
    ],
  );
  const night = ['[Timer]', `OnCalendar=*-*-* ${at}:00`, 'RandomizedDelaySec=2min', 'Persistent=true', `Unit=${names.service}`];
  // A timer of its own, that only a boot starts: a moment after boot that is past already when a timer starts would begin a run at once.
  const boot = ['[Timer]', `OnBootSec=${String(afterBoot)}min`, `Unit=${names.service}`];
  const install = ['[Install]', 'WantedBy=timers.target'];
  return new Map([
    [names.service, service],
    [names.timer, unit(folder, ['[Unit]', `Description=Every night at ${at}: Packmill in ${text}`], night, install)],
    [names.boot, unit(folder, ['[Unit]', `Description=After a reboot: Packmill in ${text}`], boot, install)],
  ]);
}

/** Lines of a crontab between markers. The search path stands in the command: a line of its own would hold for other people's lines below it. */
export function renderCron(schedule: Schedule): readonly string[] {
  const { folder, at, path } = schedule;
  const [hour = '', minute = ''] = at.split(':');
  const words = ['env', `PATH=${path}`, 'nice', ...makeWords(schedule)];
  const command = `cd ${quoteShell(folder)} && ${words.map(quoteShell).join(' ')} >${nightlyLog} 2>&1`;
  return [
    marker('begin', folder),
    `${String(Number(minute))} ${String(Number(hour))} * * * ${quoteCron(command)}`,
    `@reboot sleep ${String(afterBoot * 60)} && ${quoteCron(command)}`,
    marker('end', folder),
  ];
}

function marker(which: 'begin' | 'end', folder: string): string {
  return `# packmill nightly ${which}: ${folder}`;
}

/** A workspace's lines in a crontab: where they begin and how many there are. Undefined when there are none; it throws when their end is missing. */
function findLines(lines: readonly string[], folder: string): { readonly from: number; readonly count: number } | undefined {
  const from = lines.indexOf(marker('begin', folder));
  if (from === -1) return undefined;
  const to = lines.indexOf(marker('end', folder), from);
  if (to === -1) throw new UnmarkedEnd(marker('end', folder));
  return { from, count: to - from + 1 };
}

/** A crontab whose lines of a workspace do not end. */
export class UnmarkedEnd extends Error {}

/** A crontab with these lines in place of what it has for a workspace, at the same place; no lines take them away. Everything else is as it was. */
export function editCrontab(crontab: string, folder: string, block: readonly string[]): string {
  const lines = crontab.split('\n');
  const found = findLines(lines, folder);
  if (found) return [...lines.slice(0, found.from), ...block, ...lines.slice(found.from + found.count)].join('\n');
  if (block.length === 0) return crontab;
  const separator = crontab === '' || crontab.endsWith('\n') ? '' : '\n';
  return `${crontab}${separator}${block.join('\n')}\n`;
}
