/** Edit distance (insert, delete, replace, swap of neighbours) between two short words. */
function distance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let best = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[right.length] ?? 0;
}

/** Up to `most` of the known words that a person may have meant by `word`, nearest first. */
export function nearest(word: string, known: Iterable<string>, most = 3): readonly string[] {
  const limit = Math.max(2, Math.floor(word.length / 4));
  const scored: { readonly candidate: string; readonly score: number }[] = [];
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const score = distance(word, candidate);
    if (score <= limit) scored.push({ candidate, score });
  }
  scored.sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1));
  const best = scored[0]?.score ?? 0;
  return scored
    .filter(({ score }) => score <= best + 1)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** What a person may have meant by `word`: the nearest known words, or all of them when there are few. */
export function suggest(word: string, known: Iterable<string>): string | undefined {
  const words = [...known];
  return didYouMean(word, words) ?? (words.length === 0 || words.length > 12 ? undefined : `one of ${words.join(', ')}`);
}

/** `did you mean "a" or "b"?`, or nothing when no known word is near. */
export function didYouMean(word: string, known: Iterable<string>): string | undefined {
  const words = nearest(word, known);
  return words.length === 0 ? undefined : `did you mean ${words.map((w) => `"${w}"`).join(' or ')}?`;
}
