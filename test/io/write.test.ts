import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import t from 'tap';
import type { Test } from 'tap';

import type { Difference } from '../../generator/io/write.js';
import { compareFiles, findCurrent, isUnchanged, manifestPath, replaceFile, writeFiles } from '../../generator/io/write.js';

const home = process.cwd();

/** Works in an empty folder, as the generator works in its workspace. */
function enter(t: Test): void {
  const folder = mkdtempSync(join(tmpdir(), 'packmill-write-'));
  process.chdir(folder);
  t.teardown(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });
}

function files(...names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [name, `text of ${name}\n`]));
}

/** Writes files whose keys are their texts, as a run does that renders everything. */
function write(texts: ReadonlyMap<string, string>, inputs: string): readonly Difference[] {
  return writeFiles(texts, { inputs, keys: texts, current: new Set() });
}

function identity(path: string): string {
  const { ino, mtimeMs } = statSync(path);
  return `${String(ino)} ${String(mtimeMs)}`;
}

t.test('only what differs is written', (t) => {
  enter(t);
  write(files('a', 'b', 'c'), '1');
  const before = identity('a');
  writeFileSync('b', 'edited');
  rmSync('c');

  const differences = write(files('a', 'b', 'c'), '1');

  t.same(differences, [
    { path: 'b', kind: 'changed' },
    { path: 'c', kind: 'missing' },
  ]);
  t.equal(identity('a'), before);
  t.same(readdirSync('.').sort(), ['a', 'b', 'c', 'out'], 'no temporary file is left');
  t.end();
});

t.test('only what was once written is pruned', (t) => {
  enter(t);
  writeFileSync('mine', 'mine');
  write(files('a', 'b'), '1');

  const differences = write(files('a'), '2');

  t.same(differences, [{ path: 'b', kind: 'stale' }]);
  t.same(readdirSync('.').sort(), ['a', 'mine', 'out']);
  t.end();
});

t.test('comparing writes nothing', (t) => {
  enter(t);
  write(files('a', 'b'), '1');
  writeFileSync('a', 'edited');

  const differences = compareFiles(files('a', 'c'));

  t.same(differences, [
    { path: 'a', kind: 'changed' },
    { path: 'b', kind: 'stale' },
    { path: 'c', kind: 'missing' },
  ]);
  t.same(readdirSync('.').sort(), ['a', 'b', 'out']);
  t.end();
});

t.test('nothing is unchanged once an input or a file is another', (t) => {
  enter(t);
  t.notOk(isUnchanged('1'), 'before the first write');
  write(files('a', 'b'), '1');
  t.ok(isUnchanged('1'));

  t.notOk(isUnchanged('2'), 'other inputs');
  writeFileSync('a', 'edited');
  t.notOk(isUnchanged('1'), 'an edited file');
  write(files('a', 'b'), '1');
  rmSync('b');
  t.notOk(isUnchanged('1'), 'a missing file');
  t.end();
});

for (const [title, damage] of [
  [
    'cut off',
    (): void => {
      truncateSync(manifestPath, 20);
    },
  ],
  [
    'empty',
    (): void => {
      truncateSync(manifestPath, 0);
    },
  ],
  [
    'missing',
    (): void => {
      rmSync(manifestPath);
    },
  ],
  [
    'not a manifest',
    (): void => {
      writeFileSync(manifestPath, 'null');
    },
  ],
] as const) {
  t.test(`a manifest that is ${title} makes everything be looked at again`, (t) => {
    enter(t);
    write(files('a', 'b'), '1');
    writeFileSync('b', 'edited');
    damage();

    t.notOk(isUnchanged('1'));
    t.same(write(files('a', 'b'), '1'), [{ path: 'b', kind: 'changed' }]);
    t.ok(isUnchanged('1'));
    t.end();
  });
}

t.test('a run that dies half-way is neither taken for a whole one nor forgotten', (t) => {
  enter(t);
  write(files('a', 'old'), '1');
  writeFileSync('c', 'a file where a folder is wanted');

  t.throws(() => write(files('a', 'b', 'c/d'), '2'));

  t.notOk(isUnchanged('2'));
  t.notOk(isUnchanged('1'));
  rmSync('c');
  t.same(write(files('a'), '3'), [
    { path: 'b', kind: 'stale' },
    { path: 'old', kind: 'stale' },
  ]);
  t.same(readdirSync('.').sort(), ['a', 'out']);
  t.end();
});

t.test('a file is current when its key and its stamp are those of the last write', (t) => {
  enter(t);
  write(files('a', 'b', 'c'), '1');
  writeFileSync('b', 'edited');

  const current = findCurrent(new Map([...files('a', 'b', 'new'), ['c', 'another key']]));

  t.same([...current], ['a']);
  t.end();
});

t.test('current files are neither rendered, nor written, nor pruned', (t) => {
  enter(t);
  write(files('a', 'b'), '1');
  const before = identity('a');

  const differences = writeFiles(files('b', 'c'), { inputs: '2', keys: files('a', 'b', 'c'), current: new Set(['a']) });

  t.same(differences, [{ path: 'c', kind: 'missing' }]);
  t.equal(identity('a'), before);
  t.ok(isUnchanged('2'));
  t.same([...findCurrent(files('a', 'b', 'c'))], ['a', 'b', 'c']);
  t.end();
});

t.test('a file is replaced in one step', (t) => {
  enter(t);
  replaceFile('deep/er/a', 'one');
  const before = statSync('deep/er/a').ino;

  replaceFile('deep/er/a', 'two');

  t.not(statSync('deep/er/a').ino, before);
  t.equal(readFileSync('deep/er/a', 'utf8'), 'two');
  t.same(readdirSync('deep/er'), ['a']);
  t.end();
});
