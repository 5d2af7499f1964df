import t from 'tap';

import { parseSettings } from '../../generator/io/settings.js';

t.test('nothing given is nothing set', (t) => {
  const unset = { ok: true, value: { base: 'auto', bases: {}, iteration: undefined } };

  t.same(parseSettings(''), unset);
  t.same(parseSettings('BASE=\nITERATION=\nBASE_debian_bookworm=\n\n'), unset);
  t.end();
});

t.test('what make leaves is understood', (t) => {
  const settings = parseSettings(
    'BASE=registry\nITERATION=12\nBASE_debian_bookworm=oci-layout://out/bases/mine\n BASE_ubuntu_24.04=example.org:5000/noble@sha256:12\n',
  );

  t.same(settings, {
    ok: true,
    value: { base: 'registry', iteration: 12, bases: { debian_bookworm: 'oci-layout://out/bases/mine', 'ubuntu_24.04': 'example.org:5000/noble@sha256:12' } },
  });
  t.end();
});

const mistakes: readonly (readonly [line: string, message: string])[] = [
  ['BASE=moon', 'expected auto, registry or bootstrap, found "moon"'],
  ['ITERATION=0', 'expected a whole number from 1 on, found "0"'],
  ['ITERATION=1.5', 'expected a whole number from 1 on, found "1.5"'],
  ['ITERATION=1 2', 'expected a whole number from 1 on, found "1 2"'],
  ['BASE_debian_bookworm=-x', 'expected an image reference or oci-layout://FOLDER, found "-x"'],
  ['BASE_debian_bookworm=a b', 'expected an image reference or oci-layout://FOLDER, found "a b"'],
  ['BASE_debian_bookworm=$(id)', 'expected an image reference or oci-layout://FOLDER, found "$(id)"'],
  ["BASE_debian_bookworm='a'", 'expected an image reference or oci-layout://FOLDER, found "\'a\'"'],
  ['BASE_debian_bookworm=https://example.org', 'expected an image reference or oci-layout://FOLDER, found "https://example.org"'],
];

for (const [line, message] of mistakes) {
  t.test(`${line} is refused`, (t) => {
    t.match(parseSettings(`${line}\n`), { ok: false, problems: [{ file: line.split('=')[0], message }] });
    t.end();
  });
}

t.test('all mistakes are told', (t) => {
  const settings = parseSettings('BASE=moon\nITERATION=x\n');

  t.equal(settings.ok ? 0 : settings.problems.length, 2);
  t.end();
});
