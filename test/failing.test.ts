import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

import t from 'tap';

import { renderProblems } from '../generator/render/problems.js';
import type { Texts } from './texts.js';
import { parseTexts, readTexts, sound } from './texts.js';

const cases = readdirSync('test/failing', { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** A case's files laid over the sound matrix, less those that it names in `without`. */
function textsOf(folder: string): Texts {
  const texts = new Map([...sound, ...readTexts(folder)]);
  const without = existsSync(`${folder}/without`) ? readFileSync(`${folder}/without`, 'utf8').trim().split('\n') : [];
  for (const name of without) if (!texts.delete(`matrix/${name}`)) throw new Error(`${folder}/without names ${name}, which is not there`);
  return texts;
}

t.match(parseTexts(sound), { ok: true }, 'the sound matrix has no problem');

for (const { name } of cases) {
  t.test(`${name} is refused with its exact message`, (t) => {
    const folder = `test/failing/${name}`;
    const parsed = parseTexts(textsOf(folder));

    const message = parsed.ok ? '' : renderProblems(parsed.problems);

    t.notOk(parsed.ok, 'there is a problem');
    if (process.env.UPDATE_GOLDEN === '1' && !parsed.ok) writeFileSync(`${folder}/error.txt`, message);
    t.equal(message, readFileSync(`${folder}/error.txt`, 'utf8'));
    t.end();
  });
}
