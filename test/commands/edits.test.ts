import t from 'tap';

import { CliWorkspace } from '../cli.js';

/** Edits one after the other, each of which changes some of the generated files. */
const edits: readonly (readonly [path: string, from: string, to: string])[] = [
  ['matrix/packages/hello.yaml', 'settings:', 'settings:\n  configure: [--with-x]'],
  ['matrix/packages/hello.yaml', 'sha256: 1', 'sha256: 2'],
  ['matrix/packages/hello.yaml', 'versions:', 'versions:\n  1.3: { source: release }'],
  ['matrix/packages/hello.yaml', 'summary: A greeting', 'summary: Another greeting'],
  ['matrix/packages/hello.yaml', 'cross: true', 'cross: false'],
  ['matrix/packages/hello.yaml', 'settings:', 'overrides:\n  - when: { version: 1.3, platform: linux/arm64 }\n    set: { tools: [gcc] }\nsettings:'],
  ['matrix/packages/hello/build', '#!/bin/sh', '#!/bin/sh\n# edited'],
  ['matrix/distros.yaml', 'suite: bookworm', 'suite: sid'],
  ['matrix/distros.yaml', 'compression: xz', 'compression: gzip'],
  ['matrix/distros.yaml', 'suffix: deb12', 'suffix: deb12.1'],
  ['matrix/workspace.yaml', 'Test Packages', 'Other Packages'],
  ['templates/Dockerfile.njk', '# Generated for', '# Made for'],
  ['templates/rules.mk.njk', '# Generated for', '# Made for'],
  ['templates/steps/unpack', '#!/bin/sh', '#!/bin/sh\n# edited'],
  ['templates/packaging/Dockerfile', 'FROM', '# edited\nFROM'],
  ['scripts/bootstrap', '\n', '\n# edited\n'],
  ['Makefile.in', '# Settings', '# Edited settings'],
];

t.test('after every edit the files are what a fresh run would write', async (t) => {
  const workspace = new CliWorkspace(t);
  await workspace.run('generate');

  for (const [path, from, to] of edits) {
    workspace.edit(path, from, to);
    const generated = await workspace.run('generate');
    const checked = await workspace.run('generate', '--check');

    t.match(generated, { exitCode: 0, stderr: / [1-9]\d* files written/ }, `${path}: ${from} changes something`);
    t.same(checked, { exitCode: 0, stdout: '', stderr: '' }, `${path}: ${from}`);
  }
});

t.test('settings of the command line are edits like any other', async (t) => {
  const workspace = new CliWorkspace(t);
  await workspace.run('generate');

  for (const settings of ['ITERATION=2\n', 'BASE_debian_bookworm=example.org/mine:1\n', 'BASE=registry\n', '']) {
    workspace.write('out/settings', settings);
    const generated = await workspace.run('generate');
    const checked = await workspace.run('generate', '--check');

    t.match(generated, { exitCode: 0, stderr: / [1-9]\d* files written/ }, settings);
    t.match(checked, { exitCode: 0, stdout: '' }, settings);
  }
});

t.test('a run that was killed at any moment is made good by the next', async (t) => {
  const workspace = new CliWorkspace(t);
  await workspace.run('generate');

  for (const milliseconds of [60, 120, 180, 240, 300, 400]) {
    workspace.edit('matrix/packages/hello.yaml', 'versions:', `versions:\n  2.${String(milliseconds)}: { source: release }`);
    await workspace.kill(milliseconds, 'generate');
    await workspace.run('generate');
    const checked = await workspace.run('generate', '--check');

    t.same(checked, { exitCode: 0, stdout: '', stderr: '' }, `killed after ${String(milliseconds)} ms`);
  }
});
