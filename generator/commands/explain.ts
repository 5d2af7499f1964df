import { existsSync, readFileSync, statSync } from 'node:fs';

import { readTemplates } from '../io/read.js';
import { didYouMean, nearest } from '../model/nearest.js';
import { differences } from '../plan/differences.js';
import { dockerfilePath, packageFolder, platformName } from '../plan/names.js';
import type { Base } from '../plan/base.js';
import type { Cell } from '../plan/cell.js';
import { isSubstituted } from '../plan/base.js';
import { momentOf } from '../plan/row.js';
import { explainMissing } from '../plan/why-not.js';
import type { Target } from '../plan/target.js';
import { renderDockerfile } from '../render/dockerfile.js';
import { Templates } from '../render/templates.js';
import { portableFrom } from '../plan/method.js';
import { openLedger } from './ledger.js';

import { UserError } from './user-error.js';
import type { Workspace } from './workspace.js';
import { openWorkspace } from './workspace.js';

const methods = {
  native: 'compiled on its own platform',
  cross: 'cross-compiled; tests of the package run under emulation',
  emulated: 'compiled under emulation, because the recipe or the distro cannot cross-compile',
} as const;

/** How a target's compiler runs, and on which builder. */
function describeMethod(target: Target): string {
  const { method, prebuilt, builder } = target;
  const from = { native: prebuilt?.name ?? '', cache: `${target.package} ${target.version} on another distro, where this builder has had one` };
  const portable = portableFrom(target);
  const shared = portable === undefined ? '' : `; what fits every system is taken from the build of ${from[portable]}`;
  return methods[method] + shared + (builder === undefined ? '' : `; on builder ${builder}`);
}

/** Whether make would build a target now, and because of what. */
function state(target: Target, workspace: Workspace): readonly string[] {
  const { path } = target.artifact;
  if (!existsSync(path)) return ['would be built: the package does not exist yet'];
  const now = renderDockerfile(target, workspace.matrix, new Templates(readTemplates().templates));
  const kept = `${packageFolder(target.name, isSubstituted(target.base))}/Dockerfile`;
  const changed = existsSync(kept)
    ? differences(readFileSync(kept, 'utf8'), now).map((line) => `    ${line}`)
    : ['    the Dockerfile that it was built with was not kept'];
  if (changed.length > 0) return ['would be rebuilt, because this changed:', ...changed];
  const built = statSync(path).mtimeMs;
  const dockerfile = dockerfilePath(target.name);
  if (existsSync(dockerfile) && statSync(dockerfile).mtimeMs > built) return [`would be rebuilt: ${dockerfile} is newer`];
  const newer = target.needs.find((need) => !existsSync(need.artifact.path) || statSync(need.artifact.path).mtimeMs > built);
  if (newer) return [`would be rebuilt: ${newer.name}, which it needs, is newer or missing`];
  return [`up to date: built ${new Date(built).toISOString()}`];
}

function describeBase(base: Base): string {
  return `${base.identity} (${base.kind}: ${base.why})`;
}

function describeDistro({ distroId, distro }: Target): string {
  const { end_of_life, repositories } = distro;
  const sources = [...repositories.enable, ...repositories.add, ...[repositories.mirror, repositories.ports].flatMap((address) => address ?? [])];
  const support = end_of_life === undefined ? 'rolling' : `supported until ${end_of_life}`;
  return `${distroId}, ${support}; ${distro.format} by ${distro.package_manager}${sources.length > 0 ? ` with ${sources.join(', ')}` : ''}`;
}

/** What has become of a cell: its row in the ledger. */
function describeCell(cell: Cell | undefined): readonly [string, string][] {
  if (!cell) return [];
  const { state, since, why, outage, places, upgrade } = cell;
  const times = outage && outage.failures > 1 ? ` (failed ${String(outage.failures)} times since ${momentOf(outage.since)})` : '';
  return [
    ['state', `${state}${since === undefined ? '' : ` since ${momentOf(since)}`}: ${why}${times}`],
    ...places.map(({ channel, path }, index): [string, string] => [index === 0 ? 'published' : '', `${channel}: ${path}`]),
    ['upgrades', upgrade ?? ''],
  ];
}

