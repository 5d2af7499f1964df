import process from 'node:process';

let missed = 0;

/** 1000 is written 1k. */
export function sizeName(targets: number): string {
  return `${String(targets / 1000)}k targets`;
}

/** Times below 20 ms with a digit behind the point. */
export function milliseconds(value: number): string {
  return `${value.toFixed(Math.abs(value) < 20 ? 1 : 0)} ms`;
}

/** Prints one measure; with a goal also whether it is met. */
export function report(title: string, value: string, goal?: { readonly text: string; readonly isMet: boolean }): void {
  if (goal?.isMet === false) missed++;
  process.stdout.write(`| ${title} | ${value} | ${goal?.text ?? ''} | ${goal ? (goal.isMet ? 'met' : 'missed') : ''} |\n`);
}

/** Reports a time that has an upper limit, both in milliseconds. */
export function reportTime(title: string, value: number, limit?: number): void {
  report(title, milliseconds(value), limit === undefined ? undefined : { text: `≤ ${String(limit)} ms`, isMet: value <= limit });
}

/** What `node --eval ''` takes on the idle machine that the goals of the generator were set on, in milliseconds. */
const usualStart = 73;

/** Reports a time of the generator. Its limit is for the machine of the goals: the times that node takes to start tell how slow this one is just now. */
export function reportScaled(title: string, value: number, start: number, limit: number): void {
  const scaled = (value * usualStart) / start;
  report(`${title} (node's own start ${milliseconds(start)})`, `${milliseconds(value)}, scaled ${milliseconds(scaled)}`, {
    text: `≤ ${String(limit)} ms scaled`,
    isMet: scaled <= limit,
  });
}

/** A wrong result makes every measure worthless: it ends the bench. */
export function expectEqual(what: string, actual: number, expected: number): void {
  if (actual !== expected) throw new Error(`${what}: expected ${String(expected)}, found ${String(actual)}`);
}

/** The last line, and the exit status. */
export function finish(): void {
  process.stdout.write(missed === 0 ? 'every goal is met\n' : `${String(missed)} goals are missed\n`);
  process.exitCode = missed === 0 ? 0 : 1;
}
