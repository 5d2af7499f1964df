import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { CliWorkspace } from './cli.js';

/** A target as `packmill list --json` tells of it. */
interface Listed {
  readonly target: string;
  readonly artifact: string;
}

/** How large an invented matrix is: packages × versions × distros × platforms. */
export interface Size {
  readonly packages: number;
  readonly versions: number;
  readonly distros: number;
}

const platforms = ['linux/amd64', 'linux/arm64', 'linux/386', 'linux/arm/v7'];
const releases = ['bullseye', 'bookworm', 'trixie', 'focal', 'jammy', 'noble', 'oracular', 'plucky', 'buster', 'stretch'];
const packages = ['erlang', 'elixir', 'mongooseim', 'rabbitmq', 'ejabberd', 'vernemq', 'riak', 'couchdb'];

function distroRow(release: string, index: number): string {
  return `  debian_${release}: { family: debian, format: deb, package_manager: apt, suffix: deb${String(index)}, image: 'debian:${release}', bootstrap: { tool: mmdebstrap, suite: ${release} }, end_of_life: 2030-06-30, compression: xz, platforms: [${platforms.join(', ')}], cross: [linux/arm64], libraries: { openssl: 3.0.20 } }\n`;
}

/** A matrix of a given size, whose newest versions are excluded on one platform. */
export function inventMatrix(workspace: CliWorkspace, { packages: count, versions, distros }: Size): void {
  const recipe = workspace.read('matrix/packages/hello.yaml');
  workspace.write(
    'matrix/distros.yaml',
    `distros:\n${releases
      .slice(0, distros)
      .map((release, index) => distroRow(release, index + 1))
      .join('')}`,
  );
  workspace.edit('matrix/workspace.yaml', 'debian_bookworm', `debian_${releases[0] ?? ''}`);
  workspace.remove('matrix/packages/hello.yaml');
  for (const id of packages.slice(0, count)) {
    const rows = Array.from({ length: versions }, (_, index) => `  27.${String(index)}: { source: release, sha256: ${'1'.repeat(64)} }\n`).join('');
    const exclude = `exclude:\n  - when: { platform: linux/386, version: '>=27.${String(versions - 3)}' }\n    reason: upstream supports 32-bit x86 no more\n`;
    workspace.write(
      `matrix/packages/${id}.yaml`,
      recipe.replace(/^name: .*$/m, `name: ${id}`).replace(/^versions:\n(?: .*\n)+/m, `versions:\n${rows}`) + exclude,
    );
    for (const script of ['build', 'smoke', 'stage', 'install-test']) workspace.write(`matrix/packages/${id}/${script}`, '#!/bin/sh\n');
  }
}

const start = Date.UTC(2026, 8, 1, 2) / 1000;

/** A number from 0 to 99 that looks random and is the same in every run. */
function chance(text: string): number {
  return (createHash('sha256').update(text).digest().readUInt32BE() % 1000) / 10;
}

function stampOf(seconds: number, process: number): string {
  return `${new Date(seconds * 1000).toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${String(process)}`;
}

function runId(number: number): string {
  return `${String(number + 1).padStart(6, '0')}-${stampOf(start + number * 86_400, 0).split('-')[0] ?? ''}`;
}

/** What `docker buildx build --progress=plain` prints. */
export function buildLog(failed: boolean): string {
  const steps = ['deps', 'unpack', 'build', 'smoke', 'stage', 'package', 'install-test'];
  const lines = steps.flatMap((step, index) => {
    const id = `#${String(index + 9)}`;
    const fault =
      failed && step === 'build'
        ? [`${id} 61.20 hello.c:12:3: error: implicit declaration of function 'gets'`, `${id} 61.90 step build: package fault: exit status 2`]
        : [];
    return [
      `${id} [${step} 1/1] RUN ["/steps/step", "${step}"]`,
      `${id} 0.300 + ./${step} --with <angle> & ampersand`,
      ...fault,
      step === 'deps' ? `${id} CACHED` : `${id} DONE ${String(index * 7 + 1)}.4s`,
      '',
    ];
  });
  return lines.join('\n');
}

const stepLog = `${Array.from({ length: 300 }, (_, index) => `  CC src/part${String(index)}.o -Werror -o build/part${String(index)}.o`).join('\n')}
hello.c:12:3: error: implicit declaration of function 'gets' [-Werror=implicit-function-declaration]
   12 |   gets(line);
      |   ^~~~
cc1: all warnings being treated as errors
make[2]: *** [Makefile:1711: src/hello.o] Error 1
make[1]: *** [Makefile:1300: all-recursive] Error 1
`;

/** Writes attempts, packages and runs as a matrix leaves them that was built nightly: most is tested, some fails, some waits, some was never tried. */
export class Past {
  private readonly dues = new Map<number, string[]>();
  private count = 0;

