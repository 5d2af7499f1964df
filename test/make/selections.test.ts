import type { Test } from 'tap';
import t from 'tap';

import { Workspace } from './workspace.js';

/** A distro that nobody gets without naming it, and one of the rpm family. */
const moreDistros = `
  debian_buster: { family: debian, format: deb, package_manager: apt, suffix: deb10, image: 'debian:buster', bootstrap: { tool: mmdebstrap, suite: buster }, archived: true, end_of_life: 2024-06-30, compression: xz, platforms: [linux/amd64] }
  rockylinux_8: { family: redhat, format: rpm, package_manager: dnf, suffix: el8, image: 'rockylinux:8', base: 'oci-layout://base', compression: xz, platforms: [linux/amd64] }
`;

/** A package that fits every platform and is built on each version of another that it runs on. */
const plugin = `name: plugin
summary: Something for every platform
homepage: https://example.org/
license: MIT
copyright: LICENSE
notices: [Copyright 2026 Nobody]
section: utils
architecture: all
sources:
  release: { file: 'plugin-{version}.tar.gz', addresses: ['https://example.org/plugin-{version}.tar.gz'] }
versions:
  1.0: { source: release, sha256: 5555555555555555555555555555555555555555555555555555555555555555, archived: true }
  1.1: { source: release, sha256: 4444444444444444444444444444444444444444444444444444444444444444 }
  1.2: { source: release }
built_on:
  package: tool
  compatible:
    - { version: <1.2, with: 3.x }
    - { version: '>=1.2', with: '>=3.2' }
  source: https://example.org/plugin/compatibility
`;

function wideWorkspace(t: Test): Workspace {
  const workspace = new Workspace(t);
  workspace.write('matrix/distros.yaml', workspace.read('matrix/distros.yaml') + moreDistros);
  workspace.write('matrix/packages/plugin.yaml', plugin);
  for (const script of ['build', 'smoke', 'stage', 'install-test']) workspace.write(`matrix/packages/plugin/${script}`, '#!/bin/sh\n');
  workspace.write('base/index.json', '{}');
  return workspace;
}

/** Targets that make would build for these words, in the order in which it would begin. */
async function inOrder(workspace: Workspace, ...words: readonly string[]): Promise<readonly string[]> {
  const ran = await workspace.make(['-n', ...words]);
  if (ran.exitCode !== 0) throw new Error(ran.stderr);
  return [...ran.stdout.matchAll(/^scripts\/attempt (\S+) /gm)].map(([, target = '']) => target);
}

/** The same, sorted by name. */
async function builtBy(workspace: Workspace, ...words: readonly string[]): Promise<readonly string[]> {
  return (await inOrder(workspace, ...words)).toSorted();
}

const onBookworm = (names: readonly string[]): readonly string[] =>
  names.filter((name) => name.endsWith('debian_bookworm_linux-amd64')).map((name) => name.replace('_debian_bookworm_linux-amd64', ''));

t.test('what is archived or not pinned is built when it is named, and in full', async (t) => {
  const workspace = wideWorkspace(t);
  const packages = await builtBy(workspace, 'packages');
  const full = await builtBy(workspace, 'full');

  t.same(onBookworm(packages), ['library_1.2', 'plugin_1.1_3.1', 'plugin_1.1_3.2', 'tool_3.1', 'tool_3.2']);
  t.notOk(packages.some((name) => name.includes('debian_buster')));
  t.same(onBookworm(full), ['library_1.2', 'plugin_1.0_3.1', 'plugin_1.0_3.2', 'plugin_1.1_3.1', 'plugin_1.1_3.2', 'plugin_1.2_3.2', 'tool_3.1', 'tool_3.2']);
  t.ok(full.includes('library_1.2_debian_buster_linux-amd64'));

  t.same(await builtBy(workspace, 'debian_buster', 'PACKAGE=library'), ['library_1.2_debian_buster_linux-amd64']);
  t.same(await builtBy(workspace, 'library', 'DISTRO=debian_buster'), ['library_1.2_debian_buster_linux-amd64']);
  t.same(await builtBy(workspace, 'library_1.2_debian_buster_linux-amd64'), ['library_1.2_debian_buster_linux-amd64']);
  t.ok((await builtBy(workspace, 'plugin_1.0')).includes('plugin_1.0_3.1_debian_bookworm_linux-amd64'));
});

