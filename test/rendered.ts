import { createHash } from 'node:crypto';

import { readTemplates } from '../generator/io/read.js';
import type { Matrix } from '../generator/model/matrix.js';
import type { RunSettings } from '../generator/model/workspace.js';
import { planMatrix } from '../generator/plan/plan.js';
import { inputFiles } from '../generator/render/dockerfile.js';
import { renderPlan } from '../generator/render/render.js';
import type { Texts } from './texts.js';
import { matrixOf } from './texts.js';

export interface RenderOptions {
  readonly settings?: Partial<RunSettings>;
  /** Digests of some files, in place of those that are made up. */
  readonly digests?: Readonly<Record<string, string>>;
}

const { templates } = readTemplates();

/** Made-up digests of every file that takes part, so that an edit of a step script changes no expected file. */
function fakeDigests(matrix: Matrix): ReadonlyMap<string, string> {
  const used = planMatrix(matrix).targets.flatMap((target) => inputFiles(target, matrix.workspace));
  const paths = [...new Set([...used, 'scripts/bootstrap', 'templates/packaging/Dockerfile'])].sort();
  return new Map(paths.map((path) => [path, createHash('sha256').update(path).digest('hex')]));
}

/** Every generated file of a workspace by path, from texts alone; Makefile.in stands as one line. */
export function renderWorkspace(texts: Texts, { settings = {}, digests = {} }: RenderOptions = {}): ReadonlyMap<string, string> {
  const made = new Map([...fakeDigests(matrixOf(texts, settings)), ...Object.entries(digests)]);
  const matrix = matrixOf(texts, settings, made);
  return renderPlan(matrix, planMatrix(matrix), templates, '# Makefile.in\n');
}
