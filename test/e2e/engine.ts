import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';
import type { Test } from 'tap';

import { editFile } from '../edit.js';

/** What a run of make gave; output is both streams as a person would see them. */
export interface Ran {
  readonly exitCode: number | undefined;
  readonly output: string;
}

const root = process.cwd();

/** Runs make in a folder with the real engine. */
export async function make(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const result = await execa('make', [...args], { cwd: folder, reject: false, all: true, env, stdin: 'ignore' });
  return { exitCode: result.exitCode, output: result.all };
}

/** Runs make in this project itself, as its users do, with a docker client that notes its calls. */
export async function makeHere(args: readonly string[]): Promise<Ran & { readonly calls: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'packmill-calls-'));
  const calls = join(folder, 'calls');
  const docker = join(folder, 'docker');
  writeFileSync(docker, `#!/bin/bash\necho "$*" >>${calls}\nexec docker "$@"\n`, { mode: 0o755 });
  const ran = await make(root, [...args, `DOCKER=${docker}`]);
  const lines = existsSync(calls)
    ? readFileSync(calls, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];
  rmSync(folder, { recursive: true });
  return { ...ran, calls: lines };
}

/** One field of a package. */
export async function debField(path: string, field: string): Promise<string> {
  return (await execa('dpkg-deb', ['--field', path, field])).stdout;
}

/** A second workspace in a temporary folder. Bases, images and sources are shared with this one: they are kept by content. */
export class Elsewhere {
  readonly folder = mkdtempSync(join(tmpdir(), 'packmill-e2e-'));

  constructor(t: Test, matrix: string) {
    for (const part of ['GNUmakefile', 'Makefile.in', 'package.json', 'package-lock.json', 'generator', 'templates', 'scripts']) {
      cpSync(join(root, part), join(this.folder, part), { recursive: true, preserveTimestamps: true });
    }
    cpSync(join(root, matrix), join(this.folder, 'matrix'), { recursive: true });
    mkdirSync(join(this.folder, 'dockerfiles'));
    mkdirSync(join(this.folder, 'out'));
    cpSync(join(root, 'out/generator'), join(this.folder, 'out/generator'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
    for (const shared of ['bases', 'images', 'sources']) {
      mkdirSync(join(root, 'out', shared), { recursive: true });
      symlinkSync(join(root, 'out', shared), join(this.folder, 'out', shared));
    }
    t.teardown(() => {
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  path(path: string): string {
    return join(this.folder, path);
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  write(path: string, text: string): void {
    mkdirSync(join(this.path(path), '..'), { recursive: true });
    writeFileSync(this.path(path), text, { mode: 0o755 });
  }

  edit(path: string, from: string, to: string): void {
    editFile(this.path(path), from, to);
  }

  async make(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return make(this.folder, args, env);
  }
}
