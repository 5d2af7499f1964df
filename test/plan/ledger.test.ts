import { createHash } from 'node:crypto';

import t from 'tap';

import type { Attempt, Status, Traces } from '../../generator/model/attempt.js';
import type { Place } from '../../generator/plan/cell.js';
import type { Evidence } from '../../generator/plan/ledger.js';
import { keepLedger } from '../../generator/plan/ledger.js';
import { planMatrix } from '../../generator/plan/plan.js';
import { matrixOf, readTexts } from '../texts.js';

const plan = planMatrix(matrixOf(readTexts('test/make')));
const library = 'library_1.2_debian_bookworm_linux-amd64';
const tool = 'tool_3.2_debian_bookworm_linux-amd64';
const dockerfile = 'd'.repeat(64);

function inputs(sums: string): string {
  return createHash('sha256').update(`${dockerfile}\n${sums}`).digest('hex');
}

const sha256 = '5'.repeat(64);
const pathOf = (name: string): string => plan.targets.find((target) => target.name === name)?.artifact.path ?? '';
const own = inputs('');

function status(more: Partial<Status> = {}): Status {
  const common = { target: library, base: 'own', fault: 'none', step: '', reason: '', dockerfile, builder: '', run: '', log: 'log' } as const;
  return { ...common, result: 'built', started: 100, seconds: 20, inputs: own, sha256, ...more };
}

function failure(stamp: string, started: number, more: Partial<Status> = {}): Attempt {
  return { stamp, running: undefined, status: status({ result: 'failed', fault: 'package', step: 'smoke', reason: 'exit status 2', started, ...more }) };
}

function traces(more: Partial<Traces>): Traces {
  return { dockerfile, attempts: [], package: undefined, upgrade: undefined, isSigned: false, ...more };
}

function look(name: string, evidence: Partial<Evidence> = {}): ReturnType<typeof keepLedger>[number] {
  const cells = keepLedger({ plan, traces: new Map(), places: new Map(), lastBuild: undefined, known: [], digest: () => undefined, ...evidence });
  const cell = cells.find((one) => one.name === name);
  if (!cell) throw new Error(`no cell ${name}`);
  return cell;
}

t.test('every cell of the matrix has a row, what is excluded with its reason', (t) => {
  const cells = keepLedger({ plan, traces: new Map(), places: new Map(), lastBuild: undefined, known: [], digest: () => undefined });

  t.equal(cells.length, plan.targets.length + plan.exclusions.length);
  t.match(look('tool_3.1_debian_trixie_linux-amd64'), { state: 'excluded', why: 'tool 3.1 is too old for trixie' });
  t.match(look(library), { state: 'missing', since: undefined });
  t.end();
});

t.test('a package of what the target is made of now is tested, signed, or published somewhere', (t) => {
  const there = traces({ package: status() });
  const place: Place = { channel: 'testing', path: 'deb/x', tested: sha256, since: 900 };

  t.match(look(library, { traces: new Map([[library, there]]) }), { state: 'tested', since: 120 });
  t.match(look(library, { traces: new Map([[library, { ...there, isSigned: true }]]) }), { state: 'signed' });
  t.match(look(library, { traces: new Map([[library, there]]), places: new Map([[library, [place]]]) }), { state: 'published', why: 'testing', since: 900 });
  t.match(look(library, { traces: new Map([[library, there]]), places: new Map([[library, [{ ...place, tested: 'other' }]]]) }), {
    state: 'tested',
    why: 'not published yet; an earlier package is in testing',
  });
  t.end();
});

t.test('a package of something else is built, not tested', (t) => {
  t.match(look(library, { traces: new Map([[library, traces({ package: status({ inputs: 'e'.repeat(64) }) })]]) }), { state: 'built', since: 120 });
  t.end();
});

t.test('what needs a package that was built anew is not current any more', (t) => {
  const needed = traces({ package: status() });
  const above = (sum: string): Traces => traces({ package: status({ target: tool, inputs: inputs(`${sum}  ${pathOf(library)}\n`) }) });

  t.match(
    look(tool, {
      traces: new Map([
        [library, needed],
        [tool, above(sha256)],
      ]),
    }),
    { state: 'tested' },
  );
  t.match(
    look(tool, {
      traces: new Map([
        [library, needed],
        [tool, above('6'.repeat(64))],
      ]),
    }),
    { state: 'built' },
  );
  t.end();
});

t.test('a failure says where, why, since when and how often', (t) => {
  const attempts = [failure('c', 300), failure('b', 200, { inputs: 'e'.repeat(64) }), failure('a', 150), { stamp: '0', running: undefined, status: status() }];

  const cell = look(library, { traces: new Map([[library, traces({ attempts })]]) });

  t.match(cell, { state: 'failed', why: 'package fault in step smoke: exit status 2', since: 150, failures: 1 });
  t.same(cell.outage, { attempt: 'a', since: 150, failures: 3 });
  t.end();
});

t.test('attempts that were stopped, and infrastructure faults, are no failures of the package', (t) => {
  const stopped: Attempt = { stamp: 'd', running: undefined, status: undefined };
  const lost = failure('c', 300, { fault: 'infrastructure', step: 'deps', reason: 'docker exited with 1' });

  t.match(look(library, { traces: new Map([[library, traces({ attempts: [stopped] })]]) }), { state: 'missing', outage: undefined });
  t.match(look(library, { traces: new Map([[library, traces({ attempts: [stopped, lost] })]]) }), {
    state: 'waiting',
    why: 'to be tried again after an infrastructure fault in step deps: docker exited with 1',
    outage: undefined,
  });
  t.match(look(library, { traces: new Map([[library, traces({ attempts: [lost, failure('b', 200)] })]]) }), {
    state: 'waiting',
    outage: { attempt: 'b' },
    failures: 1,
  });
  t.end();
});

t.test('an outage goes on while what failed is changed, and ends with a package', (t) => {
  const attempts = [failure('b', 200, { inputs: 'e'.repeat(64) })];

  t.match(look(library, { traces: new Map([[library, traces({ attempts })]]) }), { state: 'waiting', outage: { attempt: 'b' }, failures: 0 });
  t.match(
    look(library, {
      traces: new Map([[library, traces({ attempts: [{ stamp: 'c', running: undefined, status: status() }, ...attempts], package: status() })]]),
    }),
    {
      state: 'tested',
      outage: undefined,
    },
  );
  t.end();
});

t.test('what runs now is building, and what waits says for what', (t) => {
  const running: Attempt = { stamp: '20260101T000010Z-7', running: 'smoke', status: undefined };
  const broken = traces({ attempts: [failure('a', 200)] });

  t.match(look(library, { traces: new Map([[library, traces({ attempts: [running] })]]) }), { state: 'building', why: 'step smoke', since: 1_767_225_610 });
  t.match(look(tool, { traces: new Map([[library, broken]]) }), { state: 'waiting', why: `for ${library}, which has failed` });
  t.match(look(library, { lastBuild: { due: [], held: [], left: [library], blocked: [] } }), { state: 'waiting', why: /time or money/ });
  t.match(look(library, { lastBuild: { due: [], held: [], left: [], blocked: [{ target: library, by: 'out/sources/x' }] } }), { why: /for out\/sources\/x/ });
  t.end();
});

t.test('what the matrix has no more is remembered', (t) => {
  t.match(look('old_1.18_27.1_debian_buster_linux-arm-v7', { known: ['old_1.18_27.1_debian_buster_linux-arm-v7', library] }), {
    state: 'retired',
    package: 'old',
    version: '1.18_27.1',
    distro: 'debian_buster',
    platform: 'linux-arm-v7',
  });
  t.end();
});
