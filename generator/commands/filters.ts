import { didYouMean } from '../model/nearest.js';
import { UserError } from './user-error.js';

const axes = ['package', 'version', 'distro', 'platform'] as const;

/** What limits a listing; a filter that is not given lets everything through, several words of one mean any of them. */
export type Filters = { readonly [axis in (typeof axes)[number]]?: readonly string[] | undefined };

/** Whether a filter lets a value through; a version may be given as its series. */
function fits(axis: string, value: string, word: string): boolean {
  return value === word || (axis === 'version' && (value.startsWith(`${word}.`) || value.startsWith(`${word}_`)));
}

function hint(word: string, known: ReadonlySet<string>): string {
  return `  ${didYouMean(word, known) ?? `one of ${[...known].join(', ')}`}\n`;
}

/** The rows that filters let through; a word that fits no row is a UserError. */
export function letThrough<Row extends { readonly [axis in (typeof axes)[number]]: string }>(rows: readonly Row[], filters: Filters): readonly Row[] {
  let left = rows;
  for (const axis of axes) {
    const wanted = filters[axis];
    if (wanted === undefined || wanted.length === 0) continue;
    const words = wanted.map((word) => (axis === 'platform' ? word.replaceAll('/', '-') : word));
    const known = new Set(rows.map((row) => row[axis]));
    for (const word of words) {
      if (![...known].some((value) => fits(axis, value, word))) throw new UserError(`packmill: unknown ${axis} "${word}"\n${hint(word, known)}`);
    }
    left = left.filter((row) => words.some((word) => fits(axis, row[axis], word)));
  }
  return left;
}
