import fc from 'fast-check';

import { compareVersions } from '../../generator/model/version.js';

/** How one row is written, and what stands around it. */
interface RowManner {
  readonly form: 'braces' | 'narrow' | 'lines' | 'block' | 'alias';
  readonly quote: '' | '"' | "'";
  readonly anchor: boolean;
  readonly above: readonly ('comment' | 'blank' | 'outdented')[];
  readonly behind: boolean;
}

/** How a file is written. */
interface Manner {
  readonly container: 'block' | 'braces' | 'line';
  readonly order: 'up' | 'down';
  readonly indent: number;
  readonly lastComma: boolean;
  readonly newline: '\n' | '\r\n';
  readonly endsLine: boolean;
  readonly mark: boolean;
  readonly above: boolean;
  readonly below: boolean;
}

/** A package file as somebody may have written it, and a version that is not in it. */
export interface PackageText {
  readonly manner: Manner;
  readonly text: string;
  readonly version: string;
}

const numbers = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
const version = fc.tuple(numbers, fc.constantFrom('', '', '', '-rc1', '-rc2', '~beta.2')).map((parts) => parts.join(''));

const rowManner: fc.Arbitrary<RowManner> = fc.record({
  form: fc.constantFrom('braces', 'braces', 'narrow', 'lines', 'block', 'alias'),
  quote: fc.constantFrom('', '', '"', "'"),
  anchor: fc.boolean(),
  above: fc.array(fc.constantFrom('comment', 'blank', 'outdented'), { maxLength: 2 }),
  behind: fc.boolean(),
});

const manner: fc.Arbitrary<Manner> = fc.record({
  container: fc.constantFrom('block', 'block', 'block', 'braces', 'line'),
  order: fc.constantFrom('up', 'down'),
  indent: fc.integer({ min: 1, max: 4 }),
  lastComma: fc.boolean(),
  newline: fc.constantFrom('\n', '\r\n'),
  endsLine: fc.boolean(),
  mark: fc.boolean(),
  above: fc.boolean(),
  below: fc.boolean(),
});

function writeValue(row: RowManner, indent: string, container: Manner['container']): string {
  if (row.form === 'alias') return ' *model';
  const anchor = row.anchor ? ' &anchor' : '';
  if (row.form === 'block' && container === 'block') return `:${anchor}\n${indent}   source: "a"\n${indent}   sha256: b`.slice(1);
  if (row.form === 'lines' && container !== 'line') return `${anchor} {\n${indent}    source: a, # lines\n${indent}    sha256: b\n${indent}  }`;
  return row.form === 'narrow' ? `${anchor} {source: 'a',sha256: b}` : `${anchor} { source: a, sha256: b }`;
}

function writeRow(name: string, row: RowManner, index: number, isLast: boolean, { container, indent, lastComma }: Manner): readonly string[] {
  const space = ' '.repeat(indent);
  const comma = container === 'block' || (isLast && !lastComma) ? '' : ',';
  const key = `${row.anchor ? '&key ' : ''}${row.quote}${name}${row.quote}:`;
  if (container === 'line') return [`${key}${writeValue(row, space, container)}${comma}`];
  const above = row.above.map((kind, place) => (kind === 'blank' ? '' : `${kind === 'comment' ? space : ''}# ${String(index)}.${String(place)} above ${name}`));
  return [...above, `${space}${key}${writeValue(row, space, container)}${comma}${row.behind ? ` # behind ${name}` : ''}`];
}

function write(names: readonly string[], rows: readonly RowManner[], manner: Manner): string {
  const written = names.flatMap((name, index) => writeRow(name, rows[index % rows.length] as RowManner, index, index === names.length - 1, manner));
  const versions = {
    block: ['versions: # all', ...written],
    braces: ['versions:', `${' '.repeat(manner.indent)}{ # all`, ...written, `${' '.repeat(manner.indent)}}`],
    line: [`versions: { ${written.join(' ')} }`],
  };
  const lines = ['model: &model { source: a, sha256: b }', ...(manner.above ? ['# above', 'text: é 😀', ''] : []), ...versions[manner.container]];
  if (manner.below) lines.push('', '# below', 'name: x');
  const text = `${manner.mark ? '\ufeff' : ''}${lines.join('\n')}${manner.endsLine ? '\n' : ''}`;
  return text.replaceAll('\n', manner.newline);
}

/** Package files in every manner, each with a version to add. */
export const packageTexts: fc.Arbitrary<PackageText> = fc
  .tuple(
    fc.uniqueArray(version, { minLength: 2, maxLength: 8, comparator: (a, b) => compareVersions(a, b) === 0 }),
    fc.array(rowManner, { minLength: 1, maxLength: 4 }),
    manner,
  )
  .map(([[added = '', ...names], rows, manner]) => {
    const sorted = names.sort((a, b) => (manner.order === 'up' ? 1 : -1) * compareVersions(a, b));
    return { manner, text: write(sorted, rows, manner), version: added };
  });
