import type * as z from 'zod';

import { suggest } from './nearest.js';
import type { Problem } from './problem.js';
import type { YamlFile } from './yaml.js';

type Path = readonly (string | number)[];
type Issue = z.core.$ZodIssue;

const rooms: Readonly<Record<string, string>> = {
  distros: 'distro',
  versions: 'version',
  sources: 'source',
  images: 'image',
  overrides: 'override',
  exclude: 'exclude rule',
};

const nouns: Readonly<Record<string, string>> = { platforms: 'platform', cross: 'platform', build_platform: 'platform', kinds: 'kind' };

/** ` in distro debian_bookworm`: the thing that a path leads into, in the words of the file. */
function where(path: Path): string {
  const [room, item] = path;
  const noun = rooms[String(room)];
  if (noun === undefined || item === undefined) return '';
  return ` in ${noun} ${typeof item === 'number' ? String(item + 1) : item}`;
}

function lastKey(path: Path): string {
  return path.findLast((part) => typeof part === 'string') ?? 'the file';
}

/** `sha256 in version 1.2: expected …`: what a sentence about one value starts with. */
function subject(path: Path): string {
  return `${lastKey(path)}${where(path)}: `;
}

function found(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return JSON.stringify(value);
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  number: 'a whole number',
  int: 'a whole number',
  boolean: 'true or false',
};

/** YAML takes 12 for a number and true for a truth; quotes make them text. */
function quotesHint(expected: string, input: unknown): { readonly hint?: string } {
  return expected === 'string' && (typeof input === 'number' || typeof input === 'boolean') ? { hint: `write it in quotes: "${String(input)}"` } : {};
}

/** Sentences for one zod issue; a union is spoken of by the branch that fits what was written. */
function sentences(issue: Issue, base: Path, knownKeys: (path: Path) => readonly string[]): Omit<Problem, 'file'>[] {
  const path: Path = [...base, ...(issue.path as (string | number)[])];
  const input: unknown = issue.input;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const hint = suggest(key, knownKeys(path));
        return { path: [...path, key], message: `unknown key ${JSON.stringify(key)}${where(path)}`, ...(hint === undefined ? {} : { hint }) };
      });
    case 'invalid_type':
      if (input === undefined) return [{ path, message: `missing key "${lastKey(path)}"${where(path.slice(0, -1))}` }];
      return [
        {
          path,
          message: `${subject(path)}expected ${typeNames[issue.expected] ?? issue.expected}, found ${found(input)}`,
          ...quotesHint(issue.expected, input),
        },
      ];
    case 'invalid_value': {
      if (input === undefined) return [{ path, message: `missing key "${lastKey(path)}"${where(path.slice(0, -1))}` }];
      const key = lastKey(path);
      const hint = suggest(typeof input === 'string' ? input : found(input), issue.values.map(String));
      return [{ path, message: `unknown ${nouns[key] ?? key} ${found(input)}${where(path)}`, ...(hint === undefined ? {} : { hint }) }];
    }
    case 'invalid_union': {
      const branch = Array.isArray(input) ? issue.errors.at(-1) : issue.errors[0];
      return (branch ?? []).flatMap((inner) => sentences(inner.path.length === 0 ? ({ ...inner, input } as Issue) : inner, path, knownKeys));
    }
    case 'invalid_key':
      return [{ path, message: `${JSON.stringify(path.at(-1))}: ${issue.issues[0]?.message ?? 'not a valid key'}${where(path.slice(0, -1))}` }];
    case 'too_small':
      return [{ path, message: `${subject(path)}${issue.origin === 'array' ? 'the list is empty' : `must be at least ${String(issue.minimum)}`}` }];
    default:
      return [{ path, message: `${subject(path)}${issue.message}${typeof input === 'string' ? `, found ${JSON.stringify(input)}` : ''}` }];
  }
}

/** The keys that a schema knows at a path, for "did you mean". */
function keysAt(schema: z.core.$ZodType, path: Path): readonly string[] {
  let current: z.core.$ZodType = schema;
  const unwrap = (): void => {
    let def = current._zod.def as { innerType?: z.core.$ZodType };
    while (def.innerType) {
      current = def.innerType;
      def = current._zod.def as { innerType?: z.core.$ZodType };
    }
  };
  for (const part of path) {
    unwrap();
    const def = current._zod.def as { shape?: Record<string, z.core.$ZodType>; element?: z.core.$ZodType; valueType?: z.core.$ZodType };
    const next = def.shape?.[part] ?? def.element ?? def.valueType;
    if (!next) return [];
    current = next;
  }
  unwrap();
  const { shape, keyType } = current._zod.def as { shape?: object; keyType?: z.core.$ZodType };
  return Object.keys(shape ?? (keyType?._zod.def as { entries?: object } | undefined)?.entries ?? {});
}

/** A check of the whole thing says nothing new about a thing that has an unknown key: that one is the mistake. */
function isEcho(issue: Issue, issues: readonly Issue[]): boolean {
  return issue.code === 'custom' && issues.some((other) => other.code === 'unrecognized_keys' && other.path.join('\0') === issue.path.join('\0'));
}

/** Everything that keeps a file's data from fitting its schema, in the words of the file. */
export function diagnose(schema: z.core.$ZodType, yaml: YamlFile, error: z.core.$ZodError): readonly Problem[] {
  const issues = error.issues.filter((issue) => !isEcho(issue, error.issues));
  return issues.flatMap((issue) =>
    sentences(issue, [], (path) => keysAt(schema, path)).map((sentence) => ({
      ...sentence,
      file: yaml.file,
      at: yaml.locate(sentence.path, issue.code === 'unrecognized_keys' || issue.code === 'invalid_key' ? 'key' : undefined),
    })),
  );
}
