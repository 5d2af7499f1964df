import t from 'tap';

import type { Place } from '../../generator/plan/cell.js';
import { isWorthReading, sumUp } from '../../generator/plan/digest.js';
import { planMatrix } from '../../generator/plan/plan.js';
import { Past } from '../history.js';
import { matrixOf, sound } from '../texts.js';

const amd64 = 'hello_1.2_debian_bookworm_linux-amd64';
const arm64 = 'hello_1.2_debian_bookworm_linux-arm64';
const runId = '000001-20260101T000000Z';
const plan = planMatrix(matrixOf(sound));

t.test('a digest has what the run built, what it could not build, and what came into a channel since it began', (t) => {
  const past = new Past(plan);
  const run = past.run([], { left: [arm64] });
  past.attempt(amd64, 'package', { run: runId });
  past.attempt(amd64, 'built', { run: runId });
  past.attempt(arm64, 'built');
  past.attempt(arm64, 'infrastructure', { run: runId });
  const place = (since: number): Place => ({ channel: 'testing', path: `at-${String(since)}`, tested: '', since });
  const histories = past.histories().map((one) => ({ ...one, cell: { ...one.cell, places: [place(run.started - 1), place(run.started + 1)] } }));

  const digest = sumUp(run, histories, []);

  t.same(
    digest.built.map(({ name }) => name),
    [amd64],
  );
  t.match(digest.failed, [{ cell: { name: arm64 }, status: { fault: 'infrastructure' } }]);
  t.same(
    digest.published.map(({ cell, place: { path } }) => `${cell.name} ${path}`),
    [`${amd64} at-1`, `${arm64} at-1`],
  );
  t.same(
    digest.left.map(({ name }) => name),
    [arm64],
  );
  t.end();
});

t.test('a run in which the same failed again, or whose changes were told of singly, is not worth a digest', (t) => {
  const past = new Past(plan);
  const run = past.run([]);
  past.attempt(amd64, 'package', { run: runId });
  const { changes } = past.look();
  const digest = sumUp(run, past.histories(), changes);

  t.notOk(isWorthReading(digest, () => true));
  t.ok(
    isWorthReading(digest, () => false),
    'to somebody who wants nothing but digests it is',
  );
  t.notOk(
    isWorthReading({ ...digest, changes: [] }, () => false),
    'it failed again',
  );
  t.end();
});
