import { gzipSync } from 'node:zlib';

import t from 'tap';

import { checkReferences } from '../../generator/io/references.js';

t.test('every package that a suite names is there with its size', (t) => {
  const entry = (name: string): string => `Package: ${name}\nFilename: pool/main/${name}.deb\nSize: 4\nDescription: ${name}\n`;
  const root = t.testdir({
    deb: {
      dists: { bookworm: { main: { 'binary-amd64': { Packages: `${entry('a')}\n${entry('all')}` }, 'binary-arm64': { Packages: `${entry('all')}\n` } } } },
      pool: { main: { 'a.deb': 'four', 'all.deb': 'four' } },
    },
  });
  const repository = { format: 'deb', path: 'bookworm', architectures: ['amd64', 'arm64'], count: 2 } as const;

  checkReferences(root, repository);
  t.throws(
    () => {
      checkReferences(root, { ...repository, count: 3 });
    },
    { message: 'bookworm names 2 packages in place of 3' },
  );
  const broken = t.testdir({
    deb: {
      dists: { bookworm: { main: { 'binary-amd64': { Packages: `${entry('a')}\n${entry('b')}` } } } },
      pool: { main: { 'a.deb': 'four', 'b.deb': 'five!' } },
    },
  });
  t.throws(
    () => {
      checkReferences(broken, { ...repository, architectures: ['amd64'] });
    },
    { message: 'bookworm names deb/pool/main/b.deb with 4 bytes; it has 5' },
  );
  t.end();
});

t.test('every package that a folder names is there with its size', (t) => {
  const primary = gzipSync(
    '<metadata packages="1">\n<package type="rpm">\n<size package="4" installed="9"/>\n<location href="Packages/a.rpm"/>\n</package></metadata>',
  );
  const repomd =
    '<data type="filelists">\n<location href="repodata/f.xml.gz"/></data><data type="primary">\n<checksum>x</checksum>\n<location href="repodata/p.xml.gz"/></data>';
  const repository = { format: 'rpm', path: 'el/8', architectures: ['x86_64'], count: 1 } as const;
  const folder = (packages: Record<string, string>): string =>
    t.testdir({ rpm: { el: { 8: { repodata: { 'repomd.xml': repomd, 'p.xml.gz': primary }, Packages: packages } } } });

  checkReferences(folder({ 'a.rpm': 'four' }), repository);
  t.throws(
    () => {
      checkReferences(folder({}), repository);
    },
    { message: 'el/8 names rpm/el/8/Packages/a.rpm with 4 bytes; it is not there' },
  );
  t.end();
});
