import t from 'tap';

import { renderProblems } from '../../generator/render/problems.js';

t.test('problems stand in the order of files, lines and columns, with what to do below each', (t) => {
  const text = renderProblems([
    { file: 'b.yaml', path: [], at: { line: 2, column: 1 }, message: 'fourth' },
    { file: 'a.yaml', path: [], at: { line: 10, column: 1 }, message: 'third', hint: 'do this' },
    { file: 'a.yaml', path: [], at: { line: 9, column: 12 }, message: 'second' },
    { file: 'a.yaml', path: [], at: { line: 9, column: 2 }, message: 'first' },
    { file: 'b.yaml', path: [], message: 'a whole file comes before its lines' },
  ]);

  t.equal(
    text,
    `a.yaml:9:2: first
a.yaml:9:12: second
a.yaml:10:1: third
  do this
b.yaml: a whole file comes before its lines
b.yaml:2:1: fourth
`,
  );
  t.end();
});

t.test('problems at one place keep their order', (t) => {
  const at = { line: 1, column: 1 };

  const text = renderProblems(['x', 'c', 'a'].map((message) => ({ file: 'a.yaml', path: [], at, message })));

  t.equal(text, 'a.yaml:1:1: x\na.yaml:1:1: c\na.yaml:1:1: a\n');
  t.end();
});
