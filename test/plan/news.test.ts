import assert from 'node:assert/strict';

import fc from 'fast-check';
import t from 'tap';

import { findNews } from '../../generator/plan/news.js';
import { planMatrix } from '../../generator/plan/plan.js';
import type { Ending } from '../history.js';
import { Past, words } from '../history.js';
import { edited, matrixOf, sound } from '../texts.js';

const amd64 = 'hello_1.2_debian_bookworm_linux-amd64';
const arm64 = 'hello_1.2_debian_bookworm_linux-arm64';
const plan = planMatrix(matrixOf(sound));

function step(name: 'bump' | 'publish' | 'build' | 'notify', status: number): { name: typeof name; status: number; seconds: number; said: string } {
  return { name, status, seconds: 1, said: 'no such host' };
}

t.test('a target turns red once and green once, whatever is tried in between', (t) => {
  const past = new Past(plan);

  t.same(words(past.look()), []);
  const first = past.attempt(amd64, 'package');
  t.same(words(past.look()), [`red ${amd64}`]);
  past.attempt(amd64, 'package');
  past.attempt(amd64, 'infrastructure');
  past.attempt(amd64, 'interrupted');
  t.same(words(past.look()), []);
  t.match(past.open, [{ subject: amd64, first, failures: 2, number: 1 }]);
  past.attempt(amd64, 'built');
  t.same(words(past.look()), [`green ${amd64}`]);
  t.same(words(past.look()), []);
  t.same(past.open, []);
  t.end();
});

t.test('an outage that came and went while nobody looked is told of too', (t) => {
  const past = new Past(plan);
  past.look();
  for (const ending of ['package', 'built', 'package', 'built', 'package'] as const) past.attempt(amd64, ending);

  const news = past.look();

  t.same(words(news), [`red ${amd64}`, `green ${amd64}`, `red ${amd64}`, `green ${amd64}`, `red ${amd64}`]);
  t.same(
    news.changes.map(({ finding }) => finding.outage.number),
    [1, 1, 2, 2, 3],
  );
  t.end();
});

t.test('whoever looks for the first time hears only of what is red now', (t) => {
  const past = new Past(plan);
  for (const ending of ['package', 'built', 'package'] as const) past.attempt(amd64, ending);
  for (const ending of ['package', 'built'] as const) past.attempt(arm64, ending);

  t.same(words(past.look()), [`red ${amd64}`]);
  t.end();
});

t.test('a target that leaves the matrix closes its outage with the reason; one that comes back as it was begins another', (t) => {
  const past = new Past(plan);
  past.attempt(amd64, 'package');
  past.look();
  past.gone.add(amd64);

  const closed = past.look();
  past.gone.delete(amd64);
  const back = past.look();

  t.same(words(closed), [`green ${amd64}`]);
  t.equal(closed.changes[0]?.finding.over, 'the matrix has it no more');
  t.same(words(back), [`red ${amd64}`]);
  t.match(back.open, [{ number: 2 }]);
  t.end();
});

t.test('what is removed from the disk is still red, unless the matrix has it no more either', (t) => {
  const past = new Past(plan);
  past.attempt(amd64, 'package');
  past.look();
  const clean = new Past(plan);
  clean.seen = past.seen;
  clean.open = past.open;

  t.same(words(clean.look()), []);
  t.match(clean.open, [{ subject: amd64 }]);
  clean.gone.add(amd64);
  t.same(words(clean.look()), [`green ${amd64}`]);
  t.end();
});

t.test('the order is that of the matrix', (t) => {
  const texts = edited([
    'packages/hello',
    'versions:\n',
    `versions:\n${['1.10', '1.9', '2.0-rc1', '2.0'].map((one) => `  ${one}: { source: release }\n`).join('')}`,
  ]);
  const past = new Past(planMatrix(matrixOf(texts)));
  const names = past.plan.targets.map(({ name }) => name);
  for (const name of [...names].reverse()) past.attempt(name, 'package');
  past.run([step('publish', 1), step('bump', 2)], { blocked: [{ target: amd64, by: 'out/sources/x' }] });

  const order = words(past.look());

  t.same(order, [
    'red step-bump',
    'red step-publish',
    'red infrastructure',
    ...['1.2', '1.9', '1.10', '2.0-rc1', '2.0'].flatMap((version) =>
      ['amd64', 'arm64'].map((platform) => `red hello_${version}_debian_bookworm_linux-${platform}`),
    ),
  ]);
  t.end();
});

t.test('a step is red from the run that it fails in to one in which it goes through; one that did not run stays as it was', (t) => {
  const past = new Past(plan);
  past.look();

  past.run([step('bump', 1), step('build', 2), step('notify', 75)]);
  t.same(words(past.look()), ['red step-bump']);
  t.match(past.open, [{ failures: 1 }]);
  t.same(words(past.look()), [], 'the same run again is no news');
  t.match(past.open, [{ failures: 1 }]);
  past.run([step('publish', 0)]);
  t.same(words(past.look()), []);
  past.run([step('bump', 75)]);
  t.same(words(past.look()), []);
  t.match(past.open, [{ failures: 2 }]);
  past.run([step('bump', 0)]);
  t.same(words(past.look()), ['green step-bump']);
  past.run([step('bump', 1)]);
  past.run([step('bump', 0)]);
  t.same(words(past.look()), ['red step-bump', 'green step-bump'], 'runs that nobody looked at count');
  t.end();
});

