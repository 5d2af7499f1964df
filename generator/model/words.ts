/** Words of a text as a shell takes them apart at blanks, with both kinds of quotes, and with nothing that is expanded; undefined where a quote is not closed. */
export function splitWords(text: string): readonly string[] | undefined {
  const parts = /'([^']*)'|"([^"]*)"|([^\s'"]+)/y;
  const words: string[] = [];
  let isOpen = false;
  let at = 0;
  while (at < text.length) {
    const [blanks] = /^\s*/.exec(text.slice(at)) ?? [''];
    if (blanks !== '') isOpen = false;
    at += blanks.length;
    if (at === text.length) break;
    parts.lastIndex = at;
    const found = parts.exec(text);
    if (!found) return undefined;
    const part = found[1] ?? found[2] ?? found[3] ?? '';
    words.push(isOpen ? `${words.pop() ?? ''}${part}` : part);
    isOpen = true;
    at = parts.lastIndex;
  }
  return words;
}
