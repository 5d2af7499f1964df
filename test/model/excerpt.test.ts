import t from 'tap';

import { cutOut, looksWrong } from '../../generator/model/excerpt.js';

t.test('lines that say what went wrong are told from those that only have the word', (t) => {
  const wrong = [
    "hello.c:12:3: error: implicit declaration of function 'gets'",
    'hello.c:1:10: fatal error: x.h: No such file or directory',
    'make[2]: *** [Makefile:1711: src/hello.o] Error 1',
    '/usr/bin/ld: hello.c:(.text+0x5): undefined reference to `gets`',
    '/usr/bin/ld: cannot find -lncurses',
    'E: Unable to locate package libwx',
    'not ok 3 - it greets',
    '#13 61.9 step build: package fault: exit status 2',
    '3 tests failed',
    'configure: error: no acceptable C compiler found',
    'ERROR: cannot reach the engine',
    'Segmentation fault (core dumped)',
    '** (CompileError) lib/a.ex:1: error: undefined function x/0',
  ];
  const harmless = [
    '  CC src/error.o -Werror -o build/error.o',
    'Setting up libgpg-error0:amd64 (1.46-1) ...',
    'compiled with 0 errors and 2 warnings',
    'checking for errors in the tables... none',
    'retry on error: yes',
    'ok 4 - an empty name gives an error message',
    '0 tests failed',
    '# ERROR: 0',
    'Errors: 0',
    'no error: everything is well',
  ];

  for (const line of wrong) t.ok(looksWrong(line), line);
  for (const line of harmless) t.notOk(looksWrong(line), line);
  t.end();
});

t.test('an excerpt has the errors with their neighbours, and the end, with the numbers of the whole log', (t) => {
  const lines = Array.from({ length: 200 }, (_, index) => `line ${String(index + 1)}`);
  lines[49] = 'x.c:1:1: error: here';

  const { blocks, errors } = cutOut(`${lines.join('\n')}\n`, 1000);

  t.equal(errors, 1);
  t.same(
    blocks.map((block) => [block[0]?.number, block.at(-1)?.number]),
    [
      [1047, 1053],
      [1189, 1200],
    ],
  );
  t.same(
    blocks.flat().filter((line) => line.isError),
    [{ number: 1050, text: 'x.c:1:1: error: here', isError: true }],
  );
  t.end();
});

t.test('a line stands as a terminal shows it in the end, and is not endless', (t) => {
  const { blocks } = cutOut(`\u001b[31mred\u001b[0m\n10%\r50%\r100%\r\nbell\u0007\n${'x'.repeat(1000)}`);

  t.same(
    blocks.flat().map((line) => line.text.slice(0, 10)),
    ['red', '100%', 'bell ', 'xxxxxxxxxx'],
  );
  t.ok((blocks.flat().at(-1)?.text.length ?? 0) < 500);
  t.end();
});

t.test('of a log full of errors the first and the last are shown', (t) => {
  const { blocks, errors } = cutOut(Array.from({ length: 10_000 }, (_, index) => `a.c:${String(index)}: error: x`).join('\n'));

  t.equal(errors, 10_000);
  t.equal(blocks[0]?.[0]?.number, 1);
  t.equal(blocks.at(-1)?.at(-1)?.number, 10_000);
  t.ok(blocks.flat().length < 60);
  t.end();
});
