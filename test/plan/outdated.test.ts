import t from 'tap';

import { Upstream } from '../../generator/model/upstream.js';
import { findOutdated, findRetirements, readVersions } from '../../generator/plan/outdated.js';
import { edited, matrixOf } from '../texts.js';

const git = Upstream.parse({ git: 'https://example.org/otp.git', names: 'OTP-{version}' });
const recipe = (versions: readonly string[], archived: readonly string[] = []): Parameters<typeof findOutdated>[1] => ({
  series: 'major',
  versions: Object.fromEntries([...versions, ...archived].map((version) => [version, { source: 'archive', archived: archived.includes(version) }])),
});
const candidates = (...versions: readonly string[]): readonly { readonly version: string }[] => versions.map((version) => ({ version }));

t.test('versions are read from names that fit the pattern as a whole', (t) => {
  const names = new Map([
    ['OTP-27.3.4.1', 'a1'],
    ['OTP-28.0-rc1', 'b2'],
    ['OTP-27.3.4.1-patched', 'c3'],
    ['patch-OTP-27.0', 'd4'],
    ['R16B03', 'e5'],
  ]);

  t.same(readVersions(names, git), [
    { version: '27.3.4.1', commit: 'a1' },
    { version: '28.0-rc1', commit: 'b2' },
    { version: '27.3.4.1-patched', commit: 'c3' },
  ]);
  t.same(readVersions(new Map([['hello_2.12.3.orig.tar.gz', undefined]]), Upstream.parse({ debian: 'hello', names: 'hello_{version}.orig.tar.gz' })), [
    { version: '2.12.3' },
  ]);
  t.end();
});

t.test('each series of the matrix has its newest version, and newer series are told', (t) => {
  const found = findOutdated(
    'erlang',
    recipe(['25.2.3', '27.3.4.1', '27.3.4'], ['24.2.2']),
    git,
    candidates('24.3.4', '25.2.3', '26.2.5', '27.3.4.15', '28.0', '28.0.1', '29.0-rc1'),
  );

  t.same(
    found.map((one) => [one.series, one.current, one.newest]),
    [
      ['erlang_25', '25.2.3', '25.2.3'],
      ['erlang_27', '27.3.4.1', '27.3.4.15'],
      ['erlang_28', undefined, '28.0.1'],
    ],
    'neither archived series, nor ones that were passed over, nor pre-releases',
  );
  t.end();
});

t.test('what is not followed does not count; what upstream has lost does not go back', (t) => {
  const followed = Upstream.parse({ ...git, range: '<28', prereleases: true });
  const found = findOutdated('erlang', recipe(['27.3.4.1']), followed, candidates('27.3.4', '28.0'));

  t.same(
    found.map((one) => [one.series, one.current, one.newest]),
    [['erlang_27', '27.3.4.1', '27.3.4.1']],
  );
  t.end();
});

t.test('an upstream has one place, and heads are those of a repository', (t) => {
  t.notOk(Upstream.safeParse({ names: '{version}' }).success);
  t.notOk(Upstream.safeParse({ names: '{version}', debian: 'hello', git: 'https://example.org/x.git' }).success);
  t.notOk(Upstream.safeParse({ names: '{version}', debian: 'hello', heads: 'maint-*' }).success);
  t.notOk(Upstream.safeParse({ names: 'OTP', git: 'https://example.org/x.git' }).success);
  t.end();
});

t.test('what is past its end of life is proposed for retirement, unless it is archived', (t) => {
  const matrix = matrixOf(
    edited(
      ['distros', 'end_of_life: 2028-06-30', 'end_of_life: 2026-06-30'],
      ['packages/hello', 'settings:', 'end_of_life: { 1: 2026-01-31, 2: 2026-01-31 }\nsettings:'],
    ),
  );

  t.same(findRetirements(matrix, '2026-11-27'), [
    { name: 'debian_bookworm', since: '2026-06-30', how: 'archived: true in matrix/distros.yaml' },
    { name: 'hello_1', since: '2026-01-31', how: 'archived: true for 1.2 in matrix/packages/hello.yaml' },
  ]);
  t.same(findRetirements(matrix, '2026-01-01'), []);
  t.end();
});
