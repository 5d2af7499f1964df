import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';
import type { Test } from 'tap';
import t from 'tap';

/** A folder like /etc/apt with one list and one file of the newer form. */
function aptFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'packmill-apt-'));
  for (const part of ['sources.list.d', 'apt.conf.d']) mkdirSync(join(folder, part));
  writeFileSync(
    join(folder, 'sources.list'),
    'deb http://deb.example.org/debian old main\ndeb http://security.example.org/debian-security old/updates main\ndeb http://deb.example.org/debian old-updates main\n',
  );
  writeFileSync(join(folder, 'sources.list.d/new.sources'), 'Types: deb\nURIs: http://archive.example.org/ubuntu\nSuites: new\nComponents: main\n');
  t.teardown(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

async function repositories(folder: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execa('templates/steps/deb/repositories', [...args, '--', 'echo', 'ran'], { env: { APT_CONFIG_DIR: folder } });
  return stdout;
}

t.test('an old release is found in the archive of old releases', async (t) => {
  const folder = aptFolder(t);

  t.equal(await repositories(folder, '--archived'), 'ran');

  t.equal(
    readFileSync(join(folder, 'sources.list'), 'utf8'),
    'deb http://archive.example.org/debian old main\ndeb http://archive.example.org/debian-security old/updates main\n',
  );
  t.match(readFileSync(join(folder, 'apt.conf.d/90archived'), 'utf8'), 'Acquire::Check-Valid-Until "false";');
});

t.test('a foreign architecture comes from the ports, and only that', async (t) => {
  const folder = aptFolder(t);
  const ports = ['--ports', 'http://ports.example.org/ports', '--arch', 's390x'];

  await repositories(folder, ...ports);
  await repositories(folder, ...ports);

  t.match(readFileSync(join(folder, 'sources.list'), 'utf8'), /^deb \[arch=\w+\] http:\/\/deb\.example\.org\/debian old main$/m);
  t.match(readFileSync(join(folder, 'sources.list.d/new.sources'), 'utf8'), /^Types: deb\nArchitectures: \w+\nURIs:/);
  const lines = readFileSync(join(folder, 'sources.list.d/ports.list'), 'utf8').trim().split('\n');
  t.equal(lines.length, 3);
  for (const line of lines) t.match(line, /^deb \[arch=s390x signed-by=\S+\] http:\/\/ports\.example\.org\/ports \S+ main universe$/);
});
