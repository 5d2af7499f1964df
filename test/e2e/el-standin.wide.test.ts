import { execa } from 'execa';
import t from 'tap';

import { make } from './engine.js';

t.test('the stand-in for Enterprise Linux 8 is what it should be', async (t) => {
  const standin = await make(process.cwd(), ['-s', 'el-standin']);
  t.equal(standin.exitCode, 0, standin.output);

  const checked = await execa('test/e2e/el-standin/check', ['8'], { reject: false, all: true });

  t.equal(checked.exitCode, 0, checked.all.slice(-2000));
});
