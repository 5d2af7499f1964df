import t from 'tap';

import { differences } from '../../generator/plan/differences.js';

t.test('lines that went and came are told, those that only moved are not', (t) => {
  t.same(differences('FROM base\nRUN old\nRUN same\n', 'RUN same\nFROM base\nRUN new\n'), ['- RUN old', '+ RUN new']);
  t.same(differences('a\n', 'a\n'), []);
  t.end();
});
