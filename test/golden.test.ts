import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import fastGlob from 'fast-glob';
import t from 'tap';

import { renderWorkspace } from './rendered.js';
import { readTexts } from './texts.js';

function refresh(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

for (const name of readdirSync('test/golden')) {
  const texts = readTexts(`test/golden/${name}`);
  const expected = `test/golden/${name}/expected`;

  t.test(`${name}: every generated file is, byte by byte, the expected one`, (t) => {
    const files = renderWorkspace(texts);

    if (process.env.UPDATE_GOLDEN === '1') refresh(expected, files);
    t.same([...files.keys()].sort(), fastGlob.sync('**', { cwd: expected }).sort());
    for (const [path, text] of files) t.equal(text, readFileSync(join(expected, path), 'utf8'), path);
    t.end();
  });

  t.test(`${name}: the order in which files and their digests are read changes no byte`, (t) => {
    const forwards = renderWorkspace(texts);

    const backwards = renderWorkspace(new Map([...texts].reverse()));

    t.same(new Map([...backwards].sort()), new Map([...forwards].sort()));
    t.end();
  });
}