function describe(target: Target, workspace: Workspace, cell: Cell | undefined): string {
  const { source, settings } = target;
  const fields: [string, string][] = [
    ['package', `${target.recipe.name} ${target.version}, iteration ${String(target.iteration)}`],
    ['artifact', target.artifact.path],
    ['distro', describeDistro(target)],
    ['platform', `${platformName(target.platform)}: ${describeMethod(target)}`],
    ['built on', target.on ? `${target.on.package} ${target.on.version} (${String(workspace.matrix.packages.get(target.package)?.built_on?.source)})` : ''],
    ['by name', target.byName === undefined ? '' : `in no group, because ${target.byName}`],
    ['source', `${source.file} (${source.kind}), sha256 ${source.sha256 ?? 'not pinned: make fetch prints the line to add'}`],
    ...source.addresses.map((address): [string, string] => ['', address]),
    ['base', describeBase(target.base)],
    ['substituted', isSubstituted(target.base) ? `another base stands in for ${target.distroId}: the package is not for it and is not published as its` : ''],
    ...(target.nativeBase ? [['native base', describeBase(target.nativeBase)] as [string, string]] : []),
    ['packaging', target.packaging.identity],
    ['tools', settings.tools.join(' ')],
    ['libraries', settings.libraries.join(' ')],
    ['configure', settings.configure.join(' ')],
    ['patches', settings.patches.join(' ')],
    ['needs', target.needs.map((need) => need.name).join(' ')],
    ...describeCell(cell),
    ['waivers', settings.waivers.map((waiver) => `${waiver.tag} (${waiver.reason})`).join('; ')],
  ];
  const lines = fields.filter(([, value]) => value !== '').map(([key, value]) => `  ${key.padEnd(12)} ${value}`);
  return `${[target.name, ...lines, ...state(target, workspace).map((line) => `  ${line}`)].join('\n')}\n`;
}

/** Why a name is not a target: excluded because of a rule, or unknown, with what to do. `goals` are what else make takes: verbs and groups. */
export function describeMissing(name: string, { matrix, plan }: Workspace, goals: readonly string[] = []): string {
  const answer = explainMissing(name, matrix, plan);
  if (answer) return `${answer.reason}\n${answer.hint === undefined ? '' : `  ${answer.hint}\n`}`;
  const groups = new Set([...matrix.packages.keys(), ...matrix.distros.keys(), ...goals]);
  const names = [...plan.targets, ...plan.aliases].map((target) => target.name);
  const near = nearest(name, [...names, ...groups]);
  const id = name.split('_')[0] ?? '';
  const hint = near.length > 0 ? didYouMean(name, [...names, ...groups]) : matrix.packages.has(id) ? `make list PACKAGE=${id} shows what there is` : undefined;
  return `${name} is not a verb, a group or a target of this matrix\n  ${hint ?? 'make help shows the verbs, make list the targets'}\n`;
}

/** Prints what is known of each name; a name that is no cell of the matrix is a UserError, an excluded cell is an answer. */
export function explain(names: readonly string[], goals: readonly string[]): number {
  const workspace = openWorkspace();
  const { plan, matrix } = workspace;
  const isCell = (name: string): boolean => [...plan.aliases, ...plan.targets].some((one) => one.name === name);
  const cells = new Map(names.some(isCell) ? openLedger(workspace).cells.map((cell) => [cell.name, cell]) : []);
  for (const name of names) {
    const alias = plan.aliases.find((candidate) => candidate.name === name);
    const target = alias?.target ?? plan.targets.find((candidate) => candidate.name === name);
    if (alias) process.stdout.write(`${name} is ${alias.target.name}: ${alias.why}\n`);
    if (target) process.stdout.write(describe(target, workspace, cells.get(target.name)));
    else if (explainMissing(name, matrix, plan)?.known) process.stdout.write(describeMissing(name, workspace));
    else throw new UserError(describeMissing(name, workspace, goals));
  }
  return 0;
}
