/** A line of a log, as it is shown. */
export interface LogLine {
  readonly number: number;
  readonly text: string;
  readonly isError: boolean;
}

/** The part of a log that tells why something failed. */
export interface Excerpt {
  /** Lines that follow each other in the log, block by block. */
  readonly blocks: readonly (readonly LogLine[])[];
  /** Lines that look like errors, shown or not. */
  readonly errors: number;
}

/** How much is shown: around an error, of the first errors and of the last, at the end, and of one line. */
const [around, mostErrors, ending, longest] = [3, 6, 12, 400];

const errors = [
  /(?<![\w./-])(?<!\b(?:0|no|without|on|any|if|for) )(?:fatal |internal compiler |syntax )?errors?(?:\[\w+\])?:(?! *0\b)/i,
  /(?<![\w-])ERROR(?![\w-])(?!: *0\b)/,
  /\*\*\* .*(?:Error \d|Stop\.|No rule)/,
  /\bundefined reference to\b|\bunresolved external\b|\bcannot find -l/,
  /\bNo such file or directory\b|\bcommand not found\b|\bNo space left on device\b|\bPermission denied\b/,
  /\bSegmentation fault\b|\bcore dumped\b|\bOut of memory\b|\bKilled\b|\bassertion .*failed\b/i,
  /^(?:#\d+ [\d.]+ )?(?:E: |not ok\b|FAIL(?:ED)?\b|panic: |Traceback )/,
  /\bstep [a-z-]+: [a-z]+ fault\b/,
  /\bTestcase .*FAILED\b|\b[1-9]\d* (?:tests? )?fail(?:ed|ures?)\b/i,
  /\bunmet dependencies\b|\bhas no installation candidate\b|\bUnable to locate package\b/i,
];

/** Whether a line of a log says that something went wrong. */
export function looksWrong(line: string): boolean {
  return errors.some((pattern) => pattern.test(line));
}

/** A line as a terminal would show it in the end: without colours, and without what was written over. */
function plain(line: string): string {
  // eslint-disable-next-line no-control-regex -- escape sequences are control characters
  const text = line.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '').replace(/\r+$/, '');
  const shown = text.slice(text.lastIndexOf('\r') + 1).replaceAll(/[^\P{Cc}\t]/gu, ' ');
  return shown.length > longest ? `${shown.slice(0, longest)} …` : shown;
}

/** Cuts out of a log the lines that look wrong, with their neighbours, and its end. `before` is the number of lines that came before the text. */
export function cutOut(log: string, before = 0): Excerpt {
  const lines = log.replace(/\n+$/, '').split('\n').map(plain);
  const wrong = lines.flatMap((line, index) => (looksWrong(line) ? [index] : []));
  const wanted = new Set<number>();
  const take = (from: number, to: number): void => {
    for (let index = Math.max(0, from); index <= Math.min(to, lines.length - 1); index++) wanted.add(index);
  };
  // The first errors are mostly the cause, unless they were survived: then the last are.
  for (const index of [...wrong.slice(0, mostErrors), ...wrong.slice(-mostErrors)]) take(index - around, index + around);
  take(lines.length - ending, lines.length - 1);
  const marked = new Set(wrong);
  const blocks: LogLine[][] = [];
  let last = -2;
  for (const index of [...wanted].sort((a, b) => a - b)) {
    if (index !== last + 1) blocks.push([]);
    blocks.at(-1)?.push({ number: before + index + 1, text: lines[index] ?? '', isError: marked.has(index) });
    last = index;
  }
  return { blocks, errors: wrong.length };
}
