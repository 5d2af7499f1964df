import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What a workspace consists of beside its matrix. */
const parts = ['GNUmakefile', 'Makefile.in', 'package.json', 'package-lock.json', 'generator', 'templates', 'scripts', 'out/generator/cli.mjs'];

const distros = 20;
const platforms = 2;
const packages = 5;

/** Targets of one version of one package. */
export const targetsOfVersion = distros * platforms;

function number(index: number): string {
  return String(index + 1).padStart(2, '0');
}

function distroRow(index: number): string {
  const id = number(index);
  const lines = [
    `family: debian`,
    `format: deb`,
    `package_manager: apt`,
    `suffix: deb${id}`,
    `image: debian:${id}`,
    `bootstrap: { tool: mmdebstrap, suite: suite${id} }`,
    `end_of_life: 2030-06-30`,
    `compression: xz`,
    `platforms: [linux/amd64, linux/arm64]`,
    `cross: [linux/arm64]`,
    `libraries: { openssl: 3.0.20 }`,
  ];
  return `  debian_${id}:\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

/** A pin that differs for every text. */
export function pin(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The erlang recipe with other versions: as many settings, overrides and files as a real one has. */
function recipe(id: string, versions: number): string {
  const rows = Array.from({ length: versions }, (_, index) => `  27.${String(index)}: { source: release, sha256: ${pin(`${id} ${String(index)}`)} }\n`).join(
    '',
  );
  return readFileSync('matrix/packages/erlang.yaml', 'utf8')
    .replace(/^name: .*$/m, `name: ${id}`)
    .replace(/^versions:\n(?: .*\n)+/m, `versions:\n${rows}`)
    .replaceAll(/\b(?:debian|ubuntu|rockylinux|almalinux|centos|amazonlinux|fedora)_[a-z0-9.]+/g, `debian_${number(0)}`);
}

function createMatrix(folder: string, targets: number): void {
  mkdirSync(join(folder, 'matrix/packages'), { recursive: true });
  writeFileSync(join(folder, 'matrix/distros.yaml'), `distros:\n${Array.from({ length: distros }, (_, index) => distroRow(index)).join('')}`);
  writeFileSync(
    join(folder, 'matrix/workspace.yaml'),
    readFileSync('matrix/workspace.yaml', 'utf8').replace(/^packaging_distro: .*$/m, `packaging_distro: debian_${number(0)}`),
  );
  for (let index = 0; index < packages; index++) {
    const id = `app${number(index)}`;
    writeFileSync(join(folder, `matrix/packages/${id}.yaml`), recipe(id, targets / packages / targetsOfVersion));
    cpSync('matrix/packages/erlang', join(folder, `matrix/packages/${id}`), { recursive: true, preserveTimestamps: true });
  }
}

/** One rule of the generated makefiles that makes a file. */
export interface Rule {
  readonly file: string;
  readonly inputs: readonly string[];
  readonly orderOnly: readonly string[];
  readonly recipe: string;
}

/** A workspace of a given number of targets in a temporary folder: real Makefile, templates and generator, invented matrix. */
export class Workspace {
  readonly folder: string;

  constructor(readonly targets: number) {
    this.folder = mkdtempSync(join(tmpdir(), 'packmill-bench-'));
    for (const part of parts) cpSync(part, join(this.folder, part), { recursive: true, preserveTimestamps: true });
    symlinkSync(join(process.cwd(), 'node_modules'), join(this.folder, 'node_modules'));
    mkdirSync(join(this.folder, 'dockerfiles'));
    createMatrix(this.folder, targets);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  edit(path: string, from: string | RegExp, to: string): void {
    const text = readFileSync(join(this.folder, path), 'utf8');
    const edited = text.replace(from, to);
    if (edited === text) throw new Error(`${path} does not have ${String(from)}`);
    this.write(path, edited);
  }

  /** Gives every file of the matrix the present date. */
  touchMatrix(): void {
    const now = new Date();
    const folder = join(this.folder, 'matrix');
    for (const path of readdirSync(folder, { recursive: true })) utimesSync(join(folder, String(path)), now, now);
  }

  /** When each Dockerfile was last written. */
  dockerfileDates(): ReadonlyMap<string, number> {
    const folder = join(this.folder, 'dockerfiles');
    return new Map(readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mtimeMs]));
  }

  /** Every rule for a file that the generated makefiles hold. */
  rules(): readonly Rule[] {
    const folder = join(this.folder, 'out/rules');
    const words = (text = ''): readonly string[] => text.split(' ').filter((word) => word !== '' && !word.startsWith('$('));
    return readdirSync(folder)
      .filter((name) => name.endsWith('.mk'))
      .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/^(out\/\S+):([^|\n]*)(?:\|(.*))?\n\t(.*)$/gm)])
      .map(([, file = '', inputs, orderOnly, line = '']) => ({ file, inputs: words(inputs), orderOnly: words(orderOnly), recipe: line }));
  }

  /** Pretends that everything is built: every file that a rule makes exists, and is newer than its Dockerfile. */
  pretendBuilt(): void {
    for (const { file } of this.rules()) this.write(file, '');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
