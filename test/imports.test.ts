import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

import fastGlob from 'fast-glob';
import t from 'tap';

/** Rooms that each room may import from, beside its own. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  model: [],
  plan: ['model'],
  render: ['model', 'plan'],
  io: ['model'],
  commands: ['model', 'plan', 'render', 'io'],
  '.': ['commands', 'io'],
};

/** Modules that touch the disk, other processes, the clock or the network. */
const effects = /^(node:(fs|child_process|http|https|net|os|process|timers)(\/.*)?|execa|fast-glob|esbuild)$/;

const pure = ['model', 'plan', 'render'];

/** What a file imports, by static and by dynamic import. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map(([, name]) => name ?? '');
}

/** The room of a file: a folder inside a room belongs to it. */
function roomOf(path: string): string {
  return posix.relative('generator', posix.dirname(path)).split('/')[0] || '.';
}

const files = fastGlob.sync('generator/**/*.ts').sort();

t.test('a room imports only from the rooms before it', (t) => {
  t.ok(files.length > 30);
  for (const file of files) {
    const room = roomOf(file);
    for (const name of importsOf(file).filter((imported) => imported.startsWith('.'))) {
      const target = roomOf(posix.join(posix.dirname(file), name));

      t.ok(target === room || allowed[room]?.includes(target), `${file} imports ${name}`);
    }
  }
  t.end();
});

t.test('everything between reading and writing is pure', (t) => {
  for (const file of files.filter((path) => pure.includes(roomOf(path)))) {
    const text = readFileSync(file, 'utf8');

    t.same(
      importsOf(file).filter((name) => effects.test(name)),
      [],
      file,
    );
    t.notMatch(text, /\bprocess\.|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bfetch\(/, file);
  }
  t.end();
});

t.test('names and paths of the outside are spelled in plan/names.ts alone', (t) => {
  for (const file of files
    .filter((path) => path.startsWith('generator/render/') || path.startsWith('generator/plan/'))
    .filter((path) => path !== 'generator/plan/names.ts')) {
    t.notMatch(readFileSync(file, 'utf8'), /[`']out\//, file);
  }
  t.end();
});
