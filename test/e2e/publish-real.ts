import { cpSync, existsSync, readFileSync } from 'node:fs';

import type { Test } from 'tap';

import { Elsewhere, make, makeHere } from './engine.js';
import { commandsFor, freePort, Machine } from './machine.js';

const hello = 'hello_2.10_debian_bookworm_linux-amd64';
const trixie = 'hello_2.10_debian_trixie_linux-amd64';
const erlang = 'erlang_27.3.4.1_debian_bookworm_linux-amd64';
const enterprise = ['erlang_27.3.4.1_rockylinux_8_linux-amd64', 'hello_2.10_rockylinux_8_linux-amd64'] as const;

/** The clean base that a target was built on. */
function baseOf(workspace: Elsewhere, target: string): string {
  const own = `out/packages/${target}/Dockerfile`;
  const path = existsSync(workspace.path(own)) ? own : `out/packages/substituted/${target}/Dockerfile`;
  return workspace.path(/^# base: (?:oci-layout:\/\/)?(\S+)/m.exec(workspace.read(path))?.[1] ?? '');
}

/** The matrix as it is, with the packages that are built here, or that the build makes now. */
async function publishedWorkspace(
  t: Test,
  debians: readonly string[],
): Promise<{ readonly workspace: Elsewhere; readonly standin: string; readonly port: number }> {
  const standin = (await make(process.cwd(), ['-s', 'el-standin'])).output.trim().split('\n').at(-1) ?? '';
  const built = await makeHere([...debians, ...enterprise, standin]);
  if (built.exitCode !== 0) throw new Error(built.output);
  const workspace = new Elsewhere(t, 'matrix');
  for (const target of [...debians, ...enterprise.map((name) => `substituted/${name}`)])
    cpSync(`out/packages/${target}`, workspace.path(`out/packages/${target}`), { recursive: true, preserveTimestamps: true });
  const port = await freePort();
  workspace.write('matrix/workspace.yaml', `${workspace.read('matrix/workspace.yaml')}\npublishing: { address: 'http://127.0.0.1:${String(port)}' }\n`);
  return { workspace, standin, port };
}

/** Makes, and gives the output; a failure is one of the test. */
async function run(workspace: Elsewhere, ...words: readonly string[]): Promise<string> {
  const ran = await workspace.make(words);
  if (ran.exitCode !== 0) throw new Error(`make ${words.join(' ')}: ${ran.output}`);
  return ran.output;
}

/**
 * Publishes Erlang and hello for Debian and for the stand-in, installs them with apt and dnf on clean systems, upgrades and goes back.
 * Erlang for a second Debian release is one compilation more: it comes along where `erlangs` is 2.
 */
export async function publishReal(t: Test, erlangs: 1 | 2): Promise<void> {
  const debians = [hello, trixie, erlang, ...(erlangs === 2 ? [erlang.replace('bookworm', 'trixie')] : [])];
  const { workspace, standin, port } = await publishedWorkspace(t, debians);
  await run(workspace, 'key');
  await run(workspace, 'publish');
  await run(workspace, 'promote', 'FROM=testing', 'TO=stable');
  const first = readFileSync(workspace.path('out/repository/journal'), 'utf8').trim().split('\n').at(-1)?.split(' ')[1] ?? '';
  const page = workspace.read('out/repository/served/index.html');

  const web = await Machine.start(t, baseOf(workspace, hello), workspace.path('out/repository'));
  const site = `server { listen 127.0.0.1:${String(port)}; location / { root /mnt/served; } }`;
  await web.run(`apt-get -qq update && apt-get -qq install nginx-light >/dev/null && echo '${site}' >/etc/nginx/sites-enabled/default && nginx`);

  // What a package recommends comes along in the target's own installation test: for Erlang a desktop's libraries, which take minutes.
  const lean = `echo 'APT::Install-Recommends "false";' >/etc/apt/apt.conf.d/lean`;
  const debian = await Machine.start(t, baseOf(workspace, hello), workspace.path('matrix'));
  await debian.run(lean);
  const release = `erl -noshell -eval 'io:put_chars(erlang:system_info(otp_release)), halt().'`;
  await debian.run(commandsFor(page, 'bookworm-erlang-27'));
  t.match(await debian.run(release), /27$/);
  await debian.run(commandsFor(page, 'bookworm-hello-2'));
  t.match(await debian.run('hello'), 'Hello, world!');
  const other = await Machine.start(t, baseOf(workspace, trixie), workspace.path('matrix'));
  await other.run(lean);
  if (erlangs === 2) {
    await other.run(commandsFor(page, 'trixie-erlang-27'));
    t.match(await other.run(release), /27$/);
  }
  await other.run(commandsFor(page, 'trixie-hello-2'));
  t.match(await other.run('hello'), 'Hello, world!');
  const rocky = await Machine.start(t, baseOf(workspace, enterprise[0]), workspace.path('matrix'));
  await rocky.run(commandsFor(page, 'erlang-27-substituted'));
  t.match(await rocky.run(`erl -noshell -eval '{ok, _} = application:ensure_all_started(crypto), io:put_chars("up"), halt().'`), /up$/);
  await rocky.run(commandsFor(page, 'hello-2-substituted'));

  await run(workspace, hello, enterprise[1], standin, 'ITERATION=2');
  await run(workspace, 'publish', 'ITERATION=2');
  await run(workspace, 'promote', 'FROM=testing', 'TO=stable', 'ITERATION=2');
  await debian.run('apt-get update && apt-get install -y --only-upgrade hello');
  t.match(await debian.run("dpkg-query -W -f '${Version}' hello"), '2.10-2~deb12');
  await rocky.run('dnf upgrade -y --refresh hello');
  t.match(await rocky.run('rpm -q hello'), 'hello-2.10-2.el8.x86_64');

  await run(workspace, 'rollback', 'CHANNEL=stable', `TO=${first}`, 'ITERATION=2');
  await run(workspace, 'rollback', 'CHANNEL=substituted', `TO=${first}`, 'ITERATION=2');
  t.match(await debian.run('apt-get update >/dev/null && apt-cache madison hello'), /2\.10-1~deb12.*127\.0\.0\.1/);
  await debian.run('apt-get install -y --allow-downgrades hello=2.10-1~deb12');
  t.match(await debian.run("dpkg-query -W -f '${Version}' hello"), '2.10-1~deb12');
  await rocky.run('dnf downgrade -y --refresh hello');
  t.match(await rocky.run('rpm -q hello'), 'hello-2.10-1.el8.x86_64');
}
