import process from 'node:process';

const clearBelow = '\u001B[J';
const hideCursor = '\u001B[?25l';
const showCursor = '\u001B[?25h';

/**
 * The end of a terminal, below what others print. After each drawing the cursor stands on the empty line above it, so that a line of
 * others takes the place of what was drawn, and the next drawing comes below that line.
 */
export class Screen {
  private isDrawn = false;

  /** What lines have room for. */
  get size(): { readonly columns: number; readonly rows: number } {
    return { columns: Math.max(1, (process.stdout.columns || 80) - 1), rows: Math.max(1, (process.stdout.rows || 24) - 2) };
  }

  get hasColour(): boolean {
    return (process.env.NO_COLOR ?? '') === '';
  }

  /** Draws lines in place of those before, at one stroke. */
  draw(lines: readonly string[]): void {
    process.stdout.write(`${hideCursor}\r${clearBelow}\n${lines.join('\n')}\u001B[${String(lines.length)}A\r`);
    this.isDrawn = true;
  }

  /** Takes away what was drawn, and leaves alone what others have written at the cursor. */
  clear(): void {
    if (this.isDrawn) process.stdout.write(`${clearBelow}${showCursor}`);
    this.isDrawn = false;
  }

  /** Leaves lines for good. */
  leave(lines: readonly string[]): void {
    if (this.isDrawn) process.stdout.write(`\r${clearBelow}${showCursor}`);
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
    this.isDrawn = false;
  }
}
