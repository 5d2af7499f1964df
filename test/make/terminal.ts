/** What stands on a terminal when it has got a text: as far as Packmill uses terminals, wide enough that no line wraps, and of any height. */
export function readScreen(text: string): readonly string[] {
  const lines = [''];
  let row = 0;
  let column = 0;
  // eslint-disable-next-line no-control-regex -- they are what this is about
  for (const [token, count, what] of text.matchAll(/\u001B\[\??([\d;]*)([A-Za-z])|[\r\n]|[^\u001B\r\n]+/g)) {
    if (token === '\r') column = 0;
    else if (token === '\n') {
      row += 1;
      if (row === lines.length) lines.push('');
    } else if (what === 'J') {
      lines.length = row + 1;
      lines[row] = (lines[row] ?? '').slice(0, column);
    } else if (what === 'A') row = Math.max(0, row - Number(count));
    else if (what === undefined) {
      const line = (lines[row] ?? '').padEnd(column);
      lines[row] = line.slice(0, column) + token + line.slice(column + token.length);
      column += token.length;
    }
  }
  return lines;
}
