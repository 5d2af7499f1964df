import t from 'tap';

import { describeArrival, targetsBeside } from '../../generator/plan/difference.js';
import { planMatrix } from '../../generator/plan/plan.js';
import { edited, matrixOf, sound } from '../texts.js';

const row = /^ {2}\S+: \{ source: .*$/m.exec(sound.get('matrix/packages/hello.yaml') ?? '')?.[0] ?? '';
const version = row.trim().split(':')[0] ?? '';
const before = planMatrix(matrixOf(sound));
const names = before.targets.map((target) => target.name);

t.test('a version more is told by its targets', (t) => {
  const after = planMatrix(matrixOf(edited(['packages/hello', row, `${row}\n${row.replace(version, '99.1')}`])));

  t.same(
    targetsBeside(after, before).map((target) => target.name),
    names.map((name) => name.replace(version, '99.1')),
  );
  t.same(targetsBeside(before, after), []);
  t.match(describeArrival({ package: 'hello', version: '99.1' }, before, after)[0], `added hello 99.1: ${String(names.length)} new target`);
  t.end();
});

t.test('a version that took a row is told by what comes and what goes', (t) => {
  const after = planMatrix(matrixOf(edited(['packages/hello', row, row.replace(version, '99.1')])));

  t.same(describeArrival({ package: 'hello', version: '99.1', replaces: version }, before, after), [
    `hello ${version} is 99.1 now: ${String(names.length)} targets appear, ${String(names.length)} disappear`,
    ...names.map((name) => `+ ${name.replace(version, '99.1')}`),
    ...names.map((name) => `- ${name}`),
  ]);
  t.end();
});

t.test('a version that is built for nothing says where to look', (t) => {
  t.same(describeArrival({ package: 'hello', version: '99.1' }, before, before), [
    'added hello 99.1: no new target; make list PACKAGE=hello VERSION=99.1 EXCLUDED=1 shows why',
  ]);
  t.end();
});
