import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What runs in this workspace: a script of scripts/, with its arguments. */
export interface Script {
  readonly name: string;
  readonly arguments: readonly string[];
  /** Seconds since it began, by a clock that nobody sets. */
  readonly seconds: number;
}

/** A process goes when it likes: what cannot be read of it, of one that has gone or of somebody else's, is undefined. */
function readOf(process: string, what: string, read: (path: string) => string): string | undefined {
  try {
    return read(`/proc/${process}/${what}`);
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function textOf(process: string, what: string): string | undefined {
  return readOf(process, what, (path) => readFileSync(path, 'utf8'));
}

/** The fields of /proc/<process>/stat behind the name of the program (proc(5)): the third is at 0. */
function statOf(process: string): readonly string[] {
  const text = textOf(process, 'stat') ?? '';
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function isHere(process: string): boolean {
  return readOf(process, 'cwd', readlinkSync) === globalThis.process.cwd();
}

/** Linux tells times of processes in hundredths of a second, whatever the processor. */
const ticks = 100;

/** The scripts of these names that run in this workspace now, each once: a shell is several processes at times. */
export function listScripts(names: readonly string[]): readonly Script[] {
  const uptime = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
  const found = new Map<string, Script>();
  for (const process of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const words = textOf(process, 'cmdline')?.split('\0').slice(0, -1) ?? [];
    const index = words.slice(0, 3).findIndex((word) => word.startsWith('scripts/'));
    const name = words[index]?.slice('scripts/'.length) ?? '';
    if (!names.includes(name) || !isHere(process)) continue;
    const seconds = Math.max(0, uptime - Number(statOf(process)[19] ?? 0) / ticks);
    const key = words.join('\0');
    if (seconds >= (found.get(key)?.seconds ?? 0)) found.set(key, { name, arguments: words.slice(index + 1), seconds });
  }
  return [...found.values()];
}

/** Whether a process is a make of this workspace that has not ended. */
export function isMake(process: string): boolean {
  const [program = ''] = textOf(process, 'cmdline')?.split('\0') ?? [];
  return program.includes('make') && isHere(process);
}

/** Whether what this process writes to its terminal is still part of what runs in the foreground there. */
export function isInForeground(): boolean {
  const [, , group, , , foreground] = statOf('self');
  return group === foreground;
}
