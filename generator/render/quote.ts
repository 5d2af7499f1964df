/** A word for a shell: as it is when nothing in it is special, else in single quotes. Bash takes a tilde for a home behind = and : too, when the word looks like an assignment. */
export function quoteShell(word: string): string {
  return /^[A-Za-z0-9_./:=,@%+~-]+$/.test(word) && !/(^|[=:])~/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Text inside a make recipe or variable: make itself only looks at dollar signs; line ends would end the line. */
export function quoteMake(text: string): string {
  if (/[\n\r\0]/.test(text)) throw new Error(`Internal error: a line end in ${JSON.stringify(text)}`);
  return text.replaceAll('$', '$$$$');
}

/** A shell word inside a make recipe. */
export function quoteRecipe(word: string): string {
  return quoteMake(quoteShell(word));
}

/** A name that stands as a make target or prerequisite, where quoting hardly exists: only names that need none. */
export function makeName(name: string): string {
  if (!/^[A-Za-z0-9_./+~-]+$/.test(name) || name.startsWith('~')) throw new Error(`Internal error: ${JSON.stringify(name)} cannot be a make target`);
  return name;
}

/** Exec form of a Dockerfile instruction: a JSON list on one line, which no shell and no variable ever touches. */
export function quoteExec(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word).replaceAll(/[\u007f-\uffff]/g, escapeUnicode)).join(', ')}]`;
}

function escapeUnicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Value of an ENV instruction: in double quotes, with what the Dockerfile syntax looks at escaped. */
export function quoteEnv(value: string): string {
  if (/[\n\r\0]/.test(value)) throw new Error(`Internal error: a line end in ${JSON.stringify(value)}`);
  return `"${value.replaceAll(/["\\$]/g, String.raw`\$&`)}"`;
}

/** Text of a comment: one line, whatever was in it. */
export function quoteComment(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ');
}

/** Text inside HTML, also inside a quoted attribute. */
export function quoteHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/** Text of a systemd unit that is no list of words, such as a description or a folder: only percent signs are looked at. */
export function quoteUnitText(text: string): string {
  if (/\p{Cc}/u.test(text)) throw new Error(`Internal error: a control character in ${JSON.stringify(text)}`);
  return text.replaceAll('%', '%%');
}

/** A word in a list of a systemd unit, such as Environment=. In double quotes backslash and quote are escaped (systemd.syntax(7)). */
export function quoteUnitWord(word: string): string {
  const text = quoteUnitText(word);
  return /^[A-Za-z0-9_./:=,@%+-]+$/.test(text) ? text : `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** A word of a command of a systemd unit, where dollar signs begin variables too, quoted or not (systemd.service(5)). */
export function quoteUnitCommand(word: string): string {
  return quoteUnitWord(word).replaceAll('$', '$$$$');
}

/** A command of a crontab: cron takes a percent sign for the end of a line unless a backslash stands before it, which it then removes. Implementations differ about other backslashes before one. */
export function quoteCron(command: string): string {
  if (/\p{Cc}|\\[\\%]/u.test(command)) throw new Error(`Internal error: cron would change ${JSON.stringify(command)}`);
  return command.replaceAll('%', String.raw`\%`);
}

/** Text inside XML, which unlike HTML has no place at all for most control characters. */
export function quoteXml(text: string): string {
  return quoteHtml(text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ' '));
}

/** A field of a CSV file. What a spreadsheet would take for a formula gets an apostrophe in front. */
export function quoteCsv(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
