import t from 'tap';

import { planMatrix } from '../../generator/plan/plan.js';
import { explainMissing } from '../../generator/plan/why-not.js';
import type { Texts } from '../texts.js';
import { edited, matrixOf, sound } from '../texts.js';

/** The sound matrix and a plugin that is built on hello. */
const recipe = sound.get('matrix/packages/hello.yaml') ?? '';
const builtOn = `built_on:\n  package: hello\n  compatible:\n    - { version: 2.x, with: 1.2.x }\n    - { version: 3.x, with: '>=9' }\n  source: https://example.org/table\n`;
const plugin = recipe.replace(/^ {2}1\.2: (.*)$/m, '  2.0: { source: release }\n  3.0: { source: release }\n  4.0: { source: release }') + builtOn;
const texts: Texts = new Map([
  ...edited(['packages/hello', 'settings:', 'exclude:\n  - when: { platform: linux/arm64 }\n    reason: it crashes there\nsettings:']),
  ['matrix/packages/plugin.yaml', plugin],
]);

function why(name: string): readonly [reason: string | undefined, hint?: string | undefined] {
  const matrix = matrixOf(texts);
  const answer = explainMissing(name, matrix, planMatrix(matrix));
  return [answer?.reason, answer?.hint];
}

const cell = 'debian_bookworm_linux-amd64';

t.test('every cell that is not built says why', (t) => {
  t.same(why('hello_1.2_debian_bookworm_linux-arm64'), ['hello_1.2_debian_bookworm_linux-arm64 is excluded: it crashes there', undefined]);
  t.match(why('hello_1.2_debian_bookworm_linux-s390x')[0], /debian_bookworm does not exist for linux-s390x/);
  t.match(why('plugin_2.0_1.2_debian_bookworm_linux-arm64')[0], /needs hello 1\.2, which is not built for debian_bookworm on linux\/arm64/);
  t.match(why('hello_latest_debian_bookworm_linux-arm64')[0], /no version of hello is current there/);
  t.end();
});

t.test('a pair that cannot work names the table', (t) => {
  t.same(why(`plugin_3.0_1.2_${cell}`), [
    `plugin_3.0_1.2_${cell} is excluded: plugin 3.0 runs on hello >=9, not on 1.2 (https://example.org/table)`,
    undefined,
  ]);
  t.match(why(`plugin_4.0_1.2_${cell}`)[0], /https:\/\/example\.org\/table names no hello that plugin 4\.0 runs on/);
  t.end();
});

t.test('a part of the name that nothing has is a mistake with what to do', (t) => {
  t.same(why('hello_1.2_debian_bokworm_linux-amd64'), [
    'hello_1.2_debian_bokworm_linux-amd64: the matrix has no distro debian_bokworm',
    'did you mean "hello_1.2_debian_bookworm_linux-amd64"?',
  ]);
  t.match(why('hello_1.2_debian_bookworm_linux-amd46')[1], /did you mean "hello_1\.2_debian_bookworm_linux-amd64"/);
  t.same(why(`hello_1.3_${cell}`), [
    `hello_1.3_${cell}: the matrix has no hello 1.3`,
    'make add PACKAGE=hello VERSION=1.3 adds it, where its source can be had',
  ]);
  t.match(why(`plugin_2.0_${cell}`), [/whose version is missing/, /it runs on hello 1\.2\.x/]);
  t.match(why(`plugin_2.0_1.4_${cell}`), [/the matrix has no hello 1\.4/, new RegExp(`did you mean "plugin_2\\.0_1\\.2_${cell}"`)]);
  t.match(why(`hello_1.2_1.2_${cell}`)[0], /hello is built on no other package/);
  t.end();
});

t.test('a name of another shape is not spoken of', (t) => {
  for (const name of ['nonsense', 'debian_bookworm', `other_1.2_${cell}`, 'hello_1.2']) t.same(why(name), [undefined, undefined], name);
  t.end();
});
