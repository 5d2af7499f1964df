import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { execaSync } from 'execa';
import type { Test } from 'tap';

import type { Ran } from './engine.js';
import { Elsewhere } from './engine.js';
import { freePort } from './machine.js';

export interface Told {
  readonly kind: string;
  readonly title: string;
  readonly text: string;
}

/** A workspace whose one package follows a repository on this machine, whose notices come here, and whose docker calls are noted. */
export class Night extends Elsewhere {
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
