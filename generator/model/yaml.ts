import { isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Tags, YAMLError } from 'yaml';

import type { Problem, Result } from './problem.js';
import { failure, success } from './problem.js';

/** One YAML file: its plain data, and where each key of it stands. */
export interface YamlFile {
  readonly file: string;
  readonly data: unknown;
  /** Line and column (from 1) of the value at a path, or with `key` of its key; or of the nearest thing around it. */
  readonly locate: (path: readonly (string | number)[], key?: 'key') => { readonly line: number; readonly column: number };
}

function offsetOf(document: Document, path: readonly (string | number)[], key?: 'key'): number {
  if (key) {
    const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === path.at(-1)) : undefined;
    if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0];
  }
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** Plain sentences for the mistakes that people make most in YAML. */
function explain({ code, message, pos: [start] }: YAMLError, text: string): string {
  switch (code) {
    case 'DUPLICATE_KEY': {
      const [, double, single, plain] = /^(?:"([^"\n]*)"|'([^'\n]*)'|([^:\n]*))/.exec(text.slice(start)) ?? [];
      return `duplicate key ${JSON.stringify(double ?? single ?? plain ?? '')}`;
    }
    case 'TAB_AS_INDENT':
      return 'not valid YAML: a tab cannot indent; use spaces';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'not valid YAML: the indentation does not fit, or text with ": " in it needs quotes';
    case 'MISSING_CHAR':
      return `not valid YAML: ${/closing ["']quote/.test(message) ? 'a quote that was opened above is never closed' : message}`;
    default:
      return `not valid YAML: ${message}`;
  }
}

/** The first thing that keeps a text from being YAML, as what follows is mostly its echo; else every other mistake in it. */
function worthTelling(errors: readonly YAMLError[]): readonly YAMLError[] {
  const syntax = errors.find((error) => error.code !== 'DUPLICATE_KEY');
  return syntax ? [syntax] : errors;
}

/** `*name` without an `&name` before it; the yaml library would throw when it makes data of them. */
function danglingAliases(document: Document): readonly { readonly name: string; readonly offset: number }[] {
  const found: { name: string; offset: number }[] = [];
  visit(document, {
    Alias(_, node) {
      if (!node.resolve(document)) found.push({ name: node.source, offset: node.range?.[0] ?? 0 });
    },
  });
  return found;
}

/** Numbers are short and whole; anything else that only looks like one stays the text that was written: 2.10, 1e3, a checksum. */
function plainTags(tags: Tags): Tags {
  const isNumber = (tag: Tags[number]): boolean => typeof tag !== 'string' && /:(int|float)$/.test(tag.tag);
  const whole = {
    tag: 'tag:yaml.org,2002:int',
    default: true,
    identify: (value: unknown): boolean => Number.isInteger(value),
    test: /^(0|[1-9]\d{0,8})$/,
    resolve: Number,
  };
  return [...tags.filter((tag) => !isNumber(tag)), whole];
}

/**
 * Reads one YAML file. Every key is text, so that a version such as 2.10 stays what was written.
 *
 * Takes the workspace-relative name for messages and the text; gives the data or all syntax problems.
 */
export function parseYaml(file: string, text: string): Result<YamlFile> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, customTags: plainTags });
  const locate: YamlFile['locate'] = (path, key) => {
    const { line, col } = lines.linePos(offsetOf(document, path, key));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problem = (offset: number, message: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, path: [], at: { line, column: col }, message };
  };
  const problems = worthTelling([...document.errors, ...document.warnings]).map((error) => problem(error.pos[0], explain(error, text)));
  if (problems.length === 0)
    problems.push(...danglingAliases(document).map(({ name, offset }) => problem(offset, `unknown alias "*${name}": no "&${name}" stands before it`)));
  if (problems.length > 0) return failure(problems);
  try {
    return success({ file, data: document.toJS({ maxAliasCount: 100 }) as unknown, locate });
  } catch (error) {
    // Aliases of aliases of aliases: https://en.wikipedia.org/wiki/Billion_laughs_attack
    if (!(error instanceof ReferenceError)) throw error;
    return failure([problem(0, 'aliases make this file grow without bound')]);
  }
}