  constructor(
    private readonly folder: string,
    private readonly nights: number,
  ) {}

  private write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** One attempt of a target in a night; gives its name and status. */
  private attempt(
    target: string,
    night: number,
    result: 'built' | 'failed',
    fault: 'none' | 'package' | 'infrastructure',
    previous: string | undefined,
  ): readonly [string, string] {
    const seconds = 20 + Math.round(chance(`${target} ${String(night)}`) * 3);
    const due = this.dues.get(night) ?? [];
    this.dues.set(night, [...due, target]);
    const started = start + night * 86_400 + Math.floor(due.length / 3) * 190;
    const stamp = stampOf(started, ++this.count + 10_000_000);
    const folder = `out/attempts/${target}/${stamp}`;
    const dockerfile = createHash('sha256')
      .update(readFileSync(join(this.folder, `dockerfiles/${target}.Dockerfile`)))
      .digest('hex');
    const status = JSON.stringify({
      ...{
        target,
        base: 'own',
        result,
        fault,
        step: fault === 'none' ? '' : 'build',
        reason: fault === 'package' ? 'exit status 2' : fault === 'none' ? '' : 'docker exited with 1',
      },
      ...{ started, seconds, dockerfile, builder: due.length % 3 === 0 ? '' : 'fast', run: runId(night), log: `${folder}/build.log` },
      ...(result === 'built' ? { sha256: createHash('sha256').update(stamp).digest('hex') } : {}),
    });
    this.write(`${folder}/build.log`, buildLog(fault === 'package'));
    if (fault === 'package') this.write(`${folder}/logs/build.log`, stepLog);
    if (previous !== undefined) this.write(`${folder}/previous`, `${previous}\n`);
    this.write(`${folder}/status.json`, status);
    return [stamp, status];
  }

  /** Puts a package where the last attempt left it; `isOld` when its Dockerfile was another one than now. */
  private package({ target, artifact }: Listed, status: string, isOld: boolean): void {
    const folder = dirname(artifact);
    const now = readFileSync(join(this.folder, `dockerfiles/${target}.Dockerfile`), 'utf8');
    const kept = isOld ? now.replace('--prefix=/usr', '--prefix=/opt').replace(/sha256:\w{8}/, 'sha256:01234567') : now;
    const dockerfile = createHash('sha256').update(kept).digest('hex');
    this.write(artifact, 'package');
    this.write(`${folder}/status.json`, JSON.stringify({ ...(JSON.parse(status) as object), dockerfile }));
    this.write(`${folder}/Dockerfile`, kept);
  }

  /** The past of one target, which ends in its state now. */
  private target(one: Listed): void {
    const name = one.target;
    const luck = chance(name);
    if (luck > 92) return;
    const first = Math.floor((chance(`${name} night`) / 100) * (this.nights - 3));
    const outcomes = luck < 4 ? (['built', 'failed', 'failed'] as const) : luck < 12 ? (['failed', 'built'] as const) : (['built'] as const);
    let last: readonly [string, string] | undefined;
    outcomes.forEach((result, index) => {
      last = this.attempt(name, first + index, result, result === 'built' ? 'none' : 'package', last?.[0]);
      if (result === 'built') this.package(one, last[1], outcomes.length === 3);
    });
    if (luck > 90) last = this.attempt(name, this.nights - 1, 'failed', 'infrastructure', last?.[0]);
    if (last) symlinkSync(last[0], join(this.folder, `out/attempts/${name}/last`));
  }

  private run(night: number): void {
    const id = runId(night);
    const due = this.dues.get(night) ?? [];
    const step = (name: string, seconds: number, status = 0): object => ({ name, status, seconds, said: `${name} is through` });
    const steps = [step('bump', 3), step('generate', 2), step('build', due.length * 60, due.length % 2), step('publish', 12)];
    this.write(
      `out/runs/${id}/run.json`,
      JSON.stringify({
        id,
        asked: '',
        started: start + night * 86_400,
        process: 1,
        ...(night === this.nights - 1 ? {} : { seconds: due.length * 60 + 20 }),
        steps,
      }),
    );
    const held = due.slice(0, 3).map((target) => ({ target, attempt: 'x', failures: 2, night: 1, nights: 2 }));
    this.write(`out/runs/${id}/build.json`, JSON.stringify({ due, held, left: due.slice(-2), blocked: [{ target: due[0] ?? 'none', by: 'out/bases/none' }] }));
    this.write(`out/runs/${id}/build.log`, 'made\n');
  }

  /** Writes all of it. */
  async invent(workspace: CliWorkspace): Promise<void> {
    const { stdout } = await workspace.run('list', '--json');
    for (const target of JSON.parse(stdout) as Listed[]) this.target(target);
    for (let night = 0; night < this.nights; night++) this.run(night);
  }
}
