import { execa } from 'execa';

import { lookUp, LookUpError } from '../io/upstream.js';
import { suggest } from '../model/nearest.js';
import { compareVersions } from '../model/version.js';
import type { Finding } from '../plan/outdated.js';
import { findMoved, findOutdated, findRetirements, readVersions } from '../plan/outdated.js';
import { UserError } from './user-error.js';
import { openWorkspace } from './workspace.js';

/** Exit status of a look-up that failed: the network's fault, and nothing is known. */
const infrastructure = 75;

/** The first Debian mirror of this machine's apt; empty where there is none. */
async function debianMirror(): Promise<string> {
  const ran = await execa('bash', ['-c', '. scripts/lib.sh && debian_mirrors'], { reject: false, stdin: 'ignore' });
  return ran.stdout.split('\n')[0] ?? '';
}

function describe({ current, newest }: Finding): string {
  if (current === undefined) return 'new series';
  return compareVersions(newest, current) > 0 ? 'newer' : 'up to date';
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** Looks up what upstream has for these packages, or for all; every package whose look-up failed is told on standard error. */
export async function lookUpAll(packages: readonly string[]): Promise<{ readonly findings: readonly Finding[]; readonly failed: number }> {
  const { matrix } = openWorkspace();
  const strange = packages.filter((id) => !matrix.packages.has(id));
  const hint = suggest(strange[0] ?? '', matrix.packages.keys());
  if (strange.length > 0) throw new UserError(`packmill: the matrix has no ${strange.join(', ')}\n${hint === undefined ? '' : `  ${hint}\n`}`);
  const debian = await debianMirror();
  const findings: Finding[] = [];
  let failed = 0;
  for (const [id, recipe] of matrix.packages) {
    const { upstream } = recipe;
    if (!upstream || (packages.length > 0 && !packages.includes(id))) continue;
    try {
      const candidates = readVersions(await lookUp(upstream, debian), upstream);
      if (candidates.length === 0) throw new LookUpError(`no name fits ${upstream.names}`);
      const moved = findMoved(recipe, candidates).map(
        (one) => `the tag of ${one.version} stood for ${one.pinned.slice(0, 12)} when it was pinned, and stands for ${one.now.slice(0, 12)} now`,
      );
      if (moved.length > 0) throw new LookUpError(`upstream has moved tags, so nothing of it is taken: ${moved.join('; ')}`);
      findings.push(...findOutdated(id, recipe, upstream, candidates));
    } catch (error) {
      if (!(error instanceof LookUpError)) throw error;
      process.stderr.write(`packmill: ${id}: upstream's versions are not known: ${error.message}\n`);
      failed++;
    }
  }
  return { findings, failed };
}

/** Prints what each series has and could have; 75 when an upstream could not be asked. */
export async function outdated(packages: readonly string[]): Promise<number> {
  const { findings, failed } = await lookUpAll(packages);
  const rows = findings.map((one) => [one.series, one.current ?? '-', one.newest, describe(one)]);
  if (rows.length > 0) process.stdout.write(table([['series', 'matrix', 'upstream', ''], ...rows]));
  const ended = findRetirements(openWorkspace().matrix, new Date().toISOString().slice(0, 10));
  const lines = ended.map(({ name, since, how }) => `  ${name}: end of life since ${since}; ${how}\n`);
  if (lines.length > 0) process.stdout.write(`\nto be retired, if nobody needs them any more\n${lines.join('')}`);
  return failed > 0 ? infrastructure : 0;
}
