import { readFileSync } from 'node:fs';

import t from 'tap';

import { debField, makeHere } from './engine.js';

t.test('Erlang/OTP is compiled, smoke-tested, packaged, installed and run', async (t) => {
  const target = 'erlang_27.3.4.1_debian_bookworm_linux-amd64';
  const artifact = `out/packages/${target}/esl-erlang_27.3.4.1-1~deb12_amd64.deb`;

  const first = await makeHere([target]);
  const second = await makeHere([target]);

  t.equal(first.exitCode, 0, first.output);
  const depends = await debField(artifact, 'Depends');
  for (const library of ['libc6 (>= ', 'libssl3 (>= ', 'libtinfo6 (>= ']) t.match(depends, library);
  t.equal(await debField(artifact, 'Version'), '1:27.3.4.1-1~deb12');
  const steps = new Map(
    readFileSync(`out/packages/${target}/steps`, 'utf8')
      .split('\n')
      .map((line) => line.split(' ') as [string, ...string[]])
      .map(([name, , cases]) => [name, Number(cases)]),
  );
  t.ok((steps.get('smoke') ?? 0) > 30, `OTP's own cases: ${String(steps.get('smoke'))}`);
  t.ok((steps.get('install-test') ?? 0) > 40, `checks on a clean system: ${String(steps.get('install-test'))}`);
  t.match(readFileSync(`out/packages/${target}/logs/install-test.log`, 'utf8'), /crypto: ok[^]*ssl: ok[^]*odbc: ok[^]*observer: ok/);
  t.equal(second.exitCode, 0);
  t.same(second.calls, [], 'a second make starts no docker');
});
