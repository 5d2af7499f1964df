import t from 'tap';

import type { Node, Outcome, Running } from '../../generator/plan/progress.js';
import { countOutcomes, estimateRemaining, spreadFailures } from '../../generator/plan/progress.js';

function node(name: string, ...needs: readonly string[]): Node {
  return { name, needs: needs.map((need) => ({ name: need })) };
}

function running(name: string, seconds: number, estimate: number | undefined): Running {
  return { name, step: 'build', seconds, estimate, builder: '' };
}

function takes(table: Readonly<Record<string, number>>): (name: string) => number | undefined {
  return (name) => table[name];
}

t.test('what needs a failed target is blocked, however far behind it, and nothing else is', (t) => {
  const targets = [node('c', 'b'), node('b', 'a'), node('a'), node('other')];
  const outcomes = new Map<string, Outcome>([['a', 'failed']]);

  const spread = spreadFailures(targets, outcomes);

  t.same([...spread].sort(), [
    ['a', 'failed'],
    ['b', 'blocked'],
    ['c', 'blocked'],
  ]);
  t.equal(outcomes.size, 1, 'what was found out is left as it was');
  t.match(countOutcomes(spread.values()), { failed: 1, blocked: 2, built: 0 });
  t.end();
});

t.test('builds are spread over as many as run at once', (t) => {
  const waiting = ['a', 'b', 'c'].map((name) => node(name));
  const estimate = takes({ a: 60, b: 60, c: 60 });

  t.same(estimateRemaining(waiting, [], 1, estimate), { seconds: 180, unknown: 0 });
  t.same(estimateRemaining(waiting, [], 2, estimate), { seconds: 120, unknown: 0 });
  t.same(estimateRemaining(waiting, [], Infinity, estimate), { seconds: 60, unknown: 0 });
  t.end();
});

t.test('what runs has the rest of its time left, and is in the way of what waits', (t) => {
  const left = estimateRemaining([node('b')], [running('a', 50, 60)], 1, takes({ b: 30 }));

  t.same(left, { seconds: 40, unknown: 0 });
  t.end();
});

t.test('what is needed comes first, even when there is room for both', (t) => {
  const left = estimateRemaining([node('b', 'a'), node('a')], [], 2, takes({ a: 60, b: 30 }));

  t.same(left, { seconds: 90, unknown: 0 });
  t.end();
});

t.test('what nobody knows, or what takes longer than it should, is counted', (t) => {
  const left = estimateRemaining([node('b'), node('c')], [running('a', 70, 60), running('d', 5, undefined)], 2, takes({ b: 30 }));

  t.same(left, { seconds: 30, unknown: 3 });
  t.end();
});
