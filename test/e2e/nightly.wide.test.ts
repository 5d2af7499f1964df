import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { execa, execaSync } from 'execa';
import t from 'tap';
import type { Test } from 'tap';

import type { Ran } from './engine.js';
import { Elsewhere } from './engine.js';
import { commandsFor, freePort, Machine } from './machine.js';

interface Told {
  readonly kind: string;
  readonly title: string;
  readonly text: string;
}

/** A workspace whose one package follows a repository on this machine, whose notices come here, and whose docker calls are noted. */
class Night extends Elsewhere {
  readonly told: Told[] = [];
  private readonly upstream = this.path('upstream');

  static async start(t: Test): Promise<{ readonly night: Night; readonly port: number }> {
    const night = new Night(t, 'test/e2e/matrix');
    const webhook = createServer((request, response) => {
      request.setEncoding('utf8');
      let body = '';
      request
        .on('data', (part: string) => (body += part))
        .on('end', () => {
          night.told.push(JSON.parse(body) as Told);
          response.end();
        });
    });
    await new Promise<void>((ready) => webhook.listen(0, '127.0.0.1', ready));
    t.teardown(() => webhook.close());
    const port = await freePort();
    night.settle(`http://127.0.0.1:${String(port)}`, `http://127.0.0.1:${String((webhook.address() as AddressInfo).port)}/`);
    return { night, port };
  }

  private settle(address: string, webhook: string): void {
    mkdirSync(this.upstream);
    mkdirSync(this.path('mirror'));
    this.git('init', '--quiet', '--initial-branch=main');
    this.release('1.0');
    const sha256 = execaSync('sha256sum', [this.path('mirror/probe-1.0.tar.gz')]).stdout.slice(0, 64);
    this.edit(
      'matrix/packages/probe.yaml',
      /sources:[^]*settings:/.exec(this.read('matrix/packages/probe.yaml'))?.[0] ?? '',
      [
        `upstream: { git: 'file://${this.upstream}', names: 'v{version}' }`,
        'sources:',
        "  release: { file: 'probe-{version}.tar.gz', addresses: ['https://probe.invalid/probe-{version}.tar.gz'] }",
        'versions:',
        `  1.0: { source: release, sha256: ${sha256} } # the first`,
        'settings:',
      ].join('\n'),
    );
    const more = [
      `publishing: { address: '${address}' }`,
      'nightly: { pause: 0, promote: [{ days: 0 }] }',
      `notices: { receivers: [{ webhook: '${webhook}' }] }`,
    ];
    this.write('matrix/workspace.yaml', `${this.read('matrix/workspace.yaml')}${more.join('\n')}\n`);
    this.write('bin/docker', `#!/bin/bash\necho "$*" >>'${this.path('calls')}'\nexec docker "$@"\n`);
  }

  private git(...words: readonly string[]): void {
    execaSync('git', ['-c', 'user.name=Tests', '-c', 'user.email=tests@packmill.example', ...words], { cwd: this.upstream });
  }

  /** Upstream tags a version, and its source can be had. */
  release(version: string): void {
    const folder = this.path(`probe-${version}`);
    mkdirSync(folder);
    writeFileSync(`${folder}/COPYING`, `the licence of ${version}\n`);
    execaSync('tar', ['-czf', this.path(`mirror/probe-${version}.tar.gz`), `probe-${version}`], { cwd: this.folder });
    this.git('commit', '--quiet', '--allow-empty', '--message', version);
    this.git('tag', `v${version}`);
  }

  /** Calls of docker in the last run. */
  calls(): readonly string[] {
    const lines = this.read('calls').split('\n');
    return lines.filter((line) => line !== '');
  }

  async run(...words: readonly string[]): Promise<Ran> {
    this.write('calls', '');
    this.told.length = 0;
    const limits = [
      'DISTRO=debian_bookworm debian_trixie',
      'PLATFORM=linux/amd64',
      `SOURCE_MIRROR=${this.path('mirror')}`,
      `DOCKER=${this.path('bin/docker')}`,
    ];
    return this.make(['nightly', ...limits, ...words]);
  }

  /** Targets that docker was asked to build. */
  built(): readonly string[] {
    return this.calls()
      .flatMap((call) => /--file dockerfiles\/(\S+)\.Dockerfile /.exec(call)?.[1] ?? [])
      .sort();
  }
}

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

t.test('a cell that is broken is one message, and the rest is built', async (t) => {
  const { night } = await Night.start(t);
  night.edit('matrix/packages/probe/smoke', 'set -eux', 'set -eux\ngrep -q bookworm /etc/os-release');

  const nights: (readonly string[])[] = [];
  const told: Told[] = [];
  for (let count = 0; count < 3; count++) {
    await night.run();
    nights.push(night.built());
    told.push(...night.told.filter((one) => one.kind !== 'digest'));
  }
  night.edit('matrix/packages/probe/smoke', 'grep -q bookworm /etc/os-release', ':');
  const mended = await night.run();

  const broken = 'probe_1.0_debian_trixie_linux-amd64';
  t.same(nights, [['probe_1.0_debian_bookworm_linux-amd64', broken], [], [broken]], 'a night is left out');
  t.match(told, [{ kind: 'red', title: new RegExp(broken) }]);
  t.equal(told.length, 1);
  t.equal(mended.exitCode, 0, mended.output);
  t.match(
    night.told.filter((one) => one.kind !== 'digest'),
    [{ kind: 'green', title: new RegExp(broken) }],
  );
  t.match(readFileSync(night.path('out/report/feed.atom'), 'utf8'), broken);
});
