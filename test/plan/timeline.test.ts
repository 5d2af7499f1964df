import t from 'tap';

import { layLanes } from '../../generator/plan/timeline.js';
import { attempt } from '../attempts.js';

t.test('a builder has as many lanes as builds that it made at once, and no two bars of a lane overlap', (t) => {
  const tried = (target: string, builder: string, started: number, seconds: number) => ({ target, attempt: attempt(target, { builder, started, seconds }) });

  const lanes = layLanes([
    tried('d', 'fast', 100, 10),
    tried('a', '', 100, 50),
    tried('b', '', 120, 10),
    tried('c', '', 130, 10),
    tried('e', '', 150, 10),
    { target: 'killed', attempt: { stamp: 'killed', status: undefined, running: undefined } },
  ]);

  t.same(
    lanes.map(({ builder, bars }) => [builder, bars.map((bar) => bar.target)]),
    [
      ['', ['a', 'e']],
      ['', ['b', 'c']],
      ['fast', ['d']],
    ],
  );
  t.end();
});
