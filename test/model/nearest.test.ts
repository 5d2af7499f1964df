import t from 'tap';

import { didYouMean, nearest, suggest } from '../../generator/model/nearest.js';

const targets = [
  'erlang_27.3.4.1_debian_bookworm_linux-amd64',
  'erlang_27.3.4.1_debian_bookworm_linux-arm64',
  'erlang_27.3.4.1_debian_trixie_linux-amd64',
  'hello_2.10_debian_bookworm_linux-amd64',
];

t.test('the nearest word comes first', (t) => {
  t.same(nearest('erlang_27.3.4.1_debian_bookwrm_linux-amd64', targets), [targets[0]]);
  t.same(nearest('erlang_27.3.4.1_debian_bookworm_linux-amr64', targets), [targets[0], targets[1]]);
  t.end();
});

t.test('two swapped letters are one mistake', (t) => {
  t.same(nearest('linux/arm46', ['linux/arm64', 'linux/amd64', 'linux/arm/v7']), ['linux/arm64']);
  t.end();
});

t.test('a far-off word has no neighbours', (t) => {
  t.same(nearest('nonsense', targets), []);
  t.equal(didYouMean('nonsense', targets), undefined);
  t.end();
});

t.test('words that are as near as each other come in name order, three at most', (t) => {
  const known = ['cad', 'bad', 'fad', 'dad'];

  const forwards = nearest('ad', known);
  const backwards = nearest('ad', [...known].reverse());

  t.same(forwards, ['bad', 'cad', 'dad']);
  t.same(backwards, forwards);
  t.end();
});

t.test('a question names the words', (t) => {
  t.equal(didYouMean('sectoin', ['section', 'suffix']), 'did you mean "section"?');
  t.equal(didYouMean('ba', ['bat', 'bar']), 'did you mean "bar" or "bat"?');
  t.end();
});

t.test('a few known words are listed when none is near, many are not', (t) => {
  const many = Array.from({ length: 13 }, (_, index) => `package-${String(index)}`);

  t.equal(suggest('git', ['release', 'debian']), 'one of release, debian');
  t.equal(suggest('git', many), undefined);
  t.equal(suggest('git', []), undefined);
  t.end();
});
