import t from 'tap';

import { estimate, fit } from '../../generator/plan/estimate.js';

const cells = ['a', 'b', 'c', 'd'].map((name) => ({ name, package: 'app', platform: name === 'd' ? 'linux-arm64' : 'linux-amd64' }));

t.test('a target takes as long as the last time, else as long as its kind usually does', (t) => {
  const guess = estimate(
    cells,
    new Map([
      ['a', 10],
      ['b', 30],
    ]),
  );

  t.equal(guess('a'), 10);
  t.equal(guess('c'), 30);
  t.equal(guess('d'), undefined, 'nothing is known of that platform');
  t.end();
});

const priced = (...rows: readonly (readonly [name: string, seconds: number | undefined, price?: number])[]): Parameters<typeof fit>[0] =>
  rows.map(([name, seconds, price = 0]) => ({ name, seconds, price }));

t.test('targets are taken as long as they end in time, side by side', (t) => {
  const { due, left } = fit(priced(['a', 60], ['b', 50], ['c', 50], ['d', 5], ['e', undefined]), 2, { seconds: 65, cost: undefined });

  t.same(due, ['a', 'b', 'd', 'e']);
  t.same(left, ['c']);
  t.end();
});

t.test('money is counted by the hour', (t) => {
  const { due, left } = fit(priced(['a', 1800, 2], ['b', 1800, 2], ['c', 60, 0]), 4, { seconds: undefined, cost: 1.5 });

  t.same(due, ['a', 'c']);
  t.same(left, ['b']);
  t.end();
});

t.test('the first is built even when it is larger than a whole budget', (t) => {
  t.same(fit(priced(['a', 7200, 5]), 1, { seconds: 60, cost: 1 }).due, ['a']);
  t.end();
});

t.test('without a budget everything fits', (t) => {
  t.same(fit(priced(['a', 9e6, 5], ['b', undefined]), 1, { seconds: undefined, cost: undefined }).left, []);
  t.end();
});
