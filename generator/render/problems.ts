import type { Problem } from '../model/problem.js';

/** One problem a line, `file:line:column: what`, with what to do below it; in file order. */
export function renderProblems(problems: readonly Problem[]): string {
  const position = (problem: Problem): readonly [string, number, number] => [problem.file, problem.at?.line ?? 0, problem.at?.column ?? 0];
  const sorted = [...problems].sort((a, b) => {
    const [fileA, lineA, columnA] = position(a);
    const [fileB, lineB, columnB] = position(b);
    return fileA < fileB ? -1 : fileA > fileB ? 1 : lineA - lineB || columnA - columnB;
  });
  const lines = sorted.map((problem) => {
    const place = problem.at ? `:${String(problem.at.line)}:${String(problem.at.column)}` : '';
    return `${problem.file}${place}: ${problem.message}\n${problem.hint === undefined ? '' : `  ${problem.hint}\n`}`;
  });
  return lines.join('');
}
