import t from 'tap';

import { entrance, nothing, promote, publish, Refused, retainedReleases, rollBack } from '../../generator/plan/publishing.js';
import { published } from '../published.js';

t.test('everything enters by testing, and by substituted what was built on another base', (t) => {
  t.equal(entrance(published(), false), 'testing');
  t.equal(entrance(published({ final: false }), false), 'testing');
  t.equal(entrance(published({ final: false }), true), 'substituted');
  t.end();
});

t.test('publishing adds and never takes away', (t) => {
  const first = publish(nothing, new Map([['testing', [published()]]]));
  const second = publish(first, new Map([['testing', [published({ version: '26.2.5.21' })]]]));

  t.same(
    second.testing.map((one) => one.version),
    ['26.2.5.21', '27.3.4.1'],
  );
  t.same(second.stable, []);
  t.end();
});

t.test('promotion takes what is final, of the series that are named', (t) => {
  const contents = {
    ...nothing,
    testing: [published(), published({ version: '26.2.5.21' }), published({ version: '28.0-rc1', series: 'erlang-28', final: false })],
  };

  t.same(
    promote(contents, 'testing', 'stable', []).stable.map((one) => one.version),
    ['26.2.5.21', '27.3.4.1'],
  );
  t.same(
    promote(contents, 'testing', 'stable', ['erlang-26']).stable.map((one) => one.version),
    ['26.2.5.21'],
  );
  t.throws(() => promote(contents, 'testing', 'stable', ['erlang-28']), new Refused('promote: testing has nothing that may become stable'));
  t.throws(
    () => promote(contents, 'testing', 'stable', ['erlang-25']),
    new Refused('promote: testing has no erlang-25; it has erlang-27, erlang-26, erlang-28'),
  );
  t.throws(() => promote(contents, 'substituted', 'stable', []), { message: /stay in substituted/ });
  t.end();
});

t.test('a series is promoted with what it depends on', (t) => {
  const elixir = published({ package: 'elixir', version: '1.18.3_27.3.4.1', series: 'elixir-1.18-erlang-27', needs: ['erlang-27'], file: 'elixir.deb' });
  const contents = { ...nothing, testing: [published(), elixir] };

  t.throws(
    () => promote(contents, 'testing', 'stable', [elixir.series]),
    new Refused('promote: elixir-1.18-erlang-27 of debian_bookworm depends on erlang-27, which stable does not have; name it too: SERIES="…"'),
  );
  t.equal(promote(contents, 'testing', 'stable', [elixir.series, 'erlang-27']).stable.length, 2);
  t.equal(promote({ ...contents, stable: [published()] }, 'testing', 'stable', [elixir.series]).stable.length, 2);
  t.end();
});

t.test('a rollback changes one channel alone', (t) => {
  const now = { ...nothing, stable: [published()], testing: [published()] };
  const then = { ...nothing, stable: [published({ version: '26.2.5.21' })] };

  t.same(rollBack(now, 'stable', then), { ...now, stable: then.stable });
  t.end();
});

t.test('releases are kept for clients by number and by the time since they were replaced', (t) => {
  const earlier = ['000001-20261101T000000Z', '000002-20261120T000000Z', '000003-20261121T110000Z'];
  const id = '000004-20261121T120000Z';

  t.same(retainedReleases(id, earlier, { generations: 1, hours: 0 }), earlier.slice(2));
  t.same(retainedReleases(id, earlier, { generations: 0, hours: 48 }), earlier, 'the first was replaced 36 hours ago');
  t.same(retainedReleases(id, earlier, { generations: 0, hours: 24 }), earlier.slice(1));
  t.end();
});
