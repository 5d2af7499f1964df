import { execa } from 'execa';
import fc from 'fast-check';
import t from 'tap';

import { splitWords } from '../../generator/model/words.js';
import { quoteShell } from '../../generator/render/quote.js';

t.test('words end at blanks that are in no quotes', (t) => {
  t.same(splitWords(''), []);
  t.same(splitWords('  '), []);
  t.same(splitWords(` -j2\tPACKAGE='hello erlang'  "V="1 ''`), ['-j2', 'PACKAGE=hello erlang', 'V=1', '']);
  t.same(splitWords(`'$x' "it's"`), ['$x', "it's"]);
  t.end();
});

t.test('a quote that is not closed is told', (t) => {
  t.equal(splitWords("A='b"), undefined);
  t.equal(splitWords('A="b'), undefined);
  t.equal(splitWords("it's"), undefined);
  t.end();
});

t.test('quotes are read as bash reads them', async (t) => {
  const piece = fc.constantFrom("'", '"', ' ', 'a', '=', '-', 'b c');
  const texts = fc.sample(fc.array(piece, { maxLength: 12 }), 60).map((pieces) => pieces.join(''));

  const sound = texts.flatMap((text) => {
    const words = splitWords(text);
    return words ? [{ text, words }] : [];
  });
  const { stdout } = await execa('bash', ['-c', sound.map(({ text }) => `printf '%s\\0' begin ${text}`).join('\n')]);

  t.ok(sound.length > 5);
  t.equal(stdout, sound.map(({ words }) => ['begin', ...words].map((word) => `${word}\0`).join('')).join(''));
});

t.test('what is quoted for a shell without a quote of its own is one word again', (t) => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', ' ', '$', '%', '\\', '"', '=') }).filter((word) => word !== ''),
      (word) => {
        t.same(splitWords(quoteShell(word)), [word]);
      },
    ),
  );
  t.end();
});
