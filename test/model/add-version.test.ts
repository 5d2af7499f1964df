import { readdirSync, readFileSync } from 'node:fs';

import t from 'tap';
import { isMap, isScalar, parseDocument } from 'yaml';

import type { Release } from '../../generator/model/add-version.js';
import { addVersion } from '../../generator/model/add-version.js';
import { compareVersions } from '../../generator/model/version.js';

const row = { source: 'archive', sha256: 'a1' };

function add(text: string, version: string, release: Release = row): string {
  const added = addVersion('matrix/packages/x.yaml', text, version, release);
  if (!added.ok) throw new Error(JSON.stringify(added.problems));
  return added.value;
}

function problems(text: string, version: string): readonly string[] {
  const added = addVersion('matrix/packages/x.yaml', text, version, row);
  if (added.ok) return [];
  return added.problems.map(({ at, message, hint }) => `${String(at?.line)}:${String(at?.column)} ${message}${hint === undefined ? '' : ` (${hint})`}`);
}

/** The versions of a text in the order in which they stand there. */
function versionsOf(text: string): readonly string[] {
  const map = parseDocument(text, { stringKeys: true }).get('versions');
  return isMap(map) ? map.items.map(({ key }) => (isScalar<string>(key) ? key.value : '')) : [];
}

/** A title, a text, a version, and what the text is to be with that version in it. */
type Case = readonly [title: string, text: string, version: string, expected: string];

const lines: readonly Case[] = [
  [
    'behind the nearest older one',
    'versions:\n  1.2: { source: a }\n  1.10: { source: a }\nname: x\n',
    '1.9',
    'versions:\n  1.2: { source: a }\n  1.9: { source: archive, sha256: a1 }\n  1.10: { source: a }\nname: x\n',
  ],
  ['as the first', 'versions:\n  2: { source: a }\n', '1.9', 'versions:\n  1.9: { source: archive, sha256: a1 }\n  2: { source: a }\n'],
  ['as the last', 'versions:\n  2: { source: a }\n', '10', 'versions:\n  2: { source: a }\n  10: { source: archive, sha256: a1 }\n'],
  [
    'as the last of a file that does not end its line',
    'versions:\n  2: { source: a }',
    '3',
    'versions:\n  2: { source: a }\n  3: { source: archive, sha256: a1 }',
  ],
  [
    'before its own release when it is a pre-release',
    'versions:\n  27.0: { source: a }\n  28.0: { source: a }\n',
    '28.0-rc1',
    'versions:\n  27.0: { source: a }\n  28.0-rc1: { source: archive, sha256: a1 }\n  28.0: { source: a }\n',
  ],
  [
    'where the newest stands first',
    'versions:\n  3: { source: a }\n  2: { source: a }\n  1: { source: a }\n',
    '2.5',
    'versions:\n  3: { source: a }\n  2.5: { source: archive, sha256: a1 }\n  2: { source: a }\n  1: { source: a }\n',
  ],
  [
    'where rows stand in no order, behind the nearest older one',
    'versions:\n  3: { source: a }\n  1: { source: a }\n  2: { source: a }\n  4: { source: a }\n',
    '2.5',
    'versions:\n  3: { source: a }\n  1: { source: a }\n  2: { source: a }\n  2.5: { source: archive, sha256: a1 }\n  4: { source: a }\n',
  ],
  [
    'away from the comments of others',
    'versions: # all of them\n  # the last with gs\n  1: { source: a } # old\n  # the first without\n  3: { source: a }\n  # none yet\n',
    '2',
    'versions: # all of them\n  # the last with gs\n  1: { source: a } # old\n  2: { source: archive, sha256: a1 }\n  # the first without\n  3: { source: a }\n  # none yet\n',
  ],
  [
    'before the comment of what was first',
    'versions:\n  # kept, for Debian\n  # has it\n  2: { source: a }\n',
    '1',
    'versions:\n  1: { source: archive, sha256: a1 }\n  # kept, for Debian\n  # has it\n  2: { source: a }\n',
  ],
  [
    'with the rest of its series, where series stand apart',
    'versions:\n  1.8: { source: a }\n\n  # two\n  2.3: { source: a }\n',
    '2.1',
    'versions:\n  1.8: { source: a }\n\n  2.1: { source: archive, sha256: a1 }\n  # two\n  2.3: { source: a }\n',
  ],
  [
    'with the line ends of the file',
    'versions:\r\n  1: { source: a }\r\n  3: { source: a }\r\n',
    '2',
    'versions:\r\n  1: { source: a }\r\n  2: { source: archive, sha256: a1 }\r\n  3: { source: a }\r\n',
  ],
  ['behind a byte order mark', '\ufeffversions:\n  1: { source: a }\n', '2', '\ufeffversions:\n  1: { source: a }\n  2: { source: archive, sha256: a1 }\n'],
];

