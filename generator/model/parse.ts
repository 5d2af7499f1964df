import type { z } from 'zod';

import { diagnose } from './diagnose.js';
import { DistrosFile } from './distro.js';
import type { Matrix } from './matrix.js';
import { suggest } from './nearest.js';
import { PackageFile } from './package.js';
import type { Problem, Result } from './problem.js';
import { failure, success } from './problem.js';
import type { RunSettings } from './workspace.js';
import { LockFile, WorkspaceFile } from './workspace.js';
import type { YamlFile } from './yaml.js';
import { parseYaml } from './yaml.js';

/** What io read from a workspace: texts of matrix files by path, digests of the other inputs, make's settings. */
export interface Inputs {
  readonly texts: ReadonlyMap<string, string>;
  readonly digests: ReadonlyMap<string, string>;
  readonly settings: RunSettings;
}

const packagePath = /^matrix\/packages\/([^/]+)\.yaml$/;

function inNameOrder<T>(entries: Iterable<readonly [string, T]>): ReadonlyMap<string, T> {
  return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Collects problems while the parts of a matrix are read, so that all of them are told at once. */
class Reader {
  readonly problems: Problem[] = [];
  readonly files = new Map<string, YamlFile>();

  constructor(private readonly texts: ReadonlyMap<string, string>) {}

  read<T>(file: string, schema: z.ZodType<T>, whenMissing?: T): T | undefined {
    const text = this.texts.get(file);
    if (text === undefined) {
      if (whenMissing !== undefined) return whenMissing;
      this.problems.push({ file, path: [], message: 'this file is missing', hint: "every workspace needs it; Packmill's own matrix/ has one to copy" });
      return undefined;
    }
    const yaml = parseYaml(file, text);
    if (!yaml.ok) {
      this.problems.push(...yaml.problems);
      return undefined;
    }
    this.files.set(file, yaml.value);
    const parsed = schema.safeParse(yaml.value.data ?? {}, { reportInput: true });
    if (parsed.success) return parsed.data;
    this.problems.push(...diagnose(schema, yaml.value, parsed.error));
    return undefined;
  }

  report(file: string, path: readonly (string | number)[], message: string, hint?: string): void {
    const at = this.files.get(file)?.locate(path);
    this.problems.push({ file, path, message, ...(at && { at }), ...(hint === undefined ? {} : { hint }) });
  }
}

type Selectors = PackageFile['exclude'][number]['when'];

/** Names that a rule may use; a room whose file could not be read is not there, and nothing is said about it. */
interface Known {
  readonly family?: ReadonlySet<string>;
  readonly distro?: ReadonlySet<string>;
  readonly source: ReadonlySet<string>;
}

/** A name in a rule that nothing in the matrix has: the rule would silently never match. */
function checkSelector(reader: Reader, file: string, path: readonly (string | number)[], when: Selectors, known: Known): void {
  for (const key of ['family', 'distro', 'source'] as const) {
    const wanted = when[key];
    for (const word of wanted === undefined ? [] : [wanted].flat()) {
      const words = known[key];
      if (words && !words.has(word)) reader.report(file, [...path, key], `unknown ${key} "${word}"`, suggest(word, words));
    }
  }
}

function checkPackage(reader: Reader, id: string, recipe: PackageFile, distros: DistrosFile['distros'] | undefined, packageIds: ReadonlySet<string>): void {
  const file = `matrix/packages/${id}.yaml`;
  const sources = new Set(Object.keys(recipe.sources));
  if (Object.keys(recipe.versions).length === 0) reader.report(file, ['versions'], 'the matrix is empty: no version');
  for (const [version, release] of Object.entries(recipe.versions)) {
    if (!sources.has(release.source)) {
      reader.report(file, ['versions', version, 'source'], `unknown source "${release.source}" in version ${version}`, suggest(release.source, sources));
    }
  }
  const known: Known = {
    ...(distros && { family: new Set(Object.values(distros).map((distro) => distro.family)), distro: new Set(Object.keys(distros)) }),
    source: sources,
  };
  for (const [index, rule] of recipe.overrides.entries()) checkSelector(reader, file, ['overrides', index, 'when'], rule.when, known);
  for (const [index, rule] of recipe.exclude.entries()) checkSelector(reader, file, ['exclude', index, 'when'], rule.when, known);
  for (const needed of Object.keys(recipe.needs)) {
    if (!packageIds.has(needed)) reader.report(file, ['needs', needed], `unknown package "${needed}"`, suggest(needed, packageIds));
  }
}

/** Names of distros outside their own file. */
function checkDistros(reader: Reader, distros: DistrosFile['distros'], workspace: WorkspaceFile | undefined, settings: RunSettings): void {
  const ids = new Set(Object.keys(distros));
  if (ids.size === 0) {
    reader.report('matrix/distros.yaml', ['distros'], 'the matrix is empty: no distro');
    return;
  }
  const check = (file: string, path: readonly string[], id: string | undefined): void => {
    if (id !== undefined && !ids.has(id)) reader.report(file, path, `unknown distro "${id}"`, suggest(id, ids));
  };
  check('matrix/workspace.yaml', ['packaging_distro'], workspace?.packaging_distro);
  for (const id of Object.keys(settings.bases)) check(`BASE_${id}`, [], id);
}

/** A circle of needs, as the chain of names that leads back to its start. */
function findCycle(packages: ReadonlyMap<string, PackageFile>): readonly string[] | undefined {
  const done = new Set<string>();
  const walk = (id: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(id)) return [...trail.slice(trail.indexOf(id)), id];
    if (done.has(id)) return undefined;
    for (const needed of Object.keys(packages.get(id)?.needs ?? {})) {
      const cycle = walk(needed, [...trail, id]);
      if (cycle) return cycle;
    }
    done.add(id);
    return undefined;
  };
  for (const id of packages.keys()) {
    const cycle = walk(id, []);
    if (cycle) return cycle;
  }
  return undefined;
}

