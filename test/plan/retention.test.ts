import fc from 'fast-check';
import t from 'tap';

import type { Release } from '../../generator/model/release.js';
import { nothing } from '../../generator/plan/publishing.js';
import { planPurge } from '../../generator/plan/retention.js';
import { published } from '../published.js';

const now = Date.parse('2026-11-21T00:00:00Z');

function release(number: number, days: number, sums: readonly string[]): Release {
  const made = new Date(now - days * 86_400_000).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const testing = sums.map((sum) => published({ tested: sum, file: `${sum.slice(0, 8)}.deb` }));
  return {
    id: `${String(number).padStart(6, '0')}-${made}`,
    action: 'publish',
    keys: ['A'.repeat(40)],
    channels: { ...nothing, testing },
    emptied: [],
    gaps: [],
    history: [{ id: '1', action: 'publish', changes: [] }],
  };
}

const sum = fc.integer({ min: 0, max: 9 }).map((digit) => String(digit).repeat(64));
const history = fc
  .array(fc.tuple(fc.nat(60), fc.uniqueArray(sum, { maxLength: 5 })), { minLength: 1, maxLength: 8 })
  .map((rows) => rows.sort(([a], [b]) => b - a).map(([days, sums], index) => release(index, days, sums)));

t.test('what is kept refers to nothing that goes, and the served release is kept', (t) => {
  fc.assert(
    fc.property(history, fc.nat(8), fc.nat(60), fc.nat(), (releases, behind, days, pick) => {
      const served = releases[pick % releases.length]?.id ?? '';
      const stored = Array.from({ length: 10 }, (_, digit) => String(digit).repeat(64));

      const purge = planPurge(releases, served, stored, { releases: behind, days }, now);

      const kept = releases.filter((one) => !purge.releases.includes(one.id));
      const needed = kept.flatMap((one) => one.channels.testing.map((file) => file.tested));
      return kept.some((one) => one.id === served) && needed.every((one) => !purge.files.includes(one));
    }),
  );
  t.end();
});

t.test('what nobody can go back to goes, with the files that only it had', (t) => {
  const [one, two, both] = ['1'.repeat(64), '2'.repeat(64), '3'.repeat(64)];
  const releases = [release(1, 50, [one, both]), release(2, 40, [two, both]), release(3, 1, [both])];

  t.same(planPurge(releases, releases[2]?.id ?? '', [one, two, both], { releases: 1, days: 30 }, now), { releases: [releases[0]?.id], files: [one] });
  t.same(planPurge(releases, releases[2]?.id ?? '', [one, two, both], { releases: 0, days: 60 }, now), { releases: [], files: [] });
  t.end();
});
