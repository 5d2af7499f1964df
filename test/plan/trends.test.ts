import t from 'tap';

import { weeksOf } from '../../generator/plan/trends.js';
import { attempt, fault, trouble } from '../attempts.js';

const monday = Date.UTC(2026, 10, 23) / 1000;
const day = 86_400;

t.test('a week begins on Monday; faults of the machine count for nothing, and a week without attempts is shown', (t) => {
  const attempts = [
    attempt('1', { started: monday - 1, seconds: 30 }),
    attempt('2', { started: monday + 7 * day, seconds: 10 }),
    attempt('3', { started: monday + 8 * day, seconds: 50 }),
    attempt('4', { started: monday + 14 * day - 1, seconds: 90 }),
    fault('5', { started: monday + 9 * day }),
    trouble('6'),
  ];

  t.same(weeksOf(attempts), [
    { monday: '2026-11-16', median: 30, built: 1, failed: 0 },
    { monday: '2026-11-23', median: undefined, built: 0, failed: 0 },
    { monday: '2026-11-30', median: 50, built: 3, failed: 1 },
  ]);
  t.same(weeksOf([trouble('6')]), []);
  t.end();
});

t.test('half a year is told of, whatever the clock once said', (t) => {
  const weeks = weeksOf([attempt('1', { started: 0 }), attempt('2', { started: monday })]);

  t.equal(weeks.length, 26);
  t.match(weeks.at(-1), { monday: '2026-11-23', built: 1 });
  t.end();
});
