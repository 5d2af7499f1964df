import t from 'tap';

import { planMatrix } from '../../generator/plan/plan.js';
import { renderChange } from '../../generator/render/notice.js';
import { Past } from '../history.js';
import { matrixOf, sound } from '../texts.js';

const amd64 = 'hello_1.2_debian_bookworm_linux-amd64';

t.test('whatever a log or a reason has in it, titles are one short line and texts have no control characters', (t) => {
  const past = new Past(planMatrix(matrixOf(sound)));
  past.attempt(amd64, 'package', { reason: `bad\r\nBcc: all@example.org\u2028${'x'.repeat(500)}` });
  const [change] = past.look().changes;
  if (!change) throw new Error('nothing changed');

  const { title, text, facts } = renderChange(
    change,
    { path: 'build.log', lines: ['\u001b[1;31merror\u001b[0m: \u0007ring', 'tab\there'] },
    'https://reports.example.org',
  );

  t.notMatch(title, /[\p{Cc}\u2028]/u);
  t.equal(title.length, 200);
  t.match(text, '    error:  ring\n    tab here\n');
  t.match(text, `Report     https://reports.example.org/targets/${amd64}.html\n`);
  t.match(facts, { package: 'hello', version: '1.2', distro: 'debian_bookworm', platform: 'linux-amd64', failures: 1, step: 'build', log: 'build.log' });
  t.end();
});