t.test('all infrastructure faults of nightly runs are one subject', (t) => {
  const past = new Past(plan);
  past.look();
  const run = { run: '000001-20260101T000000Z' };
  past.attempt(amd64, 'infrastructure', run);
  past.attempt(arm64, 'infrastructure', run);
  past.run([step('build', 2)], { blocked: [{ target: arm64, by: 'out/sources/x' }] });

  const red = past.look();
  t.same(words(red), ['red infrastructure']);
  t.equal(red.changes[0]?.finding.what, `could not be had: out/sources/x\ncould not be built: ${amd64}, ${arm64}`);
  past.attempt(amd64, 'infrastructure');
  t.same(words(past.look()), [], 'one more by hand');
  past.attempt(amd64, 'built');
  past.attempt(arm64, 'built', { run: '000002-20260101T000000Z' });
  past.run([step('build', 0)]);
  t.same(words(past.look()), ['green infrastructure']);
  t.end();
});

t.test('an infrastructure fault of a person, and what waits for a target that failed, are nothing to tell of', (t) => {
  const past = new Past(plan);
  past.attempt(amd64, 'infrastructure');
  past.run([step('build', 2)], { blocked: [{ target: arm64, by: amd64 }] });

  t.same(words(past.look()), []);
  t.end();
});

t.test('while a run builds, its infrastructure faults are not told of: it may try them again', (t) => {
  const past = new Past(plan);
  const done = past.run([step('bump', 0)]);
  past.attempt(amd64, 'infrastructure', { run: done.id });
  past.runs[0] = { ...done, seconds: undefined };

  t.same(words(past.look()), []);
  t.same(words(past.look(false, done.id)), ['red infrastructure'], 'the run itself asks');
  t.end();
});

/** What may happen to a target, and whether somebody looks then. */
const happening = fc.record({
  what: fc.constantFrom('built', 'package', 'package', 'infrastructure', 'interrupted', 'killed', 'look', 'look', 'killed look', 'remove', 'restore'),
  target: fc.constantFrom(amd64, arm64),
});

/** What has to be told of a target, worked out from what happens to it alone. */
class Expected {
  isRed = false;
  reds = 0;
  greens = 0;
  private isBroken = false;

  try(ending: Ending): void {
    if (ending === 'package') {
      this.isBroken = true;
      this.turn(true);
    } else if (ending === 'built') {
      this.isBroken = false;
      this.turn(false);
    }
  }

  look(isGone: boolean): void {
    this.turn(this.isBroken && !isGone);
  }

  private turn(isRed: boolean): void {
    if (isRed && !this.isRed) this.reds += 1;
    if (!isRed && this.isRed) this.greens += 1;
    this.isRed = isRed;
  }
}

t.test('whatever happens, each outage is told of once, and its end once', (t) => {
  const live = (happenings: readonly { readonly what: Ending | 'look' | 'killed look' | 'remove' | 'restore'; readonly target: string }[]): void => {
    const past = new Past(plan);
    past.look();
    const expected = new Map([amd64, arm64].map((name) => [name, new Expected()]));
    const told: string[] = [];
    for (const { what, target } of [...happenings, { what: 'look', target: amd64 } as const]) {
      if (what === 'killed look') past.look(true);
      else if (what === 'remove') past.gone.add(target);
      else if (what === 'restore') past.gone.delete(target);
      else if (what === 'look') {
        told.push(...words(past.look()));
        for (const [name, one] of expected) one.look(past.gone.has(name));
      } else {
        past.attempt(target, what);
        expected.get(target)?.try(what);
      }
    }
    for (const [name, { reds, greens, isRed }] of expected) {
      const own = told.filter((word) => word.endsWith(name));
      const pairs = Array.from({ length: reds + greens }, (_, index) => `${index % 2 === 0 ? 'red' : 'green'} ${name}`);
      assert.deepEqual(own, pairs);
      assert.equal(
        past.open.some(({ subject }) => subject === name),
        isRed,
      );
    }
  };

  t.doesNotThrow(() => {
    fc.assert(fc.property(fc.array(happening, { maxLength: 40 }), live), { numRuns: 2000 });
  });
  t.end();
});

t.test('one look finds the same as another', (t) => {
  const past = new Past(plan);
  past.attempt(amd64, 'package');
  const events = { histories: past.histories(), runs: [], run: undefined, open: [], seen: undefined };

  t.same(findNews({ ...events, histories: [...events.histories].reverse() }), findNews(events));
  t.end();
});
