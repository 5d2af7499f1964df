import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import fastGlob from 'fast-glob';

import type { Matrix } from '../generator/model/matrix.js';
import { parseMatrix } from '../generator/model/parse.js';
import type { Result } from '../generator/model/problem.js';
import type { RunSettings } from '../generator/model/workspace.js';
import { renderProblems } from '../generator/render/problems.js';

/** Texts of a workspace's matrix files by path. */
export type Texts = ReadonlyMap<string, string>;

const unset: RunSettings = { base: 'auto', bases: {}, iteration: undefined };

/** Reads the matrix below a folder of test data. */
export function readTexts(folder: string): Texts {
  const paths = fastGlob.sync('matrix/**/*.{yaml,yml}', { cwd: folder }).sort();
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** A small matrix without a mistake: one distro, one package. */
export const sound = readTexts('test/sound');

/** The sound matrix with some of its text replaced; a text that is not there is a mistake in the test. */
export function edited(...edits: readonly (readonly [file: string, from: string, to: string])[]): Texts {
  const texts = new Map(sound);
  for (const [name, from, to] of edits) {
    const file = `matrix/${name}.yaml`;
    const text = texts.get(file) ?? '';
    if (!text.includes(from)) throw new Error(`${file} does not have ${from}`);
    texts.set(
      file,
      text.replace(from, () => to),
    );
  }
  return texts;
}

/** Understands texts as they would be on disk, with the digests and settings of a test. */
export function parseTexts(texts: Texts, settings: Partial<RunSettings> = {}, digests: ReadonlyMap<string, string> = new Map()): Result<Matrix> {
  return parseMatrix({ texts, digests, settings: { ...unset, ...settings } });
}

/** The matrix that texts stand for; their problems are the test's failure. */
export function matrixOf(texts: Texts, settings: Partial<RunSettings> = {}, digests: ReadonlyMap<string, string> = new Map()): Matrix {
  const parsed = parseTexts(texts, settings, digests);
  if (!parsed.ok) throw new Error(renderProblems(parsed.problems));
  return parsed.value;
}
