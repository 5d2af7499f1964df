import t from 'tap';

import { parseYaml } from '../../generator/model/yaml.js';
import type { YamlFile } from '../../generator/model/yaml.js';

function read(text: string): YamlFile {
  const parsed = parseYaml('x.yaml', text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

function problems(text: string): readonly string[] {
  const parsed = parseYaml('x.yaml', text);
  return parsed.ok ? [] : parsed.problems.map(({ at, message }) => `${String(at?.line)}:${String(at?.column)}: ${message}`);
}

t.test('what only looks like a number stays the text that was written', (t) => {
  const data = read('2.10: a\nversion: 2.10\nbig: 1e3\nhex: 0x1f\nzero: 007\nminus: -1\nlong: 1234567890\ninf: .inf\n').data;

  t.same(data, { '2.10': 'a', version: '2.10', big: '1e3', hex: '0x1f', zero: '007', minus: '-1', long: '1234567890', inf: '.inf' });
  t.end();
});

t.test('short whole numbers, truths and nothing are what they look like', (t) => {
  const data = read('epoch: 1\ncross: true\nempty:\nquoted: "1"\nno: no\n').data;

  t.same(data, { epoch: 1, cross: true, empty: null, quoted: '1', no: 'no' });
  t.end();
});

t.test('a value and a key have their place, and what is not there that of the nearest thing around it', (t) => {
  const { locate } = read('a:\n  - b: 1\n    c: { d: two }\n');

  t.same(locate(['a', 0, 'c', 'd']), { line: 3, column: 13 });
  t.same(locate(['a', 0, 'c'], 'key'), { line: 3, column: 5 });
  t.same(locate(['a', 0, 'nothing']), { line: 2, column: 5 });
  t.same(locate(['nothing']), { line: 1, column: 1 });
  t.same(locate([]), { line: 1, column: 1 });
  t.end();
});

t.test('a key that stands twice is a problem at its second place', (t) => {
  t.same(problems('a: 1\nb: 2\na: 3\n'), ['3:1: duplicate key "a"']);
  t.same(problems('versions:\n  "1.2": x\n  \'1.2\': y\n  1.2: z\n'), ['3:3: duplicate key "1.2"', '4:3: duplicate key "1.2"']);
  t.end();
});

t.test('a file that is not YAML has one problem, not its echoes', (t) => {
  t.same(problems('a:\n\tb: 1\n\tc: 2\n'), ['2:1: not valid YAML: a tab cannot indent; use spaces']);
  t.same(problems('a: "b\nc: 1\n'), ['3:1: not valid YAML: a quote that was opened above is never closed']);
  t.same(problems('reason: because: of this\n'), ['1:9: not valid YAML: the indentation does not fit, or text with ": " in it needs quotes']);
  t.end();
});

t.test('an alias stands for its anchor, and one without an anchor is a problem', (t) => {
  t.same(read('a: &x [1]\nb: *x\n').data, { a: [1], b: [1] });
  t.same(problems('a: *x\nb: &x 1\n'), ['1:4: unknown alias "*x": no "&x" stands before it']);
  t.end();
});

t.test('several documents in one file are a problem', (t) => {
  t.equal(problems('a: 1\n---\nb: 2\n').length, 1);
  t.end();
});
