import t from 'tap';

import type { Attempt } from '../../generator/model/attempt.js';
import type { Build, Run } from '../../generator/model/run.js';
import type { Cell } from '../../generator/plan/cell.js';
import { findDue, nightsOff } from '../../generator/plan/due.js';

const sum = 'a'.repeat(64);

function failed(stamp: string, fault: 'package' | 'infrastructure' = 'package'): Attempt {
  const common = { target: 'x', base: 'own', step: 'build', reason: '', started: 1, seconds: 2, dockerfile: sum, builder: '', run: '', log: 'x' } as const;
  return { stamp, running: undefined, status: { ...common, result: 'failed', fault } };
}

function cell(name: string, version: string, more: Partial<Cell> = {}): Cell {
  const nothing = { why: '', since: undefined, byName: undefined, outage: undefined, failures: 0, last: undefined, places: [], upgrade: undefined };
  const target = { name, needs: [] } as unknown as Cell['target'];
  return { ...nothing, name, package: 'app', version, distro: 'debian_bookworm', platform: 'linux-amd64', state: 'missing', target, ...more };
}

function run(build: Partial<Build>): Run {
  return { id: '000001-20260101T000000Z', asked: '', started: 0, process: 1, steps: [], build: { due: [], held: [], left: [], blocked: [], ...build } };
}

t.test('what has failed is left out for 1, 2, 4 and at most 32 nights', (t) => {
  t.same([1, 2, 3, 4, 6, 7, 60].map(nightsOff), [1, 2, 4, 8, 32, 32, 32]);
  t.end();
});

t.test('nights are counted by runs, and the next failure makes them more', (t) => {
  const runs: Run[] = [];
  const built: number[] = [];
  let failures = 0;
  for (let night = 1; night <= 20; night++) {
    const cells = [cell('bad', '1.0', failures === 0 ? {} : { state: 'failed', failures, last: failed(`failure-${String(failures)}`) })];
    const { due, held } = findDue(cells, runs);
    t.equal(due.length + held.length, 1);
    if (due.length > 0) {
      built.push(night);
      failures++;
    }
    runs.push(run({ held: [...held] }));
  }

  t.same(built, [1, 3, 6, 11, 20]);
  t.end();
});

t.test('an infrastructure fault holds nothing back', (t) => {
  const { due, held } = findDue([cell('unlucky', '1.0', { state: 'waiting', failures: 1, last: failed('one', 'infrastructure') })], []);

  t.equal(due.length, 1);
  t.same(held, []);
  t.end();
});

t.test('what did not fit comes first, then the newest versions, last what has failed before', (t) => {
  const cells = [
    cell('bad', '9.0', { state: 'failed', failures: 1, last: failed('one') }),
    cell('old', '1.2'),
    cell('left', '1.0'),
    cell('new', '1.10'),
    cell('there', '3.0', { state: 'published' }),
    cell('now', '3.0', { state: 'building' }),
  ];
  const before = run({ left: ['left'], held: [{ target: 'bad', attempt: 'one', failures: 1, night: 1, nights: 1 }] });

  const { due } = findDue(cells, [before]);

  t.same(
    due.map((one) => one.name),
    ['left', 'new', 'old', 'bad'],
  );
  t.end();
});

t.test('what needs a target that is left out is left out with it', (t) => {
  const bad = cell('bad', '1.0', { state: 'failed', failures: 1, last: failed('one') });
  const above = cell('above', '1.0', { target: { name: 'above', needs: [bad.target] } as unknown as Cell['target'] });
  const top = cell('top', '1.0', { target: { name: 'top', needs: [above.target] } as unknown as Cell['target'] });

  const { due, waiting } = findDue([bad, above, top], []);

  t.same(due, []);
  t.same(waiting, [
    { target: 'above', by: 'bad' },
    { target: 'top', by: 'above' },
  ]);
  t.end();
});

t.test('a name that only stands for another target is not built', (t) => {
  const alias = cell('alias', '1.0', { target: { name: 'real', needs: [] } as unknown as Cell['target'] });

  t.same(findDue([alias], []).due, []);
  t.end();
});

t.test('what has no base waits for a person', (t) => {
  const target = { name: 'rocky', needs: [], base: { kind: 'unpinned', why: 'make lock' } } as unknown as Cell['target'];

  const { due, unpinned } = findDue([cell('rocky', '1.0', { state: 'waiting', target }), cell('there', '1.0')], []);

  t.same(
    due.map((one) => one.name),
    ['there'],
  );
  t.same(
    unpinned.map((one) => one.name),
    ['rocky'],
  );
  t.end();
});
