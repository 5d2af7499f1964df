import { execa } from 'execa';

import { runTool, ToolError } from './tools.js';

/** The crontab of the user who asks; empty when there is none. */
export async function readCrontab(): Promise<string> {
  const { exitCode, stdout, stderr } = await execa('crontab', ['-l'], { reject: false, stdin: 'ignore', stripFinalNewline: false });
  if (exitCode === 0) return stdout;
  // Cron has no exit status for it.
  if (/no crontab/i.test(stderr)) return '';
  throw new ToolError(`crontab: ${stderr.trim()}`);
}

/** Gives the user who asks another crontab, or none when it is empty. */
export async function writeCrontab(text: string): Promise<void> {
  if (text === '') {
    await runTool('crontab', ['-r']);
    return;
  }
  const { exitCode, stderr } = await execa('crontab', ['-'], { reject: false, input: text });
  if (exitCode !== 0) throw new ToolError(`crontab: ${stderr.trim()}`);
}
