import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';
import t from 'tap';
import { isMap, isScalar, parseDocument } from 'yaml';

import { addVersion } from '../../generator/model/add-version.js';
import { compareVersions } from '../../generator/model/version.js';
import { parseYaml } from '../../generator/model/yaml.js';
import type { PackageText } from './package-texts.js';
import { packageTexts } from './package-texts.js';

interface Data {
  readonly versions: Readonly<Record<string, unknown>>;
}

const row = { source: 'archive', sha256: 'a1' };

function add({ text, version }: PackageText): string {
  const added = addVersion('x.yaml', text, version, row);
  return added.ok ? added.value : '';
}

/** Files, the same in every run, or others with SEED=; each with the text that it becomes. */
const samples = fc
  .sample(packageTexts, { numRuns: 1500, seed: Number(process.env.SEED ?? 1) })
  .map((sample) => ({ ...sample, before: sample.text, after: add(sample) }));

function dataOf(text: string): Data {
  const parsed = parseYaml('x.yaml', text);
  return parsed.ok ? (parsed.value.data as Data) : { versions: {} };
}

function versionsOf(text: string): readonly string[] {
  const map = parseDocument(text, { stringKeys: true }).get('versions');
  return isMap(map) ? map.items.map(({ key }) => (isScalar<string>(key) ? key.value : '')) : [];
}

/** Whether a line is another one as it was, but for the comma that a row gets when one comes behind it. */
function isKept(line: string, old: string | undefined): boolean {
  return old !== undefined && [old, old.replace(/(\}|\*model)(\s*(#.*)?)$/, '$1,$2')].includes(line);
}

/** Lines of the new text that the old one has not; undefined when a line of the old one is gone. */
function addedLines(before: string, after: string): string | undefined {
  const old = before.split(/\r?\n/);
  const added: string[] = [];
  for (const line of after.split(/\r?\n/)) {
    if (isKept(line, old[0])) old.shift();
    else added.push(line);
  }
  return old.length === 0 ? added.join('\n') : undefined;
}

/** What the new text has in one place; undefined when the old one is not the rest. */
function addedPart(before: string, after: string): string | undefined {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  const length = after.length - before.length;
  return before.slice(start) === after.slice(start + length) ? after.slice(start, start + length) : undefined;
}

t.test('the data are the old ones and the row, whatever the manner of the file', (t) => {
  const wrong = samples.filter(({ before, after, version }) => {
    const expected = dataOf(before);
    return !isDeepStrictEqual(dataOf(after), { ...expected, versions: { ...expected.versions, [version]: row } });
  });

  t.same(wrong.slice(0, 3), []);
  t.end();
});

t.test('the versions stand in the order in which they stood', (t) => {
  const wrong = samples.filter(({ before, after, version, manner }) => {
    const versions = versionsOf(before);
    const direction = manner.order === 'down' && versions.length > 1 ? -1 : 1;
    return !isDeepStrictEqual(
      versionsOf(after),
      [...versions, version].sort((a, b) => direction * compareVersions(a, b)),
    );
  });

  t.same(wrong.slice(0, 3), []);
  t.end();
});

t.test('no other line is changed', (t) => {
  const inLines = samples.filter(({ manner }) => manner.container !== 'line');

  const wrong = inLines.filter(({ before, after, version }) => {
    const added = addedLines(before, after)?.trim().replaceAll(/["']/g, '');
    const written = added?.replaceAll(/\s+/g, ' ').replace(/,$/, '').replace('{source: archive, sha256: a1}', '{ source: archive, sha256: a1 }');
    return written !== `${version}: { source: archive, sha256: a1 }` && written !== `${version}: source: archive sha256: a1`;
  });

  t.ok(inLines.length > 1000);
  t.same(wrong.slice(0, 3), []);
  t.end();
});

t.test('in a line, nothing else is changed', (t) => {
  const inOneLine = samples.filter(({ manner }) => manner.container === 'line');

  const wrong = inOneLine.filter(({ before, after }) => addedPart(before, after) === undefined);

  t.ok(inOneLine.length > 150);
  t.same(wrong.slice(0, 3), []);
  t.end();
});

t.test('every line still ends as the lines of the file do', (t) => {
  const wrong = samples.filter(({ after, manner }) => new Set(after.match(/\r?\n/g)).size > 1 || !after.includes(manner.newline));

  t.same(wrong.slice(0, 3), []);
  t.end();
});
