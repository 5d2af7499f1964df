import { existsSync, readFileSync } from 'node:fs';

import t from 'tap';

import { debField, makeHere } from './engine.js';

t.test('Elixir is built on our own Erlang, which is made first and needed by the package', async (t) => {
  const target = 'elixir_1.18.3_27.3.4.1_debian_bookworm_linux-amd64';
  const artifact = `out/packages/${target}/elixir_1.18.3-1.erlang27.3.4.1~deb12_all.deb`;

  const first = await makeHere([target]);
  const second = await makeHere([target.replace('amd64', 'arm64')]);

  t.equal(first.exitCode, 0, first.output);
  t.ok(existsSync('out/packages/erlang_27.3.4.1_debian_bookworm_linux-amd64/status.json'));
  t.equal(await debField(artifact, 'Architecture'), 'all');
  t.match(await debField(artifact, 'Depends'), /(^|, )esl-erlang \(>= 1:27\.3\.4\.1\)/);
  const steps = readFileSync(`out/packages/${target}/steps`, 'utf8');
  const count = Number(/^smoke \d+ (\d+)$/m.exec(steps)?.[1]);
  t.ok(count > 4000, `Elixir's own cases: ${String(count)}`);
  t.equal(second.exitCode, 0);
  t.same(second.calls, [], 'the same package serves arm64');
});
