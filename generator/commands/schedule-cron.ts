import { readCrontab, writeCrontab } from '../io/crontab.js';
import { ToolError } from '../io/tools.js';
import { editCrontab, UnmarkedEnd } from '../render/schedule.js';
import { UserError } from './user-error.js';

interface Edit {
  readonly before: string;
  readonly after: string;
}

/** What crontab(1) said, and lines that somebody has cut, are for the user to mend. */
async function tell<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ToolError) throw new UserError(`packmill: ${error.message}\n`);
    if (error instanceof UnmarkedEnd)
      throw new UserError(`packmill: the crontab has no line "${error.message}"; nothing was changed\n  put it back behind the lines of this folder\n`);
    throw error;
  }
}

async function edit(folder: string, lines: readonly string[]): Promise<Edit> {
  const before = await readCrontab();
  return { before, after: editCrontab(before, folder, lines) };
}

/** Whether the user's crontab has lines of a workspace. */
export async function isInCrontab(folder: string): Promise<boolean> {
  const { before, after } = await tell(() => edit(folder, []));
  return before !== after;
}

/** Puts the lines into the user's crontab, unless they are there. */
export async function installCron(folder: string, lines: readonly string[], at: string): Promise<void> {
  await tell(async () => {
    const { before, after } = await edit(folder, lines);
    if (before === after) {
      process.stdout.write('packmill: the crontab has these lines; nothing was changed\n');
      return;
    }
    await writeCrontab(after);
    process.stdout.write(`packmill: installed; where cron's daemon runs it starts at ${at}\n`);
  });
}

/** Takes the lines of a workspace out of the user's crontab. */
export async function removeCron(folder: string): Promise<void> {
  await tell(async () => writeCrontab((await edit(folder, [])).after));
  process.stdout.write('packmill: removed from the crontab\n');
}
