import type { Field, FileOfFields } from './fields.js';
import { put } from './fields.js';

/** Values that the reader takes for each field: of every string itself, or else what it is disguised as. */
export type Accepted = ReadonlyMap<Field, readonly string[]>;

function isAt(path: readonly PropertyKey[], field: Field): boolean {
  return field.path.every((part, index) => path[index] === undefined || path[index] === part);
}

/** The fields that a file's schema has nothing against when every one of them holds such a value. */
function judge({ schema, fields }: FileOfFields, base: unknown, valueOf: (field: Field) => string): ReadonlySet<Field> {
  const data = fields.reduce((all, field) => put(all, field.path, valueOf(field)), base);
  const parsed = schema.safeParse(data);
  const refused = parsed.success ? [] : parsed.error.issues.map((issue) => issue.path);
  return new Set(fields.filter((field) => !refused.some((path) => isAt(path, field))));
}

/** Throws every string at every field of a file, as it is and disguised. */
export function accept(file: FileOfFields, base: unknown, strings: readonly string[]): Accepted {
  const accepted = new Map(file.fields.map((field) => [field, new Set<string>()]));
  for (const text of strings) {
    const raw = judge(file, base, () => text);
    const disguised = judge(file, base, (field) => field.disguise(text));
    for (const [field, values] of accepted) {
      if (raw.has(field)) values.add(text);
      else if (disguised.has(field)) values.add(field.disguise(text));
    }
  }
  return new Map([...accepted].map(([field, values]) => [field, [...values]]));
}
