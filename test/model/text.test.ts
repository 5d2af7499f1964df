import t from 'tap';
import type * as z from 'zod';

import * as text from '../../generator/model/text.js';
import { compareVersions } from '../../generator/model/version.js';

const words: readonly (readonly [name: string, schema: z.ZodType, good: readonly string[], bad: readonly string[]])[] = [
  ['an id', text.Id, ['a', 'deb12', '0ad', 'x.y+z~1-2'], ['', 'A', '-a', '.a', '~a', 'a b', 'a_b', 'a$b', 'a\n', 'a/b', 'é']],
  ['a distro id', text.DistroId, ['debian_bookworm', 'rockylinux_8', 'ubuntu_24.04'], ['debian', 'Debian_x', '8_debian', 'a_b_c', 'a_', '__proto__', 'a_b\n']],
  [
    'a version',
    text.Version,
    ['1', '2.10', '27.3.4.15', '28.0-rc1', '1.0~beta.2', '2024.01.15'],
    ['', 'v1', '1.2.3.4.5', '1.', '.1', '1..2', '1-', '1 ', '1\n', '1.0-a_b', '1.2.3.10000', '1.0-..', '9'.repeat(30)],
  ],
  ['a line', text.Line, ['x', 'Grüße, $(x) `y` "z"'], ['', 'a\nb', 'a\r', 'a\0', 'a\u2028b', '\u001b[31m', '\ud800']],
  ['a package name', text.PackageName, ['libc6', 'g++', 'esl-erlang', 'libwxgtk3.2-dev'], ['', '-y', '--allow', 'a b', 'a=1', 'a:arm64', 'a/b', 'a;b', 'a\n']],
  ['a relation', text.Relation, ['libc6 (>= 2.34)', 'a | b', 'python3:any', 'x (= {version})'], ['', '(a)', '$x', 'a, b', '`a`', 'a;b', "a'b", 'a\nb']],
  ['an argument', text.Argument, ['--prefix=/usr', '-j2', 'CFLAGS=-O2', 'a,b'], ['', 'a b', "a'b", 'a"b', '$x', '`x`', 'a;b', 'a|b', 'a&b', 'a\nb', 'a*']],
  [
    'a relative path',
    text.RelativePath,
    ['COPYING', 'doc/COPYING.txt', 'a~b', '_x'],
    ['', '/etc/passwd', '../x', 'a/../b', 'a/..', './a', 'a/./b', '-x', '.hidden', 'a b', 'a\n'],
  ],
  ['a glob', text.Glob, ['usr/lib/*.so', '*', 'usr/**/x?'], ['', '/usr', '../*', 'a/../b', '{a,b}', '[a]', '$x', 'a b']],
  [
    'a source name',
    text.SourceName,
    ['otp_src_{version}.tar.gz', '{version}.zip', 'erlang_{version}+dfsg.orig.tar.xz', 'a~1'],
    ['', '.a', '-a', 'a b', 'a/b', '../a', '{x}', '{version', 'a}', 'a:b', 'a%b', '$a', 'a\n'],
  ],
  [
    'an address',
    text.Address,
    ['https://example.org/a-{version}.tar.gz?x=1&y=2', 'http://10.0.0.1:8080/a', 'debian:pool/main/h/hello/hello_{version}.orig.tar.gz'],
    [
      '',
      'ftp://example.org/a',
      'https://',
      'https:///a',
      'https://a/b c',
      "https://a/'",
      'https://a/"',
      'https://a/)',
      'https://a/$x',
      'https://a/`x`',
      'https://a/\\',
      'https://a/{x}',
      'https://a/\n',
      'file:///etc/passwd',
    ],
  ],
  [
    'a base reference',
    text.BaseReference,
    ['debian:12', 'example.org:5000/a@sha256:1', 'oci-layout:///srv/bases/mine', 'oci-layout://out/x~1', 'docker-image://a:1'],
    ['', '-a', 'https://a/b', 'a b', 'a,b', '$x', "'a'", 'a\nb', 'a(b)', 'oci-layout://'],
  ],
  ['a checksum', text.Sha256, ['0'.repeat(64), 'abcdef0123456789'.repeat(4)], ['', 'A'.repeat(64), '0'.repeat(63), '0'.repeat(65), `${'0'.repeat(64)}\n`]],
  ['a day', text.Day, ['2028-06-30', '2028-02-29'], ['', '2028-06-31', '2027-02-29', '28-06-30', '2028-6-3', '2028-06-30\n']],
  ['an image reference', text.ImageReference, ['debian:bookworm', 'example.org:5000/a/b@sha256:12'], ['', '-x', 'a b', 'a,b', '$x', 'a\n', 'a"']],
];

function shown(word: string): string {
  return JSON.stringify(word).replace('\u2028', '\\u2028');
}

for (const [name, schema, good, bad] of words) {
  t.test(`${name} takes and refuses what it should`, (t) => {
    for (const word of good) t.ok(schema.safeParse(word).success, `takes ${shown(word)}`);
    for (const word of bad) t.notOk(schema.safeParse(word).success, `refuses ${shown(word)}`);
    t.end();
  });
}

t.test('every version that is taken can be compared', (t) => {
  for (const version of ['00.00.00.00', '1-0', '1-00', '1.0-01.002', '1.0-rc.01', '99999999.99999999.99999999.9999', '007']) {
    t.ok(text.Version.safeParse(version).success, version);
    t.equal(compareVersions(version, version), 0);
  }
  t.end();
});

t.test('no two platforms share a name in any language', (t) => {
  for (const key of ['deb', 'rpm', 'gnu'] as const) {
    const names = Object.values(text.platforms).map((names) => names[key]);
    t.equal(new Set(names).size, names.length, key);
  }
  t.end();
});
