import type { Pair, Scalar, YAMLMap } from 'yaml';
import { isCollection, isNode, isPair, isScalar } from 'yaml';

/** A row of a map as it is written: its key, where that starts, and where the last of its content ends, not counting comments. */
export interface Row {
  readonly key: Scalar<string>;
  readonly value: unknown;
  readonly start: number;
  readonly end: number;
}

/** Where a new row goes, seen from one that is there. */
export interface Place {
  readonly side: 'before' | 'after';
  readonly row: Row;
}

/** Text to put in front of the character at an offset. */
interface Insertion {
  readonly offset: number;
  readonly text: string;
}

function contentEnd(node: unknown): number {
  if (isPair(node)) return Math.max(contentEnd(node.key), contentEnd(node.value));
  if (!isNode(node)) return 0;
  // A block runs on to the next key; what is in it does not.
  if (isCollection(node) && node.flow !== true) return Math.max(...node.items.map(contentEnd));
  return node.range?.[1] ?? 0;
}

/** The rows of a map in the order in which they are written. */
export function rowsOf(map: YAMLMap): readonly Row[] {
  return map.items.flatMap((pair: Pair) => {
    if (!isScalar<string>(pair.key) || !pair.key.range) return [];
    return { key: pair.key, value: pair.value, start: pair.key.range[0], end: contentEnd(pair) };
  });
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line of a row starts, or that of a comment directly above it, which speaks of it. */
function rowStart(text: string, row: Row): number {
  let start = lineStart(text, row.start);
  while (start > 0) {
    const above = lineStart(text, start - 1);
    if (!/^[ \t]*#/.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

/** Where the line after a row starts, or the end of the text. */
function rowEnd(text: string, row: Row): number {
  const end = text.indexOf('\n', text[row.end - 1] === '\n' ? row.end - 1 : row.end);
  return end < 0 ? text.length : end + 1;
}

/** What the lines of a row start with. */
export function indentationOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? '';
}

/** How the lines of a text end. */
export function newlineOf(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}

function insertLines(text: string, written: string, { side, row }: Place): Insertion {
  const lines = indentationOf(text, row.start) + written;
  if (side === 'before') return { offset: rowStart(text, row), text: lines + newlineOf(text) };
  const offset = rowEnd(text, row);
  return { offset, text: text[offset - 1] === '\n' ? lines + newlineOf(text) : newlineOf(text) + lines };
}

/** Between braces each row stands on a line of its own, or all on one. */
function insertInBraces(text: string, map: YAMLMap, written: string, place: Place): readonly Insertion[] {
  const { side, row } = place;
  const rows = rowsOf(map);
  const index = rows.findIndex(({ start }) => start === row.start);
  // Before a key may stand an anchor or a tag of it.
  const startsLine = /^\s*([&!][^\s,{}[\]]*\s+)*$/.test(text.slice(lineStart(text, row.start), row.start));
  const endsLine = /^[ \t]*(,?)[ \t]*(#[^\n]*)?\r?(\n|$)/.exec(text.slice(row.end));
  if (startsLine && (side === 'before' || endsLine?.[1] === ',')) return [insertLines(text, `${written},`, place)];
  if (startsLine && endsLine && index === rows.length - 1) return [{ offset: row.end, text: ',' }, insertLines(text, written, place)];
  const previous = side === 'after' ? row : rows[index - 1];
  if (previous) return [{ offset: previous.end, text: `, ${written}` }];
  const brace = (map.range?.[0] ?? 0) + 1;
  const space = /^[ \t]*/.exec(text.slice(brace))?.[0] ?? '';
  return [{ offset: brace, text: `${space}${written},${space === '' ? ' ' : ''}` }];
}

/**
 * The text with one more row in a map of it, and every other byte as it was. The row is written without indentation
 * before its first line. Whether the text still means what it should is for the caller to see: YAML can be written in
 * more ways than are looked for here.
 */
export function insertRow(text: string, map: YAMLMap, written: string, place: Place): string {
  const insertions = map.flow === true ? insertInBraces(text, map, written, place) : [insertLines(text, written, place)];
  return insertions.reduceRight((result, { offset, text: more }) => result.slice(0, offset) + more + result.slice(offset), text);
}
