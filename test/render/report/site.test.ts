import t from 'tap';

import { readReportTemplates } from '../../../generator/io/read.js';
import { layOut } from '../../../generator/render/report/site.js';
import { attempt, fault } from '../../attempts.js';
import { amd64, failing, files, sample } from './sample.js';

t.test('the moment of the report stands on the overview and nowhere else', (t) => {
  const [before, after] = [files(sample()), files(sample(undefined, { now: 1_790_200_000 }))];
  const differing = [...before].filter(([path, text]) => after.get(path) !== text).map(([path]) => path);

  t.same(differing, ['index.html']);
  t.same([...before.keys()].sort(), [
    'feed.atom',
    'index.html',
    'packages/hello.html',
    'report.csv',
    'report.json',
    'runs/index.html',
    'style.css',
    `targets/${amd64}.html`,
    'trends.html',
  ]);
  t.end();
});

t.test('a target has another key when anything of it differs, and its page is not made while it is current', (t) => {
  const keysOf = (...of: Parameters<typeof sample>) => layOut(sample(...of), readReportTemplates(), []).keys;
  const path = `out/report/targets/${amd64}.html`;
  const key = keysOf().get(path);

  t.equal(keysOf(undefined, { now: 5 }).get(path), key);
  t.not(keysOf([fault('20260921T131320Z-7', { reason: 'another' })]).get(path), key);
  t.not(layOut(sample(), readReportTemplates(), ['another generator']).keys.get(path), key);
  t.notOk(files(sample(), new Set([path])).has(`targets/${amd64}.html`));
  t.end();
});

t.test('the overview names what fails, since when and how often, and links to it', (t) => {
  const page = files(sample([fault('2'), fault('1', { started: 1_789_900_000 })])).get('index.html') ?? '';

  t.match(page, '1 cell fails because of itself');
  t.match(page, `<a href="targets/${amd64}.html">hello_<wbr>1.2_<wbr>debian_<wbr>bookworm_<wbr>linux-amd64</a>`);
  t.match(page, '2026-09-20 10:26');
  t.match(page, '2 times');
  t.match(page, 'Build report of Test &amp; Packages');
  t.notMatch(page, '<script');
  t.end();
});

t.test('nothing needs attention when nothing fails', (t) => {
  t.match(files(sample([attempt('1')])).get('index.html'), 'Nothing: no cell fails because of itself.');
  t.end();
});

t.test('a reason stands once, in words, and every excluded field names it', (t) => {
  const page = files(sample()).get('packages/hello.html') ?? '';

  t.match(page, '<a href="#reason-1" title="&lt;b&gt;no &amp; never&lt;/b&gt;">reason 1</a>');
  t.match(page, '<dt id="reason-1">Reason 1</dt><dd>&lt;b&gt;no &amp; never&lt;/b&gt; <span class="soft">(1 cell)</span></dd>');
  t.match(page, `<td id="${amd64}" class="bad">`);
  t.match(page, `href="../targets/${amd64}.html"`);
  t.end();
});

t.test('the page of a failed target says why, marks the line, and tells what changed', (t) => {
  const page = files(sample(undefined, { evidence: () => failing('fine\nx.c:1:1: error: <stdio.h> & more\n') })).get(`targets/${amd64}.html`) ?? '';

  t.match(page, '<span class="line">2</span> <mark>x.c:1:1: error: &lt;stdio.h&gt; &amp; more</mark>');
  t.match(page, `<a href="../../attempts/${amd64}/20260921T131320Z-7/logs/build.log">The whole log</a>`);
  t.match(page, '<del>- # base: old</del>\n<ins>+ # base: new</ins>');
  t.match(page, `href="../../packages/${amd64}/Dockerfile"`);
  t.match(page, 'failed</span> 1 min');
  t.end();
});

t.test('a target that was built since has no failure to show', (t) => {
  const page = files(sample([attempt('2'), fault('1')])).get(`targets/${amd64}.html`) ?? '';

  t.notMatch(page, 'Why it failed');
  t.match(page, 'exit status 2');
  t.end();
});

t.test('a published package is downloaded from where it is served, one that is only tested from where it lies', (t) => {
  const tested = sample([attempt('1')], { packages: new Map([[amd64, `out/packages/${amd64}/hello.deb`]]) });
  const place = { channel: 'testing' as const, path: 'deb/pool/main/h/hello/hello.deb', tested: 'a'.repeat(64), since: 1_790_000_500 };
  const published = { ...tested, cells: tested.cells.map((cell) => (cell.name === amd64 ? { ...cell, state: 'published' as const, places: [place] } : cell)) };

  t.match(files(tested).get('packages/hello.html'), `href="../../packages/${amd64}/hello.deb"`);
  t.match(
    files(published).get('packages/hello.html'),
    `<a href="../../repository/served/deb/pool/main/h/hello/hello.deb" aria-label="deb of ${amd64}">deb</a>`,
  );
  t.match(files(published).get(`targets/${amd64}.html`), '>testing</a> since <time datetime="2026-09-21T14:21:40.000Z">');
  t.end();
});
