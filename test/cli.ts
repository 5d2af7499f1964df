import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { buildSync } from 'esbuild';
import { execa } from 'execa';
import fastGlob from 'fast-glob';
import type { Test } from 'tap';

import { editFile } from './edit.js';

export interface Ran {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const scripts = ['build', 'smoke', 'stage', 'install-test'];
const program = join(mkdtempSync(join(tmpdir(), 'packmill-cli-')), 'cli.mjs');
process.on('exit', () => {
  rmSync(dirname(program), { recursive: true });
});

/** A copy of the generator of its own, bundled as `npm run build` does, so that tests beside each other never meet. */
buildSync({
  entryPoints: ['generator/cli.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile: program,
  logLevel: 'warning',
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
});

/** A workspace in a temporary folder, with the real templates, and the generator as a process. */
export class CliWorkspace {
  readonly folder = mkdtempSync(join(tmpdir(), 'packmill-workspace-'));

  constructor(t: Test, matrix = 'test/sound/matrix') {
    for (const part of ['templates', 'Makefile.in', 'scripts/bootstrap']) cpSync(part, join(this.folder, part), { recursive: true });
    cpSync(matrix, join(this.folder, 'matrix'), { recursive: true });
    for (const script of scripts) this.write(`matrix/packages/hello/${script}`, '#!/bin/sh\n');
    t.teardown(() => {
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  async run(...args: readonly string[]): Promise<Ran> {
    return this.runWith({}, ...args);
  }

  async runWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ran> {
    const { exitCode, stdout, stderr } = await execa('node', [program, ...args], {
      cwd: this.folder,
      env,
      reject: false,
      timeout: 60_000,
      stripFinalNewline: false,
    });
    return { exitCode, stdout, stderr };
  }

  /** Standard output goes to a reader, a shell command; the exit status is the generator's. */
  async runInto(reader: string, ...args: readonly string[]): Promise<Ran> {
    const piped = `node "$0" "$@" | { ${reader}; }; exit "\${PIPESTATUS[0]}"`;
    const { exitCode, stdout, stderr } = await execa('bash', ['-c', piped, program, ...args], { cwd: this.folder, reject: false, timeout: 60_000 });
    return { exitCode, stdout, stderr };
  }

  /** Starts the generator and kills it, unless it was faster. */
  async kill(milliseconds: number, ...args: readonly string[]): Promise<void> {
    await execa('node', [program, ...args], { cwd: this.folder, reject: false, timeout: milliseconds, killSignal: 'SIGKILL' });
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  edit(path: string, from: string, to: string): void {
    editFile(join(this.folder, path), from, to);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  exists(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  link(path: string, to: string): void {
    symlinkSync(to, join(this.folder, path));
  }

  remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true });
  }

  /** Identity, date and size of every file outside matrix/ and templates/, by path. */
  stamps(): ReadonlyMap<string, string> {
    const paths = fastGlob.sync(['*', 'dockerfiles/**', 'out/**'], { cwd: this.folder }).sort();
    return new Map(
      paths.map((path) => {
        const { ino, mtimeMs, size } = statSync(join(this.folder, path));
        return [path, `${String(ino)} ${String(mtimeMs)} ${String(size)}`];
      }),
    );
  }
}
