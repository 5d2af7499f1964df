import { setTimeout } from 'node:timers/promises';

import { makeNewer } from '../io/dates.js';
import { jobsOfMake, makeTargets } from '../io/make.js';
import { readRun, writeBuild } from '../io/runs.js';
import type { Build } from '../model/run.js';
import { findBuilder } from '../plan/builders.js';
import type { Cell } from '../plan/cell.js';
import type { Due } from '../plan/due.js';
import { findDue } from '../plan/due.js';
import { estimate, fit } from '../plan/estimate.js';
import { dockerfilePath } from '../plan/names.js';
import type { Outcome } from '../plan/outcome.js';
import { judgeOutcome, worthRetrying } from '../plan/outcome.js';
import { Watch } from './budget.js';
import type { Filters } from './filters.js';
import { letThrough } from './filters.js';
import type { Ledger } from './ledger.js';
import { openLedger } from './ledger.js';
import { UserError } from './user-error.js';
import type { Workspace } from './workspace.js';
import { openWorkspace } from './workspace.js';

/** Exit statuses of scripts/attempt and scripts/fetch. */
const [wrong, infrastructure] = [1, 75];

/** What is to be built, and what that may take. */
export interface BuildOptions extends Filters {
  /** Minutes after which no further build begins. */
  readonly minutes?: number | undefined;
  readonly cost?: number | undefined;
}

function say(text: string): void {
  process.stdout.write(`packmill: ${text}\n`);
}

/** Cells that are built without being named, and those that the filters name. */
function choose(cells: readonly Cell[], filters: Filters): readonly Cell[] {
  const isNamed = ({ distro, version }: Cell): boolean => filters.distro?.includes(distro) === true || filters.version?.includes(version) === true;
  return letThrough(cells, filters).filter((cell) => cell.byName === undefined || isNamed(cell));
}

/** Price of an hour of the builder of a target, 0 where nobody has named one. */
function priceOf({ matrix }: Workspace, cell: Cell): number {
  const builder = cell.target && findBuilder(matrix, cell.target.platform);
  return builder === undefined ? 0 : (matrix.workspace.builders[builder]?.price ?? 0);
}

function durationsOf({ traces }: Ledger): ReadonlyMap<string, number> {
  return new Map(
    [...traces].flatMap(([name, { attempts, package: built }]) => {
      const seconds = (attempts.find(({ status }) => status?.result === 'built')?.status ?? built)?.seconds;
      return seconds === undefined ? [] : [[name, seconds] as const];
    }),
  );
}

function tell({ due, held, waiting, unpinned }: Due, left: readonly string[]): void {
  for (const { target, failures, night, nights } of held)
    say(
      `${target} is left out, night ${String(night)} of ${String(nights)}: it has failed ${failures === 1 ? 'once' : `${String(failures)} times`} with the same inputs`,
    );
  for (const { target, by } of waiting) say(`${target} is left out, as it waits for ${by}`);
  if (unpinned.length > 0)
    say(`${String(unpinned.length)} targets are left out, as they have no base; make status tells what to do: ${String(unpinned[0]?.why)}`);
  if (left.length > 0) say(`${String(left.length)} targets do not fit into this run; the next has them first`);
  if (due.length === 0) say('nothing is to be built');
}

interface Builds {
  readonly outcome: Outcome;
  readonly ledger: Ledger;
}

/** Builds targets, and those again that an infrastructure fault has ended. */
async function buildAll(cells: readonly Cell[], workspace: Workspace, watch: Watch): Promise<Builds> {
  const { retries, pause } = workspace.matrix.workspace.nightly;
  const unmade = new Map<string, number>();
  let names = cells.map((cell) => cell.name);
  for (let attempt = 0; ; attempt++) {
    for (const { file, status } of await makeTargets(names, jobsOfMake(), { STOP_FILE: watch.file })) unmade.set(file, status);
    const ledger = openLedger(workspace);
    const outcome = judgeOutcome(cells, new Map(ledger.cells.map((cell) => [cell.name, cell])), unmade, watch.isStopped());
    names = [...worthRetrying(outcome, unmade, wrong)];
    if (names.length === 0 || attempt === retries || watch.isStopped()) return { outcome, ledger };
    say(`${String(names.length)} targets met infrastructure faults and are tried again in ${String(pause)} s`);
    await setTimeout(pause * 1000);
    unmade.clear();
  }
}

/**
 * Builds what is due: all that the filters let through and that is not there, but for what has failed with the same inputs before and whose
 * nights are not over. RUN in the environment is the nightly run that it is part of. Exit status: 1 a package fault, 75 only infrastructure faults.
 */
export async function build(options: BuildOptions): Promise<number> {
  for (const [setting, value] of [
    ['MINUTES', options.minutes],
    ['COST', options.cost],
  ] as const)
    if (value !== undefined && !(value > 0)) throw new UserError(`packmill: ${setting}: expected a number above 0\n`);
  const workspace = openWorkspace();
  const ledger = openLedger(workspace);
  const chosen = choose(ledger.cells, options);
  const due = findDue(chosen, ledger.runs);
  const guess = estimate(ledger.cells, durationsOf(ledger));
  const prices = new Map(due.due.map((cell) => [cell.name, priceOf(workspace, cell)]));
  const price = (target: string): number => prices.get(target) ?? 0;
  const limits = { seconds: options.minutes === undefined ? undefined : options.minutes * 60, cost: options.cost };
  const priced = due.due.map(({ name }) => ({ name, seconds: guess(name), price: price(name) }));
  const fitting = fit(priced, jobsOfMake(), limits);
  tell(due, fitting.left);

  const { RUN: run = '' } = process.env;
  // A run that builds twice, as when iterations were raised, has had all of it to do.
  const earlier = run === '' ? [] : (readRun(run)?.build?.due ?? []);
  const note = (more: Pick<Build, 'left' | 'blocked'>): void => {
    if (run !== '') writeBuild(run, { due: [...new Set([...earlier, ...fitting.due])], held: [...due.held], ...more });
  };
  note({ left: [...fitting.left], blocked: [] });
  if (fitting.due.length === 0) return 0;

  const fits = new Set(fitting.due);
  const cells = due.due.filter((cell) => fits.has(cell.name));
  // What is due although make may take it for current.
  for (const { name, target } of cells) if (target) makeNewer(dockerfilePath(name), target.artifact.path);
  const watch = new Watch(`out/locks/stop.${String(process.pid)}`, { ...limits, price }, fitting.due);
  try {
    const { outcome } = await buildAll(cells, workspace, watch);
    note({ left: [...outcome.left, ...fitting.left], blocked: [...outcome.blocked] });
    const counts = Object.entries({
      built: outcome.built,
      failed: outcome.failed,
      'with infrastructure faults': outcome.faulty,
      blocked: outcome.blocked,
      left: outcome.left,
    });
    say(counts.flatMap(([what, some]) => (some.length > 0 ? [`${String(some.length)} ${what}`] : [])).join(', '));
    if (outcome.failed.length > 0) return wrong;
    return outcome.faulty.length + outcome.blocked.length > 0 ? infrastructure : 0;
  } finally {
    watch.end();
  }
}
