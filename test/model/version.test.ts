import t from 'tap';

import { compareVersions, inRange, isRange, seriesOf } from '../../generator/model/version.js';

t.test('versions of up to four numbers sort by their numbers', (t) => {
  const sorted = ['9', '23.2.6', '24.2', '24.2.2', '27.0', '27.3.4', '27.3.4.1', '27.3.4.2', '27.3.4.15', '27.3.5', '27.3.10', '27.10', '100'];

  const shuffled = [...sorted].reverse().sort(compareVersions);

  t.same(shuffled, sorted);
  t.end();
});

t.test('a pre-release is older than its release and newer than what came before', (t) => {
  const sorted = ['27.3', '28.0-rc1', '28.0-rc2', '28.0', '28.0.1'];

  const shuffled = [...sorted].reverse().sort(compareVersions);

  t.same(shuffled, sorted);
  t.equal(compareVersions('28.0-rc1', '28.0~rc1'), 0);
  t.end();
});

t.test('numbers that only look different are equal', (t) => {
  t.equal(compareVersions('27.3', '27.3.0.0'), 0);
  t.equal(compareVersions('2024.01.05', '2024.1.5'), 0);
  t.equal(compareVersions('1.0-rc.01', '1.0-rc.1'), 0);
  t.end();
});

const ranges: readonly (readonly [range: string, inside: readonly string[], outside: readonly string[]])[] = [
  ['<24.2', ['23.2.6', '24.1.7', '24.1.7.3'], ['24.2-rc1', '24.2', '24.2.0.1', '24.2.2', '25.0']],
  ['27.x', ['27.0', '27.3.4.15', '27.0.1'], ['26.2.5.21', '28.0']],
  ['>=25 <28', ['25.0', '27.3.4.15'], ['24.3.4.17', '28.0', '28.5.0.4']],
  ['27.3.4.1', ['27.3.4.1'], ['27.3.4', '27.3.4.15', '27.3.4.10']],
  ['>27.3.4.1 <=27.3.4.15', ['27.3.4.2', '27.3.4.15'], ['27.3.4.1', '27.3.4.16', '27.3.5']],
  ['~27.3.4', ['27.3.4', '27.3.4.15'], ['27.4', '27.2.1']],
  ['^25.1', ['25.1', '25.3.2.21'], ['25.0.4', '26.0']],
  ['23.x || >=28', ['23.2.6', '28.5.0.4'], ['24.2.2', '27.3.4.1']],
  ['28.0-rc1', ['28.0-rc1'], ['28.0', '28.0-rc2']],
  ['>=28.0-rc2 <28.0.0', ['28.0-rc2', '28.0-rc3'], ['28.0-rc1', '28.0']],
  ['>=28', ['28.0-rc1', '28.0', '30.1'], ['27.9']],
  ['>=2024.01', ['2024.01', '2024.02.03'], ['2023.12']],
  ['*', ['1', '27.3.4.1', '28.0-rc1'], []],
];

for (const [range, inside, outside] of ranges) {
  t.test(`${range} holds just what it says`, (t) => {
    t.ok(isRange(range));
    for (const version of inside) t.ok(inRange(version, range), `${version} is inside`);
    for (const version of outside) t.notOk(inRange(version, range), `${version} is outside`);
    t.end();
  });
}

t.test('what is no range is told from what is one', (t) => {
  for (const text of ['newest', '<<3', '1.2.3.4.5.6 maybe', 'v-1', '$(touch X)']) t.notOk(isRange(text), text);
  t.end();
});

t.test('series are the shorter numbers that a version belongs to', (t) => {
  t.same(seriesOf('27.3.4.1'), ['27', '27.3', '27.3.4']);
  t.same(seriesOf('28.0-rc1'), ['28']);
  t.same(seriesOf('9'), []);
  t.end();
});
