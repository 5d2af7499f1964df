import t from 'tap';
import * as z from 'zod';

import { diagnose } from '../../generator/model/diagnose.js';
import { parseYaml } from '../../generator/model/yaml.js';

/** Sentences (and hints in brackets) about a text that does not fit a schema. */
function sentences(schema: z.ZodType, text: string): readonly string[] {
  const yaml = parseYaml('x.yaml', text);
  if (!yaml.ok) throw new Error('not YAML');
  const parsed = schema.safeParse(yaml.value.data, { reportInput: true });
  if (parsed.success) return [];
  return diagnose(schema, yaml.value, parsed.error).map(
    ({ at, message, hint }) => `${String(at?.line)}:${String(at?.column)} ${message}${hint === undefined ? '' : ` (${hint})`}`,
  );
}

const Row = z.strictObject({
  name: z.string(),
  kind: z.enum(['library', 'program']).optional(),
  size: z.int().min(1).optional(),
  tags: z.array(z.string()).min(1).optional(),
});
const File = z.strictObject({ versions: z.record(z.string().regex(/^\d/, 'must start with a digit'), Row) });

const cases: readonly (readonly [title: string, text: string, expected: readonly string[]])[] = [
  ['an unknown key and what was meant', 'versions:\n  1: { name: x, knd: library }', ['2:17 unknown key "knd" in version 1 (did you mean "kind"?)']],
  [
    'an unknown key that is near nothing, with the keys there are',
    'versions:\n  1: { name: x, colour: red }',
    ['2:17 unknown key "colour" in version 1 (one of name, kind, size, tags)'],
  ],
  ['a missing key at the thing that lacks it', 'versions:\n  1: { kind: library }', ['2:6 missing key "name" in version 1']],
  ['a wrong word and the right ones', 'versions:\n  1: { name: x, kind: librray }', ['2:23 unknown kind "librray" in version 1 (did you mean "library"?)']],
  ['a list where a map should be', 'versions: [a]', ['1:11 versions: expected a map, found a list']],
  ['a number where text should be', 'versions:\n  1: { name: 12 }', ['2:14 name in version 1: expected text, found 12 (write it in quotes: "12")']],
  ['nothing where text should be', 'versions:\n  1: { name: }', ['2:14 name in version 1: expected text, found nothing']],
  ['a number that is too small', 'versions:\n  1: { name: x, size: 0 }', ['2:23 size in version 1: must be at least 1']],
  ['an empty list', 'versions:\n  1: { name: x, tags: [] }', ['2:23 tags in version 1: the list is empty']],
  ['an entry of a list', 'versions:\n  1: { name: x, tags: [a, [b]] }', ['2:27 tags in version 1: expected text, found a list']],
  ['a key of the wrong form', 'versions:\n  x: { name: x }', ['2:3 "x": must start with a digit']],
  ['a whole file of the wrong type', '- a', ['1:1 the file: expected a map, found a list']],
  ['a key that would colour a terminal', '"\\e[31mred": 1\nversions: {}', ['1:1 unknown key "\\u001b[31mred" (one of versions)']],
];

for (const [title, text, expected] of cases) {
  t.test(`tells ${title}`, (t) => {
    t.same(sentences(File, text), expected);
    t.end();
  });
}

t.test('several mistakes in one file are all told', (t) => {
  const told = sentences(File, 'versions:\n  1: { nme: x }\n  2: { name: x, size: big }\nsources: {}\n');

  t.same(told, [
    '2:6 missing key "name" in version 1',
    '2:8 unknown key "nme" in version 1 (did you mean "name"?)',
    '3:23 size in version 2: expected a whole number, found "big"',
    '4:1 unknown key "sources" (one of versions)',
  ]);
  t.end();
});

t.test('a union is spoken of by the branch that fits what was written', (t) => {
  const schema = z.strictObject({ distro: z.union([z.string().regex(/_/, 'needs an underscore'), z.array(z.string().regex(/_/, 'needs an underscore'))]) });

  t.same(sentences(schema, 'distro: debian'), ['1:9 distro: needs an underscore, found "debian"']);
  t.same(sentences(schema, 'distro: [a_b, debian]'), ['1:15 distro: needs an underscore, found "debian"']);
  t.end();
});
