import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { execa } from 'execa';
import type { Test } from 'tap';

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A clean system that runs in a container, on this machine's network. */
export class Machine {
  private constructor(private readonly id: string) {}

  static async start(t: Test, layout: string, mounted: string): Promise<Machine> {
    const tag = `packmill-test:${String(process.pid)}-${String(Math.random()).slice(2, 8)}`;
    await execa(
      'docker',
      ['buildx', 'build', '--quiet', '--provenance=false', '--build-context', `base=oci-layout://${layout}`, '--output', `type=docker,name=${tag}`, '-'],
      { input: 'FROM base\n' },
    );
    const { stdout: id } = await execa('docker', ['run', '--detach', '--network=host', '--volume', `${mounted}:/mnt:ro`, tag, 'sleep', '3600']);
    t.teardown(async () => {
      await execa('docker', ['rm', '--force', id]);
      await execa('docker', ['image', 'rm', tag]);
    });
    return new Machine(id);
  }

  /** Runs commands as root; gives all output, and fails with it. */
  async run(commands: string): Promise<string> {
    const ran = await execa('docker', ['exec', '--env', 'DEBIAN_FRONTEND=noninteractive', this.id, 'bash', '-c', `set -eu\n${commands}`], {
      all: true,
      reject: false,
    });
    if (ran.exitCode !== 0) throw new Error(ran.all);
    return ran.all;
  }
}

/** The commands that the page has for a series, as a person would copy them. */
export function commandsFor(page: string, series: string): string {
  const [, text = ''] = new RegExp(`<h3 id="[^"]*">${series}</h3>[^]*?<code>([^]*?)</code>`).exec(page) ?? [];
  const plain = text.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  return plain.replaceAll(/\b(apt-get|dnf) install /g, '$1 install -y ');
}
