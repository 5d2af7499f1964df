import { isDeepStrictEqual } from 'node:util';

import type { YAMLMap } from 'yaml';
import { isMap, isScalar, parseDocument } from 'yaml';

import type { Problem, Result } from './problem.js';
import { failure, success } from './problem.js';
import { Version } from './text.js';
import { compareVersions } from './version.js';
import { parseYaml } from './yaml.js';
import type { Place, Row } from './yaml-rows.js';
import { indentationOf, insertRow, newlineOf, rowsOf } from './yaml-rows.js';

/** What a version is built from, in the order in which it is to be written: its kind of source and, once known, its pin. */
export type Release = Readonly<Record<string, string | number | boolean>>;

/** A number or a truth value as it is; text as another scalar is quoted; in quotes at any rate where it would be something else than text without them. */
function quote(value: Release[string], like: unknown): string {
  if (typeof value !== 'string') return String(value);
  const type = isScalar(like) ? like.type : undefined;
  if (type === 'QUOTE_DOUBLE') return JSON.stringify(value);
  const isPlain = /^[A-Za-z0-9][A-Za-z0-9.+~_-]*$/.test(value) && !/^(\d{1,9}|true|false|null)$/i.test(value);
  return isPlain && type !== 'QUOTE_SINGLE' ? value : `'${value.replaceAll("'", "''")}'`;
}

/** The row in the manner of one that is there: its quotes, its braces or its block. */
function writeRow(text: string, version: string, release: Release, like: Row | undefined): string {
  const model = isMap(like?.value) ? like.value : undefined;
  const [first] = model?.items ?? [];
  const words = Object.entries(release).map(([key, value]) => `${quote(key, first?.key)}: ${quote(value, model?.get(key, true) ?? first?.value)}`);
  const name = like?.key.type === 'QUOTE_DOUBLE' ? `"${version}"` : like?.key.type === 'QUOTE_SINGLE' ? `'${version}'` : version;
  if (model && first && model.flow !== true) {
    const line = newlineOf(text) + indentationOf(text, isScalar(first.key) ? (first.key.range?.[0] ?? 0) : 0);
    return `${name}:${words.map((word) => line + word).join('')}`;
  }
  const start = model?.range?.[0];
  const space = start !== undefined && /^\{\S/.test(text.slice(start, start + 2)) ? '' : ' ';
  return `${name}: {${space}${words.join(', ')}${space}}`;
}

/** Behind the nearest older row where versions go up, and behind the nearest newer one where they go down; with the other rows of its series where they stand apart. */
function findPlace(rows: readonly Row[], version: string): Place | undefined {
  const order = (a: Row, b: Row): number => compareVersions(a.key.value, b.key.value);
  const steps = rows.slice(1).map((row, index) => Math.sign(order(row, rows[index] ?? row)));
  const direction = steps.reduce((sum, step) => sum + step, 0) < 0 ? -1 : 1;
  const isBehind = (row: Row): boolean => direction * compareVersions(version, row.key.value) > 0;
  const inOrder = [...rows].sort((a, b) => direction * order(a, b));
  const last = inOrder.filter(isBehind).at(-1);
  if (!last) return inOrder[0] && { side: 'before', row: inOrder[0] };
  const next = rows[rows.indexOf(last) + 1];
  const major = (row: Row): number => Number.parseInt(row.key.value, 10);
  const series = Number.parseInt(version, 10);
  const belongsToNext = next && !isBehind(next) && major(next) === series && major(last) !== series;
  return belongsToNext ? { side: 'before', row: next } : { side: 'after', row: last };
}

function inEmptyBraces(text: string, map: YAMLMap, written: string): string {
  const brace = (map.range?.[0] ?? 0) + 1;
  const rest = text.slice(brace);
  return `${text.slice(0, brace)} ${written}${/^\s/.test(rest) ? '' : ' '}${rest}`;
}

/**
 * The text of a package file in which another version has taken the row of `old`, in the manner of that row; every other byte is as it was.
 * Takes the file's name for messages. A row that is not there, and a version that has one already, are problems.
 */
export function replaceVersion(file: string, text: string, old: string, version: string, release: Release): Result<string> {
  const before = parseYaml(file, text);
  if (!before.ok) return before;
  const refuse = (path: readonly string[], message: string): Result<string> => failure([{ file, path, at: before.value.locate(path, 'key'), message }]);
  const map = parseDocument(text, { stringKeys: true }).get('versions', true);
  const rows = isMap(map) ? rowsOf(map) : [];
  const row = rows.find((one) => one.key.value === old);
  if (!row) return refuse(['versions'], `there is no version ${old}`);
  const same = rows.find((one) => one !== row && compareVersions(one.key.value, version) === 0);
  if (same) return refuse(['versions', same.key.value], `version ${version} is already there`);
  const after = text.slice(0, row.start) + writeRow(text, version, release, row) + text.slice(row.end);
  const data = before.value.data as Record<string, unknown>;
  const versions = Object.fromEntries(
    Object.entries(data.versions as object).map(([key, value]) => (key === old ? [version, release] : [key, value as unknown])),
  );
  const read = parseYaml(file, after);
  if (read.ok && isDeepStrictEqual(read.value.data, { ...data, versions })) return success(after);
  return refuse(['versions', old], `the row cannot be changed without changing others; put ${writeRow('', version, release, undefined)} in its place by hand`);
}

/**
 * The text of a package file with one more row below `versions:`, in version order and in the manner of the rows around
 * it; every other byte is as it was. Takes the file's name for messages. A version that is there already, and rows that are
 * written in a way that no row can be put between, are problems.
 */
export function addVersion(file: string, text: string, version: string, release: Release): Result<string> {
  const before = parseYaml(file, text);
  if (!before.ok) return before;
  const refuse = (path: readonly string[], message: string, hint?: string): Result<string> => {
    const problem: Problem = { file, path, at: before.value.locate(path, 'key'), message };
    return failure([hint === undefined ? problem : { ...problem, hint }]);
  };
  const map = parseDocument(text, { stringKeys: true }).get('versions', true);
  const rows = isMap(map) ? rowsOf(map).filter((row) => Version.safeParse(row.key.value).success) : [];
  const same = rows.find((row) => compareVersions(row.key.value, version) === 0);
  if (same && same.key.value === version) return refuse(['versions', version], `version ${version} is already there`);
  if (same) return refuse(['versions', same.key.value], `version ${version} is already there, as ${same.key.value}`);
  const place = findPlace(rows, version);
  const written = writeRow(text, version, release, place?.row);
  const after = !isMap(map) ? text : place ? insertRow(text, map, written, place) : inEmptyBraces(text, map, written);
  const expected = { ...(before.value.data as Record<string, unknown> | null) };
  expected.versions = { ...(expected.versions as Record<string, unknown> | undefined), [version]: release };
  const read = parseYaml(file, after);
  if (read.ok && isDeepStrictEqual(read.value.data, expected)) return success(after);
  return refuse(
    ['versions'],
    `a row for ${version} cannot be put in here without changing others`,
    `add it by hand: ${writeRow('', version, release, undefined)}`,
  );
}