const manners: readonly Case[] = [
  ['narrow braces', 'versions:\n    1: {source: a}\n', '2', 'versions:\n    1: {source: a}\n    2: {source: archive, sha256: a1}\n'],
  [
    'quotes',
    'versions:\n  "1": { "source": "a", "sha256": "b" }\n',
    '2',
    'versions:\n  "1": { "source": "a", "sha256": "b" }\n  "2": { "source": "archive", "sha256": "a1" }\n',
  ],
  ['single quotes', "versions:\n  '1': { source: 'a' }\n", '2', "versions:\n  '1': { source: 'a' }\n  '2': { source: 'archive', sha256: 'a1' }\n"],
  [
    'blocks',
    'versions:\n  1:\n      source: a # the only one\n      sha256: >-\n        b1\n  # three\n  3:\n      source: a\n',
    '2',
    'versions:\n  1:\n      source: a # the only one\n      sha256: >-\n        b1\n  2:\n      source: archive\n      sha256: a1\n  # three\n  3:\n      source: a\n',
  ],
  [
    'anchors, which stay where they are',
    'versions: &all\n  &one 1: &row { source: a }\n  3: *row\n',
    '2',
    'versions: &all\n  &one 1: &row { source: a }\n  2: { source: archive, sha256: a1 }\n  3: *row\n',
  ],
  ['an alias', 'x: &row { source: a }\nversions:\n  1: *row\n', '2', 'x: &row { source: a }\nversions:\n  1: *row\n  2: { source: archive, sha256: a1 }\n'],
  [
    'braces around all',
    'versions: { 1: { source: a }, 3: { source: a } }\n',
    '2',
    'versions: { 1: { source: a }, 2: { source: archive, sha256: a1 }, 3: { source: a } }\n',
  ],
  ['narrow braces around all, as the first', 'versions: {2: {source: a}}\n', '1', 'versions: {1: {source: archive, sha256: a1}, 2: {source: a}}\n'],
  ['braces around all, as the first', 'versions: { 2: { source: a } }\n', '1', 'versions: { 1: { source: archive, sha256: a1 }, 2: { source: a } }\n'],
  ['braces around nothing', 'versions: {}\nname: x\n', '1', 'versions: { 1: { source: archive, sha256: a1 } }\nname: x\n'],
  ['braces around nothing but a line', 'versions: { # none yet\n}\n', '1', 'versions: { 1: { source: archive, sha256: a1 } # none yet\n}\n'],
  [
    'braces with lines',
    'versions:\n  {\n    # one\n    1: { source: a }, # first\n    3: { source: a },\n  }\n',
    '2',
    'versions:\n  {\n    # one\n    1: { source: a }, # first\n    2: { source: archive, sha256: a1 },\n    3: { source: a },\n  }\n',
  ],
  [
    'braces with lines, as the last, with the last comma',
    'versions:\n  {\n    1: { source: a }, # first\n  }\n',
    '2',
    'versions:\n  {\n    1: { source: a }, # first\n    2: { source: archive, sha256: a1 },\n  }\n',
  ],
  [
    'braces with lines, as the last, without a last comma',
    'versions:\n  {\n    1: { source: a } # first\n  }\n',
    '2',
    'versions:\n  {\n    1: { source: a }, # first\n    2: { source: archive, sha256: a1 }\n  }\n',
  ],
  [
    'JSON',
    '{\n  "versions": {\n    "1": {"source": "a"},\n    "3": {"source": "a"}\n  },\n  "name": "x"\n}\n',
    '2',
    '{\n  "versions": {\n    "1": {"source": "a"},\n    "2": {"source": "archive", "sha256": "a1"},\n    "3": {"source": "a"}\n  },\n  "name": "x"\n}\n',
  ],
];

for (const [title, text, version, expected] of lines) {
  t.test(`a version is put in ${title}`, (t) => {
    t.equal(add(text, version), expected);
    t.end();
  });
}

for (const [title, text, version, expected] of manners) {
  t.test(`a row takes over the manner of those around it: ${title}`, (t) => {
    t.equal(add(text, version), expected);
    t.end();
  });
}

t.test('what would not be text without quotes gets them', (t) => {
  const text = add('versions:\n  1: { source: a }\n', '2', { source: 'true', sha256: '12' });

  t.equal(text, "versions:\n  1: { source: a }\n  2: { source: 'true', sha256: '12' }\n");
  t.end();
});

t.test('a version that is there already is a problem at its place', (t) => {
  const text = 'name: x\nversions:\n  1.2: { source: a }\n  "1.3": { source: a }\n';

  t.same(problems(text, '1.2'), ['3:3 version 1.2 is already there']);
  t.same(problems(text, '1.3'), ['4:3 version 1.3 is already there']);
  t.same(problems(text, '1.3.0'), ['4:3 version 1.3.0 is already there, as 1.3']);
  t.end();
});

t.test('what no row can be put into is a problem that says what to do', (t) => {
  const refused = 'a row for 2 cannot be put in here without changing others (add it by hand: 2: { source: archive, sha256: a1 })';
  for (const [text, place] of [
    ['x: &all\n  1: { source: a }\nversions: *all\n', '3:1'],
    ['versions: &all\n  1: { source: a }\nx: *all\n', '1:1'],
    ['name: x\nversions:\n', '2:1'],
    ['name: x\n', '1:1'],
    ['- versions\n', '1:1'],
    ['versions: { 1: { source: a } # one\n  , 3: { source: a } }\n', ''],
  ] as const) {
    t.same(problems(text, '2'), place === '' ? [] : [`${place} ${refused}`], text);
  }
  t.match(problems('versions: {\n', '2'), [/not valid YAML/]);
  t.end();
});

t.test('every package of this workspace takes any version, in one line', (t) => {
  for (const file of readdirSync('matrix/packages').filter((name) => name.endsWith('.yaml'))) {
    const text = readFileSync(`matrix/packages/${file}`, 'utf8');
    // The first version of a package that has none replaces the braces.
    if (text.includes('\nversions: {}')) continue;
    for (const version of ['0.1', '24.0', '26.2.1', '27.3.4.2', '99.9']) {
      const after = add(text, version);

      const lines = text.split('\n');
      const added = after.split('\n').filter((line) => !lines.includes(line));
      const versions = versionsOf(after);

      t.same(added, [`  ${version}: { source: archive, sha256: a1 }`]);
      t.equal(after.replace(`${added[0] ?? ''}\n`, ''), text);
      t.same([...versions].sort(compareVersions), versions);
    }
  }
  t.end();
});
