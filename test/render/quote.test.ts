import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';
import fc from 'fast-check';
import t from 'tap';

import * as quote from '../../generator/render/quote.js';

const folder = mkdtempSync(join(tmpdir(), 'packmill-quote-'));
t.teardown(() => {
  rmSync(folder, { recursive: true });
});

const nasty = [
  '',
  ' ',
  '~',
  '~root',
  'x=~',
  'x=a:~root',
  'base=docker-image://mine:~/',
  '-n',
  '$HOME',
  '$$',
  '$(id)',
  '`id`',
  "it's",
  "''",
  '"',
  '\\',
  '\\n',
  'a\\',
  '#',
  '%',
  'a:b',
  'a=b',
  '*',
  '?',
  '[a]',
  '{a,b}',
  '!!',
  '&',
  ';',
  '|',
  '<',
  '>',
  '(',
  ')',
  'é',
  '😀',
  '\u001b[31m',
  '\t',
  '$(shell id)',
  '${x}',
  '$@',
  '@',
  '+',
  ',',
];
const line = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.array(fc.constantFrom(...nasty), { maxLength: 6 }).map((parts) => parts.join('')),
);
const words = fc.sample(
  line.filter((word) => !/[\n\r\0]/.test(word)),
  { numRuns: 2000, seed: 1 },
);

t.test('bash reads back every word that was quoted for a shell', async (t) => {
  const multiline = [...words, 'a\nb', '\n', "'\n'"];
  const script = join(folder, 'words.sh');
  writeFileSync(script, `printf '%s\\0' ${multiline.map(quote.quoteShell).join(' ')}`);

  const { stdout } = await execa('bash', [script], { stripFinalNewline: false });

  t.same(stdout.split('\0').slice(0, -1), multiline);
});

t.test('make and its shell read back every word of a recipe', async (t) => {
  const makefile = join(folder, 'words.mk');
  const rules = words.map((word) => `\t@printf '%s\\0' ${quote.quoteRecipe(word)}`).join('\n');
  writeFileSync(makefile, `SHELL := bash\nall:\n${rules}\n`);

  const { stdout } = await execa('make', ['-rR', '-f', makefile], { stripFinalNewline: false });

  t.same(stdout.split('\0').slice(0, -1), words);
});

t.test('JSON reads back the words of an exec form, which is one line of plain ASCII', (t) => {
  const multiline = [...words, 'a\nb', '\u2028', '\u007f', '\ud800'];

  const text = quote.quoteExec(multiline);

  t.same(JSON.parse(text), multiline);
  t.match(text, /^[ -~]*$/);
  t.equal(quote.quoteExec([]), '[]');
  t.end();
});

t.test('the value of an ENV instruction is escaped for the Dockerfile syntax', (t) => {
  t.equal(quote.quoteEnv('a b'), '"a b"');
  t.equal(quote.quoteEnv(String.raw`"$x\y"`), String.raw`"\"\$x\\y\""`);
  t.end();
});

t.test('a line end never gets into a make line or an ENV instruction', (t) => {
  for (const end of ['\n', '\r', '\0']) {
    t.throws(() => quote.quoteMake(`a${end}b`), { message: /^Internal error: a line end in/ });
    t.throws(() => quote.quoteRecipe(`a${end}b`), { message: /^Internal error: a line end in/ });
    t.throws(() => quote.quoteEnv(`a${end}b`), { message: /^Internal error: a line end in/ });
  }
  t.end();
});

t.test('a make target is taken only when nothing in it needs quoting', (t) => {
  for (const name of ['out/packages/a_1.2-1~deb12_amd64.deb', 'g++', 'a']) t.equal(quote.makeName(name), name);
  for (const name of ['', '~a', 'a b', 'a:b', 'a%', 'a#', '$a', 'a\\', 'a\n', 'a*', 'a,b', 'é'])
    t.throws(() => quote.makeName(name), { message: /cannot be a make target/ }, JSON.stringify(name));
  t.end();
});

t.test('a comment stays one line', (t) => {
  t.equal(quote.quoteComment('a\nRUN rm\r\u2028b\0'), 'a RUN rm  b ');
  t.end();
});

t.test('a word of a unit is itself, in quotes, or refused', (t) => {
  t.equal(quote.quoteUnitWord('PATH=/usr/bin:/bin'), 'PATH=/usr/bin:/bin');
  t.equal(quote.quoteUnitWord(''), '""');
  t.equal(quote.quoteUnitWord('a "b" \\ $c %d;'), String.raw`"a \"b\" \\ $c %%d;"`);
  t.equal(quote.quoteUnitCommand('a$b%'), '"a$$b%%"');
  t.equal(quote.quoteUnitCommand(';'), '";"', 'it would end the command');
  t.throws(() => quote.quoteUnitWord('a\nb'), /control character/);
  t.end();
});

t.test('cron is told of percent signs, and refuses what implementations differ about', (t) => {
  t.equal(quote.quoteCron("echo 'it'\\''s 5%'"), String.raw`echo 'it'\''s 5\%'`);
  t.throws(() => quote.quoteCron('a\nb'), /cron would change/);
  t.throws(() => quote.quoteCron(String.raw`a\%b`), /cron would change/);
  t.throws(() => quote.quoteCron(String.raw`a\\b`), /cron would change/);
  t.end();
});

t.test('XML has no control characters, and a spreadsheet sees no formula', (t) => {
  t.equal(quote.quoteXml('a\u0001<b>\ud800 & \ufffe"😀'), 'a &lt;b&gt;  &amp;  &quot;😀');
  t.equal(quote.quoteCsv('plain'), 'plain');
  t.equal(quote.quoteCsv('a "b", c'), '"a ""b"", c"');
  t.equal(quote.quoteCsv('=1+1'), "'=1+1");
  t.end();
});
