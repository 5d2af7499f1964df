import t from 'tap';

import type { Published } from '../../generator/model/release.js';
import { nothing } from '../../generator/plan/publishing.js';
import { emptiedBy, repositoriesOf, servedPath } from '../../generator/plan/repositories.js';
import { published } from '../published.js';

t.test('a package is in the suite of its series and, of the newest series, in the one that moves', (t) => {
  const found = repositoriesOf({ channels: { ...nothing, stable: [published(), published({ version: '26.2.5.21' })] } });

  t.same(
    found.map(({ path, packages }) => [path, packages.map((one) => one.version)]),
    [
      ['bookworm-erlang-26', ['26.2.5.21']],
      ['bookworm-erlang-27', ['27.3.4.1']],
      ['bookworm-erlang-latest', ['27.3.4.1']],
      ['bookworm-latest', ['27.3.4.1']],
    ],
  );
  t.end();
});

t.test('every channel has suites of its own', (t) => {
  const found = repositoriesOf({ channels: { stable: [published()], testing: [published()], substituted: [published()] } });

  t.same(
    found.map(({ path }) => path).filter((path) => path.includes('erlang-27')),
    ['bookworm-erlang-27', 'bookworm-erlang-27-substituted', 'bookworm-erlang-27-testing'],
  );
  t.end();
});

t.test('a suite has all architectures; dnf has a folder for each', (t) => {
  const arm = { architecture: 'arm64', serves: ['arm64'], file: 'esl-erlang_27.3.4.1-1~deb12_arm64.deb' };
  const rpm = { format: 'rpm', distro: 'rockylinux_8' } as const;

  const debs = repositoriesOf({ channels: { ...nothing, stable: [published(), published(arm)] } });
  const rpms = repositoriesOf({
    channels: {
      ...nothing,
      stable: [
        published({ ...rpm, architecture: 'x86_64', serves: ['x86_64'], file: 'a.x86_64.rpm' }),
        published({ ...rpm, architecture: 'noarch', serves: ['aarch64', 'x86_64'], file: 'b.noarch.rpm' }),
      ],
    },
  });

  t.same(debs.find((one) => one.path === 'bookworm-erlang-27')?.architectures, ['amd64', 'arm64']);
  t.same(
    rpms.filter((one) => one.series === 'erlang-27').map(({ path, packages }) => [path, packages.map((one) => one.file)]),
    [
      ['rockylinux/8/aarch64/erlang-27', ['b.noarch.rpm']],
      ['rockylinux/8/x86_64/erlang-27', ['a.x86_64.rpm', 'b.noarch.rpm']],
    ],
  );
  t.end();
});

t.test('what is built on another package moves with both versions', (t) => {
  const elixir = (version: string, series: string): Published =>
    published({ package: 'elixir', name: 'elixir', version, series, file: `elixir_${version}_all.deb` });
  const found = repositoriesOf({
    channels: {
      ...nothing,
      stable: [elixir('1.18.3_26.2.5.21', 'elixir-1.18-erlang-26'), elixir('1.18.3_27.3.4.1', 'elixir-1.18-erlang-27')],
    },
  });

  t.same(
    found.find((one) => one.path === 'bookworm-elixir-latest')?.packages.map((one) => one.version),
    ['1.18.3_27.3.4.1'],
  );
  t.end();
});

t.test('debs lie in one pool as aptly lays it out, rpms beside their metadata', (t) => {
  const [suite] = repositoriesOf({ channels: { ...nothing, stable: [published({ name: 'libthing', file: 'libthing_1_amd64.deb' })] } });
  const [folder] = repositoriesOf({
    channels: { ...nothing, stable: [published({ format: 'rpm', distro: 'rockylinux_8', serves: ['x86_64'], file: 'a.rpm' })] },
  });

  t.equal(suite && suite.packages[0] && servedPath(suite, suite.packages[0]), 'deb/pool/main/libt/libthing/libthing_1_amd64.deb');
  t.equal(folder && folder.packages[0] && servedPath(folder, folder.packages[0]), 'rpm/rockylinux/8/x86_64/erlang-27/Packages/a.rpm');
  t.end();
});

t.test('a series has what it depends on with it, for each architecture', (t) => {
  const arm = published({ architecture: 'arm64', serves: ['arm64'], file: 'esl-erlang_arm64.deb' });
  const elixir = published({
    package: 'elixir',
    version: '1.18.3_27.3.4.1',
    series: 'elixir-1.18-erlang-27',
    needs: ['erlang-27'],
    serves: ['amd64', 'arm64'],
    file: 'elixir_all.deb',
  });
  const found = repositoriesOf({ channels: { ...nothing, stable: [published(), arm, published({ version: '26.2.5.21' }), elixir] } });

  const suite = found.find((one) => one.path === 'bookworm-elixir-1.18-erlang-27');
  t.same(
    suite?.packages.map((one) => one.file),
    ['elixir_all.deb', 'esl-erlang_27.3.4.1-1~deb12_amd64.deb', 'esl-erlang_arm64.deb'],
  );
  t.same(suite?.architectures, ['amd64', 'arm64']);
  t.end();
});

t.test('a repository that has lost all its packages stays, empty', (t) => {
  const before = repositoriesOf({ channels: { ...nothing, stable: [published()] } });

  const emptied = emptiedBy(nothing, before);

  t.same(
    repositoriesOf({ channels: nothing, emptied }).map(({ path, packages }) => [path, packages]),
    [
      ['bookworm-erlang-27', []],
      ['bookworm-erlang-latest', []],
      ['bookworm-latest', []],
    ],
  );
  t.same(emptiedBy({ ...nothing, stable: [published()] }, before), []);
  t.end();
});
