import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import t from 'tap';

import { missingTools } from '../../generator/io/tools.js';

void t.test('a program counts when it is on the path and can be run', (t) => {
  const folder = t.testdir({ plain: '' });
  writeFileSync(join(folder, 'tool'), '#!/bin/sh\n');
  chmodSync(join(folder, 'tool'), 0o755);
  chmodSync(join(folder, 'plain'), 0o644);

  t.strictSame(missingTools(['tool', 'plain', 'none'], `/nowhere:${folder}`), ['plain', 'none']);
  t.strictSame(missingTools(['tool'], ''), ['tool']);
  t.end();
});
