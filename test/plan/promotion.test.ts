import t from 'tap';

import type { Published } from '../../generator/model/release.js';
import { promoteByRules } from '../../generator/plan/promotion.js';
import { nothing } from '../../generator/plan/publishing.js';
import { published } from '../published.js';

const day = 86_400_000;
const never = { since: () => 0, wasStable: () => false, hasFailed: () => false };

function names(packages: readonly Published[]): readonly string[] {
  return packages.map((one) => `${one.series} ${one.file}`);
}

const erlang = published({ version: '27.1' });
const older = published({ version: '26.1' });

t.test('what has been in testing for long enough becomes stable', (t) => {
  const contents = { ...nothing, testing: [older, erlang] };
  const past = { ...never, since: (one: Published) => (one === erlang ? 9 * day : 0) };

  const result = promoteByRules(contents, [{ days: 3 }], past, 10 * day);

  t.same(names(result.stable), names([older]));
  t.same(result.testing, contents.testing);
  t.end();
});

t.test('a rule may speak of some series alone, and any rule is enough', (t) => {
  const contents = { ...nothing, testing: [older, erlang] };

  t.same(names(promoteByRules(contents, [{ days: 0, series: ['erlang-27'] }], never, day).stable), names([erlang]));
  t.equal(promoteByRules(contents, [{ days: 0, series: ['erlang-27'] }, { days: 1 }], never, day).stable.length, 2);
  t.end();
});

t.test('pre-releases, what failed in upgrades and what was taken back stay in testing', (t) => {
  const contents = { ...nothing, testing: [{ ...older, final: false }, erlang] };

  t.same(promoteByRules(contents, [{ days: 0 }], { ...never, hasFailed: (one) => one === erlang }, day).stable, []);
  t.same(promoteByRules(contents, [{ days: 0 }], { ...never, wasStable: (one) => one === erlang }, day).stable, []);
  t.end();
});

t.test('what others depend on goes with them or before them', (t) => {
  const elixir = published({ package: 'elixir', version: '1.18.3', series: 'elixir-1.18', file: 'elixir_1.18.3-1~deb12_all.deb', needs: ['erlang-27'] });
  const young = { ...never, since: (one: Published) => (one === erlang ? 9 * day : 0) };

  t.same(promoteByRules({ ...nothing, testing: [elixir, erlang] }, [{ days: 3 }], young, 10 * day).stable, [], 'Erlang is too young, so Elixir waits for it');
  t.equal(promoteByRules({ ...nothing, testing: [elixir, erlang], stable: [erlang] }, [{ days: 3 }], young, 10 * day).stable.length, 2);
  t.equal(promoteByRules({ ...nothing, testing: [elixir, erlang] }, [{ days: 1 }], young, 10 * day).stable.length, 2);
  t.end();
});

t.test('nothing is known of when it came: it waits', (t) => {
  const result = promoteByRules({ ...nothing, testing: [erlang] }, [{ days: 1 }], { ...never, since: () => undefined }, 100 * day);

  t.same(result.stable, []);
  t.end();
});