/**
 * Understands a workspace. Takes what io has read; gives the matrix, or every problem in every file
 * (syntax, shape, unknown names, circles) with file, line, column and what to do.
 */
export function parseMatrix(inputs: Inputs): Result<Matrix> {
  const reader = new Reader(inputs.texts);
  const workspace = reader.read('matrix/workspace.yaml', WorkspaceFile);
  const distros = reader.read('matrix/distros.yaml', DistrosFile)?.distros;
  const lock = reader.read('matrix/lock.yaml', LockFile, { images: {} });
  const files = [...inputs.texts.keys()].sort().flatMap((file) => (packagePath.test(file) ? [{ file, id: file.replace(packagePath, '$1') }] : []));
  const ids = new Set(files.map(({ id }) => id));
  const packages = new Map<string, PackageFile>();
  for (const { file, id } of files) {
    if (!/^[a-z][a-z0-9+-]*$/.test(id)) reader.report(file, [], 'not a package id: lower-case letters, digits, + and - only');
    const recipe = reader.read(file, PackageFile);
    if (recipe) packages.set(id, recipe);
  }
  if (distros) checkDistros(reader, distros, workspace, inputs.settings);
  if (files.length === 0) reader.report('matrix/packages', [], 'the matrix is empty: no package', 'add matrix/packages/<name>.yaml');
  for (const [id, recipe] of packages) checkPackage(reader, id, recipe, distros, ids);
  const cycle = findCycle(packages);
  if (cycle) reader.report(`matrix/packages/${cycle[0] ?? ''}.yaml`, ['needs', cycle[1] ?? ''], `packages need each other in a circle: ${cycle.join(' → ')}`);
  if (!workspace || !distros || !lock || reader.problems.length > 0) return failure(reader.problems);
  return success({
    workspace,
    lock,
    distros: inNameOrder(Object.entries(distros)),
    packages: inNameOrder(packages),
    settings: inputs.settings,
    digests: inputs.digests,
  });
}
