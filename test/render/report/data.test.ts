import t from 'tap';

import { attempt, fault } from '../../attempts.js';
import { amd64, files, sample } from './sample.js';

t.test('JSON and CSV have a row for each cell', (t) => {
  const all = files(sample());
  const rows = JSON.parse(all.get('report.json') ?? '') as readonly { readonly name: string }[];
  const lines = (all.get('report.csv') ?? '').split('\r\n');

  t.match(rows, [
    { name: amd64, state: 'failed', failed: { times: 1, step: 'build' } },
    { state: 'excluded', why: '<b>no & never</b>' },
  ]);
  t.equal(lines.length, 4);
  t.match(lines[1], /^hello_1\.2_debian_bookworm_linux-amd64,hello,1\.2,debian_bookworm,linux-amd64,failed,package fault in step build: exit status 2,2026-/);
  t.end();
});

t.test('the feed tells once of each outage that began or ended, the newest first', (t) => {
  const history = [attempt('3', { started: 1_790_003_000 }), fault('2', { started: 1_790_002_000 }), fault('1', { started: 1_790_001_000 })];
  const titles = (feed = ''): readonly string[] => [...feed.matchAll(/<entry><id>[^<]+<\/id><title>([^<]+)/g)].map(([, title]) => title ?? '');
  const ids = (feed = ''): readonly string[] => [...feed.matchAll(/<entry><id>([^<]+)/g)].map(([, id]) => id ?? '');
  const before = files(sample(history.slice(1))).get('feed.atom');
  const after = files(sample(history)).get('feed.atom');

  t.same(titles(before), [`${amd64} fails`]);
  t.same(titles(after), [`${amd64} is built again`, `${amd64} fails`]);
  t.equal(ids(after)[1], ids(before)[0], 'an entry keeps its identity');
  t.match(ids(after)[0], /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  t.match(after, '<updated>2026-09-21T15:04:20.000Z</updated>');
  t.end();
});

t.test('the feed has a hundred entries at most', (t) => {
  const history = Array.from({ length: 300 }, (_, index) => (index % 2 === 0 ? attempt : fault)(String(300 - index), { started: 1_790_000_000 - index * 100 }));

  t.equal((files(sample(history)).get('feed.atom') ?? '').split('<entry>').length - 1, 100);
  t.end();
});
