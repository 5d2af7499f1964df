import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { setTimeout } from 'node:timers/promises';

import { execa } from 'execa';
import t from 'tap';

import { FileServer, status } from '../scripts/file-server.js';
import { Elsewhere } from './engine.js';
import { expectFaults, recipe, target } from './faults.js';

expectFaults([
  {
    title: 'a build dependency that does not exist',
    step: 'deps',
    says: 'no-such-package',
    spoil: (w) => {
      w.edit(`${recipe}.yaml`, 'settings:', 'settings:\n  tools: [no-such-package]');
    },
  },
  {
    title: 'a patch that does not apply',
    step: 'unpack',
    says: 'patch bad.patch does not apply',
    spoil: (w) => {
      w.write(`${recipe}/patches/bad.patch`, '--- a/COPYING\n+++ b/COPYING\n@@ -1 +1 @@\n-nothing like it\n+x\n');
      w.edit(`${recipe}.yaml`, 'settings:', 'settings:\n  patches: [bad.patch]');
    },
  },
  {
    title: 'a smoke test that runs no case',
    step: 'smoke',
    says: 'no test case ran',
    spoil: (w) => {
      w.edit(`${recipe}/smoke`, 'echo 1 >"$CASES"', 'echo 0 >"$CASES"');
    },
  },
  {
    title: 'a program that crashes once it is installed',
    step: 'install-test',
    says: "'' = probe",
    spoil: (w) => {
      w.edit(`${recipe}/stage`, 'install -D', 'printf "#!/bin/sh\\nkill -ABRT \\$\\$\\n" >probe\ninstall -D');
    },
  },
]);

for (const [title, line, says] of [
  ['a step that says so itself', 'exit 75', 'could not do its work now'],
  ['a step that is killed', 'kill -9 $$', 'killed (out of memory, or stopped)'],
] as const) {
  t.test(`${title} is an infrastructure fault`, async (t) => {
    const workspace = new Elsewhere(t, 'test/e2e/matrix');
    workspace.edit(`${recipe}/build`, 'set -eux', `set -eux\n${line}`);

    const ran = await workspace.make([target]);

    t.match(ran.output, `${target}: infrastructure fault in step build`);
    t.match(ran.output, says);
    t.match(ran.output, 'Error 75');
    t.same(readdirSync(workspace.path('out/packages')), []);
  });
}

t.test('a disk that is full is an infrastructure fault, and no half package is left', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  await workspace.make(['generate']);
  await execa('mkdir', ['-p', workspace.path('out/packages')]);
  await execa('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', workspace.path('out/packages')]);
  t.teardown(async () => execa('umount', [workspace.path('out/packages')]));

  const ran = await workspace.make([target]);

  t.match(ran.output, `${target}: infrastructure fault`);
  t.match(ran.output, 'no space left for out/packages');
  t.match(ran.output, 'Error 75');
  t.same(readdirSync(workspace.path('out/packages')), []);
});

/** Address of this machine as containers reach it. */
function bridge(): string {
  return networkInterfaces().docker0?.find((one) => one.family === 'IPv4')?.address ?? '127.0.0.1';
}

/** Memory limit of the control group that a process is in: version 2 of control groups, or 1. */
function memoryLimitOf(process: string): string {
  const groups = readFileSync(`/proc/${process}/cgroup`, 'utf8');
  const old = /^\d+:memory:(.*)$/m.exec(groups)?.[1];
  return old === undefined ? `/sys/fs/cgroup${/^0::(.*)$/m.exec(groups)?.[1] ?? ''}/memory.max` : `/sys/fs/cgroup/memory${old}/memory.limit_in_bytes`;
}

t.test('a compiler whose child is killed for want of memory met an infrastructure fault', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  const mark = `60.${String(process.pid)}`;
  workspace.edit(`${recipe}/build`, 'set -eux', `set -eux\nsleep ${mark} || :\nperl -e 'my $x = q(x) x 300e6' || exit 2`);
  const limit = async (): Promise<void> => {
    for (;;) {
      const { stdout } = await execa('pgrep', ['--exact', '--full', `sleep ${mark}`], { reject: false });
      if (stdout === '') {
        await setTimeout(200);
        continue;
      }
      writeFileSync(memoryLimitOf(stdout), String(100 * 1024 * 1024));
      process.kill(Number(stdout));
      return;
    }
  };

  const [ran] = await Promise.all([workspace.make([target]), limit()]);

  t.match(ran.output, `${target}: infrastructure fault in step build`);
  t.match(ran.output, 'a process was killed, because memory was short');
  t.match(ran.output, 'Error 75');
});

for (const [title, mirror] of [
  ['a name server that does not answer', () => 'http://packages.invalid/debian'],
  ['a mirror without the file', (port: number) => `http://${bridge()}:${String(port)}/debian`],
] as const) {
  t.test(`${title} is an infrastructure fault`, async (t) => {
    const server = new FileServer(status(404));
    const port = Number(new URL(await server.start('0.0.0.0')).port);
    t.teardown(() => {
      server.stop();
    });
    const workspace = new Elsewhere(t, 'test/e2e/matrix');
    workspace.edit(`${recipe}.yaml`, 'settings:', 'settings:\n  tools: [m4]');
    workspace.edit(
      'templates/steps/deb/install-build-deps',
      'set -eu',
      `set -eu\nrm -f /etc/apt/sources.list.d/*\necho 'deb [trusted=yes] ${mirror(port)} bookworm main' >/etc/apt/sources.list`,
    );

    const ran = await workspace.make([target]);

    t.match(ran.output, `infrastructure fault in step deps`);
    t.match(ran.output, 'Error 75');
  });
}

t.test('the file system that a failed build left can be entered', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  workspace.edit(`${recipe}/build`, 'chmod +x probe', 'echo half-way >witness; exit 3');
  await workspace.make([target]);

  const ran = await workspace.make([`shell-${target}`, 'CMD=cat /build/witness /r/failed']);

  t.equal(ran.exitCode, 0, ran.output);
  t.match(ran.output, 'half-way\nbuild 3');
});

t.test('a step that failed runs again when it is asked for again', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  workspace.edit(
    `${recipe}/smoke`,
    'set -eux',
    'set -eux\n[ "$(( $(date +%s) % 1000000 ))" -gt "$(cat /build/after 2>/dev/null || echo 0)" ] # like a test that fails now and then\necho "$RANDOM" >>/build/after\nexit 9',
  );
  await workspace.make([target]);

  const again = await workspace.make([target]);

  t.match(again.output, 'package fault in step smoke');
  t.match(workspace.read(`out/attempts/${target}/last/build.log`), /\[smoke 1\/1\] RUN[^]*exit 9/, 'it really ran: its trace is in the new log');
});

t.test('a wrong checksum is told with both sums, and the file is not kept', async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  const wrong = 'a'.repeat(64);
  workspace.edit(`${recipe}.yaml`, '31e066137a962676e89f69d1b65382de95a7ef7d914b8cb956f41ea72e0f516b', wrong);

  const ran = await workspace.make([target]);

  t.match(ran.output, `hello_2.10.orig.tar.gz with sha256 ${wrong}`);
  t.match(ran.output, 'delivered a file with sha256 31e066137a962676e89f69d1b65382de95a7ef7d914b8cb956f41ea72e0f516b');
  t.match(ran.output, 'Error 1');
  t.same(
    readdirSync(workspace.path(`out/sources/probe-${wrong.slice(0, 16)}`)).filter((name) => !name.startsWith('.')),
    [],
  );
});
