import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import fastGlob from 'fast-glob';

import type { Inputs } from '../model/parse.js';
import type { RunSettings } from '../model/workspace.js';

/** Files that people write the matrix in. */
const matrixFiles = ['matrix/*.{yaml,yml}', 'matrix/packages/*.{yaml,yml}'];

/** Files that take part in a build and whose digests therefore stand in the Dockerfiles. */
const digestedFiles = ['matrix/packages/*/**', 'templates/steps/**', 'templates/packaging/**', 'scripts/bootstrap'];

/** Files that decide what is generated. */
const templateFiles = ['templates/*.njk', 'Makefile.in'];

function list(patterns: readonly string[]): readonly string[] {
  return fastGlob.sync([...patterns], { dot: false }).sort();
}

/** Also finds what only has the name of a matrix file, such as a folder or a broken link: reading it says so, where passing over it would drop its targets. */
function listMatrixFiles(): readonly string[] {
  return fastGlob.sync(matrixFiles, { onlyFiles: false }).sort();
}

/** Bytes of a file; an error carries the path, which that of a folder lacks. */
function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw Object.assign(error as Error, { path });
  }
}

/** Text of a file in UTF-8; an error carries its path. */
export function readText(path: string): string {
  return read(path).toString('utf8');
}

/** SHA-256 of a file's bytes, in hexadecimal. */
export function digestFile(path: string): string {
  return createHash('sha256').update(read(path)).digest('hex');
}

/** One digest over every file that generation depends on, and the names of those files; `others` are patterns of further ones. */
export function digestInputs(settingsText: string, generator: string, others: readonly string[] = []): string {
  const hash = createHash('sha256').update(settingsText);
  for (const path of [generator, ...listMatrixFiles(), ...list([...digestedFiles, ...templateFiles, ...others])]) hash.update(`${path}\0${digestFile(path)}\n`);
  return hash.digest('hex');
}

/** Reads a workspace in the current directory. A file that cannot be read is an error of the file system, not of the matrix. */
export function readInputs(settings: RunSettings): Inputs {
  return {
    texts: new Map(listMatrixFiles().map((path) => [path, readText(path)])),
    digests: new Map(list(digestedFiles).map((path) => [path, digestFile(path)])),
    settings,
  };
}

/** Texts of the templates by file name, and of Makefile.in. */
export interface TemplateFiles {
  readonly templates: ReadonlyMap<string, string>;
  readonly makefileIn: string;
}

/** Texts of the templates of the pages that are published. */
export function readPages(): ReadonlyMap<string, string> {
  return new Map(list(['templates/page/*.njk']).map((path) => [path.slice('templates/page/'.length), readText(path)]));
}

/** Texts of the templates of the report, and of its style. */
export function readReportTemplates(): ReadonlyMap<string, string> {
  return new Map(list(['templates/report/*']).map((path) => [path.slice('templates/report/'.length), readText(path)]));
}

/** Reads what the generated files are made with. */
export function readTemplates(): TemplateFiles {
  const names = list(['templates/*.njk']);
  return {
    templates: new Map(names.map((path) => [path.slice('templates/'.length), readText(path)])),
    makefileIn: readText('Makefile.in'),
  };
}
