import type { Outcome, Progress, Remaining, Running } from '../plan/progress.js';

/** What a display has room for, and whether it may use colour. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  readonly hasColour: boolean;
}

const red = '31';
const bold = '1';

/** `0:07`, `12:40` and `1:02:03`. */
export function clockOf(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (number: number): string => String(number).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${String(minutes)}:${two(whole % 60)}` : `${String(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(whole % 60)}`;
}

/** As precise as an estimate can be. */
function roughly(seconds: number): string {
  if (seconds < 60) return `${String(Math.max(5, Math.ceil(seconds / 5) * 5))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${String(minutes)} min` : `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
}

/** How long is left, and what nobody knows of it. */
export function describeRemaining({ seconds, unknown }: Remaining): string {
  if (unknown === 0) return seconds < 1 ? 'nearly through' : `about ${roughly(seconds)} left`;
  const targets = `${String(unknown)} ${unknown === 1 ? 'target' : 'targets'}`;
  return seconds < 1 ? `time left unknown (${targets})` : `at least ${roughly(seconds)} left, unknown for ${targets}`;
}

const words: Readonly<Record<Outcome, string>> = {
  built: 'built',
  failed: 'failed',
  interrupted: 'interrupted',
  blocked: 'blocked by a failure',
  current: 'up to date before',
};

/** Counts of everything that is not nothing; built and failed always. */
export function describeCounts({ counts, left, running }: Progress): readonly { readonly text: string; readonly isBad: boolean }[] {
  const builds = running.length;
  const parts = [
    { count: counts.built, text: words.built, isBad: false, always: true },
    { count: counts.failed, text: words.failed, isBad: counts.failed > 0, always: true },
    { count: counts.interrupted, text: words.interrupted, isBad: false, always: false },
    { count: counts.blocked, text: words.blocked, isBad: false, always: false },
    { count: builds, text: 'running', isBad: false, always: false },
    { count: left, text: 'left', isBad: false, always: false },
    { count: counts.current, text: words.current, isBad: false, always: false },
  ];
  return parts.filter(({ count, always }) => always || count > 0).map(({ count, text, isBad }) => ({ text: `${String(count)} ${text}`, isBad }));
}

/** Cuts a line to the width of a terminal, so that it never wraps; what is cut off leaves a mark. */
export function truncate(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`;
}

function paint(text: string, code: string, { hasColour }: Screen): string {
  return hasColour ? `\u001B[${code}m${text}\u001B[0m` : text;
}

function renderCounts(progress: Progress, screen: Screen): string {
  const parts = describeCounts(progress);
  const plain = `packmill: ${parts.map(({ text }) => text).join(', ')}`;
  if (plain.length > screen.columns) return truncate(plain, screen.columns);
  return `packmill: ${parts.map(({ text, isBad }) => (isBad ? paint(text, `${bold};${red}`, screen) : text)).join(', ')}`;
}

function timesOf({ seconds, estimate }: Running): string {
  return estimate === undefined || estimate < seconds ? clockOf(seconds) : `${clockOf(seconds)} of ${clockOf(estimate)}`;
}

function renderRunning(running: readonly Running[]): readonly string[] {
  const times = Math.max(0, ...running.map((one) => timesOf(one).length));
  const steps = Math.max(0, ...running.map((one) => one.step.length));
  return running.map((one) => {
    const where = one.builder === '' ? '' : `  on ${one.builder}`;
    return `  ${timesOf(one).padStart(times)}  ${one.step.padEnd(steps)}  ${one.name}${where}`;
  });
}

/** What a display shows: counts, times, and what runs, the longest first; never more lines than there is room for. */
export function renderProgress(progress: Progress, screen: Screen): readonly string[] {
  const times = `${clockOf(progress.elapsed)} so far, ${describeRemaining(progress.remaining)}`;
  const rows = renderRunning(progress.running);
  const room = Math.max(0, screen.rows - 2);
  const shown = rows.length <= room ? rows : [...rows.slice(0, Math.max(0, room - 1)), `  and ${String(rows.length - Math.max(0, room - 1))} more`];
  const lines = [times, ...shown.slice(0, room)].map((line) => truncate(line, screen.columns));
  return [renderCounts(progress, screen), ...lines].slice(0, Math.max(1, screen.rows));
}

/** The last line, when nothing runs any more. */
export function renderSummary(progress: Progress, screen: Screen): string {
  const time = ` in ${clockOf(progress.elapsed)}`;
  return `${renderCounts(progress, { ...screen, columns: Math.max(1, screen.columns - time.length) })}${time}`;
}

/** What has changed between two looks, a line each: for readers that are no terminal. */
export function renderChanges(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): readonly string[] {
  return [...now].filter(([name, what]) => before.get(name) !== what).map(([name, what]) => `${name}: ${what}`);
}
