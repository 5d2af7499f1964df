import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';
import type { Test } from 'tap';

import { editFile } from '../edit.js';

/** What a run of make gave. */
export interface Ran {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Files that a workspace consists of beside its matrix. */
const parts = ['GNUmakefile', 'Makefile.in', 'package.json', 'package-lock.json', 'generator', 'templates', 'scripts'];

/**
 * A docker client that keeps a journal of its calls and "builds" at once: it writes what the real one would export.
 * FAIL=step makes that step a package fault, FAIL=engine an engine that is gone, FAIL=empty an export without a package; ONLY=text for the
 * calls alone that have the text in them.
 */
const dockerClient = `#!/bin/bash
set -eu
echo "docker $*" >>"$CALLS"
if [[ "$*" == *buildx\\ version* || "$*" == *buildx\\ inspect* ]]; then echo 'Status: running'; exit; fi
if [[ -n \${ONLY:-} && "$*" != *"$ONLY"* ]]; then FAIL=; fi
if [[ $FAIL == engine ]]; then echo 'ERROR: cannot reach the engine' >&2; exit 1; fi
dest= file=
while [[ $# -gt 0 ]]; do
  case $1 in
    *dest=*) dest=\${1##*dest=} ;;
    --file) file=$2 ;;
  esac
  shift
done
mkdir -p "$dest"
if [[ $file == */upgrade-* ]]; then
  for trial in $(sed -n 's/^# trial: \\([^:]*\\):.*/\\1/p' "$file"); do
    mkdir -p "$dest/$trial/logs"
    echo "error: it is gone" >"$dest/$trial/logs/$trial.log"
    if [[ $FAIL == "$trial" ]]; then echo "$trial 3" >"$dest/$trial/failed"; else echo "$trial 1 2" >"$dest/$trial/steps"; fi
  done
  exit
fi
if [[ $file != dockerfiles/* ]]; then echo '{}' >"$dest/index.json"; exit; fi
mkdir -p "$dest/logs" "$dest/artifacts"
sleep "\${SLOW:-0}"
for step in $(sed -n 's/^FROM .* AS //p' "$file" | grep -vxE "export|native-.*"); do
  if [[ $FAIL == "$step" ]]; then
    echo "$step 2" >"$dest/failed"
    echo "error: it does not compile" >"$dest/logs/$step.log"
    rmdir "$dest/artifacts"
    exit
  fi
  echo "$step 1 -" >>"$dest/steps"
done
[[ $FAIL == empty ]] || sha256sum <"$file" >"$dest/artifacts/$(sed -n 's/.*"--package", "\\([^"]*\\)".*/\\1/p' "$file")"
`;

const fetchProgram = `#!/bin/bash
set -eu
while [[ $1 == --* ]]; do [[ $1 == --mirror ]] && shift; shift; done
mkdir -p "\${2%/*}"; echo source >"$2"; echo "fetch $3" >>"$CALLS"
`;

const bootstrapProgram = `#!/bin/bash
set -eu
for folder; do :; done
mkdir -p "$folder"; echo '{}' >"$folder/index.json"; echo "bootstrap $folder" >>"$CALLS"
`;

/** A workspace in a temporary folder, with real make and generator, and stand-ins for the programs that need an engine or a network. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), 'packmill-make-'));
  private readonly calls = join(this.folder, 'calls');

  constructor(t: Test, matrix = 'test/make/matrix') {
    for (const part of parts) cpSync(part, join(this.folder, part), { recursive: true, preserveTimestamps: true });
    cpSync(matrix, join(this.folder, 'matrix'), { recursive: true });
    for (const folder of ['out/generator', 'dockerfiles', 'bin']) mkdirSync(join(this.folder, folder), { recursive: true });
    symlinkSync(join(process.cwd(), 'node_modules'), join(this.folder, 'node_modules'));
    cpSync('out/generator/cli.mjs', join(this.folder, 'out/generator/cli.mjs'));
    this.program('bin/docker', dockerClient);
    this.program('scripts/fetch', fetchProgram);
    this.program('scripts/bootstrap', bootstrapProgram);
    t.teardown(() => {
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  program(path: string, text: string): void {
    this.write(path, text);
    chmodSync(join(this.folder, path), 0o755);
  }

  write(path: string, text: string): void {
    mkdirSync(join(this.folder, path, '..'), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  remove(path: string): void {
    rmSync(join(this.folder, path));
  }

  exists(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  edit(path: string, from: string, to: string): void {
    editFile(join(this.folder, path), from, to);
  }

  touch(path: string, seconds: number): void {
    const date = new Date(Date.now() + seconds * 1000);
    utimesSync(join(this.folder, path), date, date);
  }

  /** Runs make; gives its result and forgets nothing of what it called. */
  async make(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return this.run('make', args, env);
  }

  /** Runs a shell command on a terminal of this many columns; standard output has all that comes to it. */
  async onTerminal(command: string, env: Readonly<Record<string, string>> = {}, columns = 300): Promise<Ran> {
    return this.run('script', ['-qec', `stty cols ${String(columns)} rows 24; ${command}`, '/dev/null'], { TERM: 'xterm', ...env });
  }

  private async run(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
    const result = await execa(program, [...args], {
      cwd: this.folder,
      reject: false,
      timeout: 60_000,
      extendEnv: false,
      env: { SHLVL: '1', PATH: `${this.folder}/bin:${process.env.PATH ?? ''}`, HOME: this.folder, CALLS: this.calls, FAIL: '', ...env },
    });
    return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr };
  }

  /** What the stand-ins were asked to do since the last look. */
  takeCalls(): readonly string[] {
    if (!existsSync(this.calls)) return [];
    const lines = readFileSync(this.calls, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    rmSync(this.calls);
    return lines;
  }

  /** Targets that docker was asked to build since the last look. */
  takeBuilds(): readonly string[] {
    return this.takeCalls()
      .flatMap((call) => /dockerfiles\/(\S+)\.Dockerfile/.exec(call)?.[1] ?? [])
      .sort();
  }
}
