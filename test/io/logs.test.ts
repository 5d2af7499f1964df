import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import t from 'tap';

import { readLogEnd } from '../../generator/io/logs.js';

const folder = mkdtempSync(join(tmpdir(), 'packmill-logs-'));
t.teardown(() => {
  rmSync(folder, { recursive: true });
});

t.test('of a log that is too large the last lines are read, and those before them counted', (t) => {
  const lines = Array.from({ length: 400_000 }, (_, index) => `line number ${String(index + 1)} ö`);
  writeFileSync(join(folder, 'long'), `${lines.join('\n')}\n`);

  const end = readLogEnd(join(folder, 'long'));

  t.ok((end?.before ?? 0) > 100_000);
  t.equal(end?.text.split('\n')[0], lines[end?.before ?? 0]);
  t.match(end?.text, /line number 400000 ö\n$/);
  t.end();
});

t.test('a short log is read whole, and one that is not there is undefined', (t) => {
  writeFileSync(join(folder, 'short'), 'one\ntwo\n');

  t.same(readLogEnd(join(folder, 'short')), { text: 'one\ntwo\n', before: 0 });
  t.equal(readLogEnd(join(folder, 'none')), undefined);
  t.end();
});
