import t from 'tap';

import { attempt, fault, trouble } from '../../attempts.js';
import { amd64, files, sample } from './sample.js';

const id = '000012-20260921T020000Z';
const build = {
  due: [amd64, 'other_1_debian_bookworm_linux-amd64'],
  held: [{ target: 'held_1_debian_bookworm_linux-amd64', attempt: 'x', failures: 3, night: 2, nights: 4 }],
  left: ['left_1_debian_bookworm_linux-amd64'],
  blocked: [{ target: 'blocked_1_debian_bookworm_linux-amd64', by: 'out/bases/x' }],
};
const run = {
  ...{ id, asked: 'PACKAGE=hello', started: 1_790_000_000, process: 1, seconds: 7500, build },
  steps: [
    { name: 'generate' as const, status: 0, seconds: 2, said: 'nothing <new>' },
    { name: 'build' as const, status: 2, seconds: 7000, said: 'make: *** Error 1' },
  ],
};
const tried = [
  { target: amd64, attempt: fault('2', { run: id, started: 1_790_000_100, seconds: 400, builder: 'fast' }) },
  { target: 'other', attempt: attempt('1', { run: id, started: 1_790_000_200, seconds: 300 }) },
  { target: 'third', attempt: trouble('3') },
];
const report = sample([fault('2', { run: id })], { runs: [{ run, logs: ['build.log'], tried }] });

t.test('the page of a run has its steps, what it built, and what it did not', (t) => {
  const page = files(report).get(`runs/${id}.html`) ?? '';

  t.match(page, 'Limited to PACKAGE=hello.');
  t.match(page, 'took 2 h 05 min');
  t.match(page, '<td>nothing &lt;new&gt;</td>');
  t.match(page, 'status 2');
  t.match(page, `href="../../runs/${id}/build.log"`);
  t.notMatch(page, 'generate.log');
  t.match(page, 'night 2 of 4, after 3 failures');
  t.match(page, 'by out/bases/x');
  t.match(page, 'left_<wbr>1_');
  t.end();
});

t.test('the picture has a bar for each attempt, told apart by pattern and sign, and a table beside it', (t) => {
  const page = files(report).get(`runs/${id}.html`) ?? '';

  t.match(page, '3 attempts in 2 lanes');
  t.match(page, `<title>${amd64}: failed, 7 min</title><rect class="failed"`);
  t.match(page, '<rect class="again"');
  t.match(page, '✓ other</text>');
  t.match(page, `<a href="../targets/${amd64}.html">`);
  t.match(page, '<td>fast</td>');
  t.end();
});

t.test('runs are listed with their result, and a target names the run that tried it', (t) => {
  const all = files(report);

  t.match(all.get('runs/index.html'), 'trouble in build');
  t.match(all.get('index.html'), `<a href="runs/${id}.html">12</a>`);
  t.match(all.get(`targets/${amd64}.html`), `<a href="../runs/${id}.html" aria-label="run 12">12</a>`);
  t.end();
});
