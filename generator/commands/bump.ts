import { execa } from 'execa';

import { compareVersions } from '../model/version.js';
import type { Finding } from '../plan/outdated.js';
import { add } from './add.js';
import { lookUpAll } from './outdated.js';
import { raiseIterations } from './raise.js';
import { UserError } from './user-error.js';

/** Which packages and series, and where sources come from. */
export interface BumpOptions {
  readonly package: readonly string[];
  /** Series such as erlang_28. One that the matrix does not have is added only when it is named. */
  readonly series: readonly string[];
  readonly mirror?: string | undefined;
  readonly offline: boolean;
  /** Asks nobody for versions: only iterations are raised. */
  readonly iterations: boolean;
  /** Commits the matrix, with the versions in the subject. */
  readonly commit: boolean;
}

function isWanted({ series, current, newest }: Finding, asked: readonly string[]): boolean {
  if (asked.length > 0 && !asked.includes(series)) return false;
  return current === undefined ? asked.length > 0 : compareVersions(newest, current) > 0;
}

async function commit(subject: string): Promise<void> {
  for (const words of [
    ['add', 'matrix'],
    ['commit', '--quiet', '--message', subject, '--', 'matrix'],
  ]) {
    const ran = await execa('git', words, { reject: false, stdin: 'ignore' });
    if (ran.exitCode !== 0) throw new UserError(`packmill: git: ${ran.stderr.trim() || ran.stdout.trim()}\n`);
  }
  process.stderr.write(`packmill: committed: ${subject}\n`);
}

/**
 * Gives each series of the matrix upstream's newest version, one after the other, each all or nothing, and a higher iteration to what differs
 * from what was published under its name. Exit status: that of the first that failed; what
 * came before it stays, and is committed.
 */
export async function bump({ package: packages, series, mirror, offline, iterations, commit: wantsCommit }: BumpOptions): Promise<number> {
  const { findings, failed } = iterations ? { findings: [], failed: 0 } : await lookUpAll(packages);
  const strange = series.filter((name) => !findings.some((one) => one.series === name));
  if (strange.length > 0 && failed === 0) throw new UserError(`packmill: upstream has no ${strange.join(', ')}; make outdated shows what it has\n`);
  let status = failed > 0 ? 75 : 0;
  const done: string[] = [];
  for (const finding of findings.filter((one) => isWanted(one, series))) {
    const { package: id, current, newest, commit: pointed } = finding;
    const ended = await add({ package: id, version: newest, replaces: current, commit: pointed, mirror, offline });
    if (ended === 0) done.push(current === undefined ? `${id} ${newest}` : `${id} ${current} -> ${newest}`);
    else if (status === 0) status = ended;
  }
  done.push(...(await raiseIterations(packages)));
  if (done.length === 0 && status === 0)
    process.stderr.write(
      `packmill: ${iterations ? 'nothing is published under its name with other bytes' : 'every series has the newest version that is followed'}\n`,
    );
  if (wantsCommit && done.length > 0) await commit(`Bump ${done.join(', ')}`);
  return status;
}
