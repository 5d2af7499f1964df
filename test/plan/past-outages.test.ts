import t from 'tap';

import { listOutages } from '../../generator/plan/past-outages.js';
import { attempt, fault, trouble } from '../attempts.js';

t.test('an outage begins with the first package fault and ends with a package; trouble with the machine does neither', (t) => {
  const history = [fault('7'), attempt('6'), trouble('5'), fault('4'), trouble('3'), fault('2'), attempt('1')];

  t.match(listOutages(history), [
    { began: { stamp: '7' }, ended: undefined, failures: 1 },
    { began: { stamp: '2' }, ended: { stamp: '6' }, failures: 2 },
  ]);
  t.same(listOutages([trouble('2'), attempt('1')]), []);
  t.end();
});
