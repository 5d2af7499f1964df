import fastCheck from 'fast-check';
import t from 'tap';

import type { Progress, Running } from '../../generator/plan/progress.js';
import { clockOf, describeRemaining, renderChanges, renderProgress, renderSummary } from '../../generator/render/progress.js';

const screen = { columns: 100, rows: 20, hasColour: false };

const arm: Running = { name: 'erlang_27.3_debian_bookworm_linux-arm64', step: 'install-test', seconds: 185, estimate: 480, builder: 'arm' };
const source: Running = { name: 'out/sources/hello-1/hello.tar.gz', step: 'fetch', seconds: 7, estimate: undefined, builder: '' };

const progress: Progress = {
  counts: { current: 230, built: 12, failed: 1, interrupted: 0, blocked: 2 },
  left: 25,
  running: [arm, source],
  elapsed: 252,
  remaining: { seconds: 720, unknown: 3 },
  isOver: false,
};

t.test('counts, times and what runs where stand one below the other', (t) => {
  t.same(renderProgress(progress, screen), [
    'packmill: 12 built, 1 failed, 2 blocked by a failure, 2 running, 25 left, 230 up to date before',
    '4:12 so far, at least 12 min left, unknown for 3 targets',
    '  3:05 of 8:00  install-test  erlang_27.3_debian_bookworm_linux-arm64  on arm',
    '          0:07  fetch         out/sources/hello-1/hello.tar.gz',
  ]);
  t.equal(renderSummary(progress, { ...screen, columns: 200 }), `${renderProgress(progress, screen)[0] ?? ''} in 4:12`);
  t.end();
});

t.test('an estimate says what it does not know', (t) => {
  t.equal(describeRemaining({ seconds: 0, unknown: 0 }), 'nearly through');
  t.equal(describeRemaining({ seconds: 12, unknown: 0 }), 'about 15 s left');
  t.equal(describeRemaining({ seconds: 90, unknown: 0 }), 'about 2 min left');
  t.equal(describeRemaining({ seconds: 7380, unknown: 1 }), 'at least 2 h 3 min left, unknown for 1 target');
  t.equal(describeRemaining({ seconds: 0, unknown: 4 }), 'time left unknown (4 targets)');
  t.end();
});

t.test('a build that takes longer than the last time no longer says how long it takes', (t) => {
  const late = { ...arm, seconds: 500 };

  const [, , line] = renderProgress({ ...progress, running: [late] }, screen);

  t.equal(line, '  8:20  install-test  erlang_27.3_debian_bookworm_linux-arm64  on arm');
  t.end();
});

t.test('times grow with what they tell', (t) => {
  t.same([0, 59.9, 60, 3599, 3600, 90061].map(clockOf), ['0:00', '0:59', '1:00', '59:59', '1:00:00', '25:01:01']);
  t.end();
});

t.test('a narrow terminal cuts lines, and a low one leaves out what runs and says so', (t) => {
  const many = { ...progress, running: Array.from({ length: 9 }, (_, index) => ({ ...arm, name: `target_${String(index)}` })) };

  t.same(renderProgress(many, { ...screen, columns: 30, rows: 5 }), [
    'packmill: 12 built, 1 failed,…',
    '4:12 so far, at least 12 min …',
    '  3:05 of 8:00  install-test …',
    '  3:05 of 8:00  install-test …',
    '  and 7 more',
  ]);
  t.end();
});

t.test('whatever the terminal, lines fit into it', (t) => {
  fastCheck.assert(
    fastCheck.property(fastCheck.integer({ min: 1, max: 120 }), fastCheck.integer({ min: 1, max: 40 }), fastCheck.nat(60), (columns, rows, count) => {
      const lines = renderProgress({ ...progress, running: Array.from({ length: count }, () => arm) }, { columns, rows, hasColour: false });
      return lines.length <= rows && lines.every((line) => line.length <= columns);
    }),
  );
  t.pass('for any size and any number of builds');
  t.end();
});

t.test('colour adds to the word that says it', (t) => {
  const [line] = renderProgress(progress, { ...screen, hasColour: true });

  t.match(line, '\u001B[1;31m1 failed\u001B[0m');
  t.equal(line?.replace('\u001B[1;31m', '').replace('\u001B[0m', ''), renderProgress(progress, screen)[0]);
  t.end();
});

t.test('what has changed since the last look is a line each', (t) => {
  const before = new Map([
    ['a', 'build'],
    ['b', 'smoke'],
  ]);
  const now = new Map([
    ['a', 'built in 0:12'],
    ['b', 'smoke'],
    ['c', 'deps on arm'],
  ]);

  t.same(renderChanges(before, now), ['a: built in 0:12', 'c: deps on arm']);
  t.end();
});