t.test('series are groups and filters', async (t) => {
  const workspace = wideWorkspace(t);

  t.same(onBookworm(await builtBy(workspace, 'tool_3')), ['library_1.2', 'tool_3.1', 'tool_3.2']);
  t.same(onBookworm(await builtBy(workspace, 'plugin_1', 'DISTRO=debian-12')), ['library_1.2', 'plugin_1.1_3.1', 'plugin_1.1_3.2', 'tool_3.1', 'tool_3.2']);
  t.same(onBookworm(await builtBy(workspace, 'packages', 'VERSION=3.2')), ['library_1.2', 'tool_3.2']);
  t.same(onBookworm(await builtBy(workspace, 'packages', 'VERSION=3')), ['library_1.2', 'tool_3.1', 'tool_3.2']);
  t.same(onBookworm(await builtBy(workspace, 'plugin_1.1_3.1')), ['library_1.2', 'plugin_1.1_3.1', 'tool_3.1']);
});

t.test('a group goes distro by distro, so that builds at the same time are of different versions', async (t) => {
  const begun = await inOrder(wideWorkspace(t), 'packages', 'PLATFORM=linux/amd64');

  t.same(
    begun.filter((name) => name.startsWith('tool_')),
    ['tool_3.1_debian_bookworm', 'tool_3.2_debian_bookworm', 'tool_3.2_debian_trixie', 'tool_3.1_rockylinux_8', 'tool_3.2_rockylinux_8'].map(
      (name) => `${name}_linux-amd64`,
    ),
  );
});

t.test('one build of what fits every platform serves them all, after what it is built on', async (t) => {
  const workspace = wideWorkspace(t);

  const built = await builtBy(workspace, 'plugin_1.1_3.2_debian_trixie_linux-arm64');

  t.same(built, ['library_1.2_debian_trixie_linux-amd64', 'plugin_1.1_3.2_debian_trixie_linux-amd64', 'tool_3.2_debian_trixie_linux-amd64']);
  const { stdout } = await workspace.make(['-n', 'plugin_1.1_3.2_debian_trixie_linux-amd64']);
  t.match(
    stdout,
    /scripts\/attempt plugin\S+ \S+\/plugin_1\.1-1\.tool3\.2~deb13_all\.deb dockerfiles\/\S+ out\/packages\/tool_3\.2_debian_trixie_linux-amd64\/tool_3\.2-1~deb13_amd64\.deb -- /,
  );
  t.match(workspace.read('dockerfiles/plugin_1.1_3.2_debian_trixie_linux-amd64.Dockerfile'), '"--depends", "tool (>= 3.2)"');
});

t.test('latest is the newest release of the matrix that is not only built by name', async (t) => {
  const workspace = wideWorkspace(t);

  t.same(await builtBy(workspace, 'plugin_latest_debian_trixie_linux-amd64', 'tool_latest_debian_bookworm_linux-arm64'), [
    'library_1.2_debian_bookworm_linux-arm64',
    'library_1.2_debian_trixie_linux-amd64',
    'plugin_1.1_3.2_debian_trixie_linux-amd64',
    'tool_3.2_debian_bookworm_linux-arm64',
    'tool_3.2_debian_trixie_linux-amd64',
  ]);
  t.same(onBookworm(await builtBy(workspace, 'latest', 'PLATFORM=linux/amd64')), ['library_1.2', 'plugin_1.1_3.2', 'tool_3.2']);
});

t.test('custom builds what its variables name', async (t) => {
  const workspace = wideWorkspace(t);

  t.same(await builtBy(workspace, 'custom', 'LIBRARY_VERSIONS=1.2', 'DEBIAN_VERSIONS=bookworm 13', 'PLATFORMS=linux/amd64'), [
    'library_1.2_debian_bookworm_linux-amd64',
    'library_1.2_debian_trixie_linux-amd64',
  ]);
  t.same(await builtBy(workspace, 'custom', 'LIBRARY_VERSIONS=latest', 'DEBIAN_VERSIONS=buster'), ['library_1.2_debian_buster_linux-amd64']);
  t.same(await builtBy(workspace, 'custom', 'LIBRARY_VERSIONS=1.2', 'DEBIAN_VERSIONS=buster', 'ROCKYLINUX_VERSIONS=8'), [
    'library_1.2_debian_buster_linux-amd64',
    'library_1.2_rockylinux_8_linux-amd64',
  ]);
  t.same(onBookworm(await builtBy(workspace, 'custom', 'PLUGIN_VERSIONS=1.1', 'TOOL_VERSIONS=3.2')), ['library_1.2', 'plugin_1.1_3.2', 'tool_3.2']);
  t.same(onBookworm(await builtBy(workspace, 'custom', 'TOOL_VERSIONS=latest')), ['library_1.2', 'tool_3.2']);
  t.match(await workspace.make(['custom', 'TOOL_VERSIONS=3.2 9.9']), { exitCode: 2, stderr: /custom: the matrix has no 9\.9/ });
  t.match(await workspace.make(['custom', 'DEBIAN_VERSIONS=woody']), { exitCode: 2, stderr: /custom: the matrix has no debian_woody/ });
});

