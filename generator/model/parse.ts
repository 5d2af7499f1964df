import type * as z from 'zod';

import type { Report } from './check.js';
import { checkDistros, checkNotices, checkPackage, findCycle } from './check.js';
import { diagnose } from './diagnose.js';
import { DistrosFile } from './distro.js';
import type { Matrix } from './matrix.js';
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

/**
 * Understands a workspace. Takes what io has read; gives the matrix, or every problem in every file
 * (syntax, shape, unknown names, circles) with file, line, column and what to do.
 */
export function parseMatrix(inputs: Inputs): Result<Matrix> {
  const reader = new Reader(inputs.texts);
  const report: Report = (...args) => {
    reader.report(...args);
  };
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
  for (const file of inputs.texts.keys()) {
    if (file.endsWith('.yml')) reader.report(file, [], 'this file would be ignored: matrix files end in .yaml');
  }
  if (distros) checkDistros(report, distros, workspace, inputs.settings);
  if (workspace) checkNotices(report, workspace, ids);
  if (files.length === 0) reader.report('matrix/packages', [], 'the matrix is empty: no package', 'add matrix/packages/<name>.yaml');
  const [first] = packages.keys();
  if (first !== undefined && [...packages.values()].every((recipe) => Object.keys(recipe.versions).length === 0))
    reader.report(`matrix/packages/${first}.yaml`, ['versions'], 'the matrix is empty: no version');
  for (const [id, recipe] of packages) checkPackage(report, id, recipe, distros, ids);
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
