import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { execa } from 'execa';
import t from 'tap';

import { Elsewhere } from './engine.js';

export const target = 'probe_2.10_debian_bookworm_linux-amd64';
const artifact = `out/packages/${target}/probe_2.10-1~deb12_amd64.deb`;
const result = `out/packages/${target}/upgrade.json`;

/** An unpacked package, whose files and scripts a test can change. */
export class Unpacked {
  constructor(readonly folder: string) {}

  /** Puts a file in. */
  file(path: string, text: string, mode = 0o644): void {
    mkdirSync(join(this.folder, dirname(path)), { recursive: true });
    writeFileSync(join(this.folder, path), text, { mode });
  }

  /** Adds commands to a maintainer script. */
  script(name: string, commands: string): void {
    this.file(`DEBIAN/${name}`, `#!/bin/sh\nset -e\n${commands}\n`, 0o755);
  }

  control(from: string, to: string): void {
    const path = join(this.folder, 'DEBIAN/control');
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${path} does not have ${from}`);
    writeFileSync(path, text.replace(from, to));
  }
}

/** Makes a package anew with some changes, as if its recipe had made it so. */
export async function repack(from: string, to: string, change: (unpacked: Unpacked) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'packmill-repack-'));
  await execa('dpkg-deb', ['--raw-extract', from, join(folder, 'package')]);
  change(new Unpacked(join(folder, 'package')));
  const sums = await execa('bash', ['-c', "find . -type f ! -path './DEBIAN/*' -printf '%P\\0' | sort -z | xargs -0 md5sum"], { cwd: join(folder, 'package') });
  writeFileSync(join(folder, 'package/DEBIAN/md5sums'), `${sums.stdout}\n`);
  await execa('dpkg-deb', ['--root-owner-group', '-Zgzip', '--build', join(folder, 'package'), to]);
  rmSync(folder, { recursive: true });
}

/** The workspace of a file of tests, whose package is built once. */
export const workspace = new Elsewhere(t, 'test/e2e/matrix');
export const built = join(workspace.folder, 'built.deb');

t.before(async () => {
  const ran = await workspace.make([target]);
  if (ran.exitCode !== 0) throw new Error(ran.output);
  cpSync(workspace.path(artifact), built);
});

export async function upgrade(
  change: (unpacked: Unpacked) => void,
): Promise<{ readonly exitCode: number | undefined; readonly output: string; readonly json: unknown }> {
  rmSync(workspace.path(result), { force: true });
  await repack(built, workspace.path(artifact), change);
  const ran = await workspace.make([`upgrade-${target}`]);
  return { ...ran, json: JSON.parse(workspace.read(result)) };
}

/** Configuration, a service that is switched on, and a user: all that packages bring beside their programs, and take away again. */
export function furnish(unpacked: Unpacked): void {
  unpacked.file('etc/probe/probe.conf', 'greeting = probe\n');
  unpacked.file('DEBIAN/conffiles', '/etc/probe/probe.conf\n');
  unpacked.file('usr/lib/systemd/system/probe.service', '[Service]\nExecStart=/usr/bin/probe\n');
  const link = '/etc/systemd/system/multi-user.target.wants/probe.service';
  unpacked.script(
    'postinst',
    `getent passwd probe >/dev/null || useradd --system --user-group probe
     mkdir -p ${dirname(link)} /var/lib/probe
     ln -sf /usr/lib/systemd/system/probe.service ${link}
     date >/var/lib/probe/state`,
  );
  unpacked.script(
    'postrm',
    `[ "$1" = purge ] || exit 0\nuserdel probe\nrm ${link}\nrm -r /var/lib/probe\nrmdir -p --ignore-fail-on-non-empty ${dirname(link)}`,
  );
}
