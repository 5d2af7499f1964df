import fc from 'fast-check';

/** What means something to a shell, make, a Dockerfile, a template, YAML, apt, or a file system. */
const fragments = [
  ...['$(touch canary)', '`touch canary`', '${IFS}', '$$(touch canary)', '$(shell touch canary)', '$(eval x:=1)', '$(call x)', '$@', '$<', '$x', '$'],
  ...["'", '"', "''", "'\\''", '\\', '\\\\', '\n', '\r\n', '\t', '\0', ' ', ';', '&', '|', '<', '>', '(', ')', '{', '}', '[', ']', '*', '?', '!', '^', '~'],
  ...['#', '%', ':', '::', '=', ':=', ',', '+', '@', '-', '--', '..', '../', '/', '.', './', '&&', '||', '<<EOF', '; touch canary;', ');touch canary;('],
  ...[
    '\nRUN touch canary',
    '\nall: ; touch canary',
    '\n\ttouch canary',
    'endef',
    '.PHONY',
    'include x',
    '{{ 7 * 7 }}',
    '{% include "x" %}',
    '{# x',
    '{version}',
  ],
  ...['\u2028', '\u0085', '\u00a0', '\u202e', '\ufeff', '\u001b[31m', '\u007f', '\ud800', 'é', '😀', '- ', ': ', '&a', '*a', '!!js', '---', '[UNPUBLISHED]'],
  ...['__proto__', 'constructor', 'toString', 'null', 'true', '1', '0', '1.2', '-rc1', 'linux/amd64', 'debian_bookworm', 'a', 'b', 'hello', 'x_y'],
];

const hostile = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.constantFrom(...fragments), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom('a', 'b', 'z', '0', '1', '9', '.', '+', '~', '-', '_'), minLength: 1, maxLength: 8 }) },
);

/** Ten thousand strings of which no two are alike; the same in every run, or others with SEED=. */
export function hostileStrings(count = 10_000): readonly string[] {
  const seed = Number(process.env.SEED ?? 1);
  const strings = new Set(fragments);
  for (let round = 0; strings.size < count; round++) {
    for (const text of fc.sample(hostile, { numRuns: count, seed: seed + round })) if (strings.size < count) strings.add(text);
  }
  return [...strings];
}