t.test('a substituted base has a folder of its own, another layout is a change, and a missing one is told', async (t) => {
  const workspace = wideWorkspace(t);
  const target = 'library_1.2_rockylinux_8_linux-amd64';
  const path = `out/packages/substituted/${target}`;

  await workspace.make([target]);
  t.match(workspace.read(`${path}/status.json`), '"base":"substituted"');
  t.ok(workspace.exists(`${path}/library-1.2-1.el8.x86_64.rpm`));
  t.notOk(workspace.exists(`out/packages/${target}`));
  workspace.takeCalls();

  await workspace.make([target]);
  t.same(workspace.takeCalls(), []);

  workspace.write('base/index.json', '{ "other": true }');
  await workspace.make([target]);
  t.equal(workspace.takeCalls().length, 1);

  workspace.remove('base/index.json');
  t.match(await workspace.make([target]), { exitCode: 2, stderr: /BASE_rockylinux_8: there is no base\/index\.json/ });
});

t.test('finished packages also go where OUTPUT says', async (t) => {
  const workspace = wideWorkspace(t);
  const words = ['library_1.2_debian_trixie_linux-amd64', "OUTPUT=it's here"];

  await workspace.make(words);
  t.ok(workspace.exists("it's here/library_1.2-1~deb13_amd64.deb"));
  workspace.remove("it's here/library_1.2-1~deb13_amd64.deb");
  workspace.takeCalls();
  await workspace.make(words);
  t.ok(workspace.exists("it's here/library_1.2-1~deb13_amd64.deb"));
  t.same(workspace.takeCalls(), []);
});

t.test('caches and builders are named in the build', async (t) => {
  const workspace = wideWorkspace(t);
  const target = 'library_1.2_debian_trixie_linux-arm64';
  workspace.write(
    'matrix/workspace.yaml',
    `${workspace.read('matrix/workspace.yaml')}builders:\n  arm: { platforms: [linux/arm64], driver: remote, nodes: [{ endpoint: 'tcp://arm.example.org:1234' }] }\n`,
  );

  const { stdout } = await workspace.make(['-n', target, 'CACHE_FROM=type=gha,scope={target}', 'CACHE_TO=type=local,dest=c/{target}']);
  const native = workspace.read(`dockerfiles/${target}.Dockerfile`);

  t.match(stdout, `--builder 'arm'`);
  t.match(stdout, `--cache-from 'type=gha,scope=${target}' --cache-to 'type=local,dest=c/${target}'`);
  t.match(native, /^FROM base AS deps$/m);
  t.match(native, /^FROM --platform=linux\/arm64 packaging AS package$/m);
  t.match((await workspace.make(['-n', target, 'BUILDER=mine'])).stdout, `--builder 'mine'`);
});

t.test('bases are made for what the filters let through', async (t) => {
  const workspace = wideWorkspace(t);
  const made = async (...words: readonly string[]): Promise<readonly string[]> => {
    const { stdout } = await workspace.make(['-n', 'bases', ...words]);
    return [...stdout.matchAll(/^scripts\/bootstrap .* out\/bases\/(\w+?_linux-\w+)-\w+$/gm)].map(([, base = '']) => base);
  };

  t.same(await made('DISTRO=debian-12', 'PLATFORM=linux/arm64'), ['debian_bookworm_linux-arm64']);
  t.same(await made('DISTRO=debian_buster'), ['debian_buster_linux-amd64']);
  t.equal((await made()).length, 5);
});
