import { statSync, utimesSync } from 'node:fs';

/**
 * Gives a file a date behind that of what is made from it. Make goes by dates and would else take the product for current, when the clock
 * went back between the two.
 */
export function makeNewer(input: string, product: string): void {
  const made = statSync(product, { throwIfNoEntry: false });
  const written = statSync(input, { throwIfNoEntry: false });
  if (!made || !written || written.mtimeMs > made.mtimeMs) return;
  const date = new Date(Math.ceil(made.mtimeMs) + 1);
  utimesSync(input, date, date);
}
