import { execa } from 'execa';
import t from 'tap';

import { commandsFor, Machine } from './machine.js';
import { Night } from './night.js';

t.test('the first night builds, the second does nothing, the third brings what upstream has tagged to its users', async (t) => {
  const { night, port } = await Night.start(t);

  const first = await night.run();
  t.equal(first.exitCode, 0, first.output);
  t.same(night.built(), ['probe_1.0_debian_bookworm_linux-amd64', 'probe_1.0_debian_trixie_linux-amd64']);
  t.match(night.told, [{ kind: 'digest' }]);

  const second = await night.run();
  t.equal(second.exitCode, 0, second.output);
  t.same(night.calls(), [], 'no docker call');
  t.same(night.told, []);

  const server = execa('node', ['out/generator/cli.mjs', 'serve', String(port)], { cwd: night.folder, reject: false });
  t.teardown(() => {
    server.kill();
  });
  await new Promise((resolve) => server.stdout.once('data', resolve));
  const layout = /^# base: (\S+)/m.exec(night.read('out/packages/probe_1.0_debian_bookworm_linux-amd64/Dockerfile'))?.[1] ?? '';
  const machine = await Machine.start(t, night.path(layout), night.path('matrix'));
  await machine.run(commandsFor(night.read('out/repository/served/index.html'), 'bookworm-probe-1-testing'));
  t.match(await machine.run("dpkg-query -W -f '${Version}' probe"), '1.0-1~deb12');

  night.release('1.1');
  const third = await night.run();
  t.equal(third.exitCode, 0, third.output);
  t.same(night.built(), ['probe_1.1_debian_bookworm_linux-amd64', 'probe_1.1_debian_trixie_linux-amd64'], 'exactly its cells');
  t.match(night.read('matrix/packages/probe.yaml'), /^ {2}1\.1: .*# the first$/m, 'one edited line');
  await machine.run('apt-get update && apt-get install -y --only-upgrade probe');
  t.match(await machine.run("dpkg-query -W -f '${Version}' probe"), '1.1-1~deb12', 'installed by apt from testing');
  t.match(night.told, [{ kind: 'digest', text: /probe_1\.1_debian_bookworm_linux-amd64/ }], 'announced');
  t.match(night.read('out/report/targets/probe_1.1_debian_bookworm_linux-amd64.html'), /published/, 'reported');
  t.match(night.read('out/report/index.html'), 'probe');
  const { stdout } = await execa('make', ['-s', 'status', 'PACKAGE=probe', 'STATE=published'], { cwd: night.folder });
  t.match(stdout, /probe_1\.1_debian_bookworm_linux-amd64 +published +\d{4}.*stable/, 'and stable by the rule');
});
