import { existsSync } from 'node:fs';

import t from 'tap';

import { debField, makeHere } from './engine.js';

const cells = [
  { target: 'hello_2.10_debian_bookworm_linux-amd64', file: 'hello_2.10-1~deb12_amd64.deb', arch: 'amd64' },
  { target: 'hello_2.10_debian_trixie_linux-amd64', file: 'hello_2.10-1~deb13_amd64.deb', arch: 'amd64' },
  { target: 'hello_2.10_debian_bookworm_linux-arm64', file: 'hello_2.10-1~deb12_arm64.deb', arch: 'arm64' },
];

for (const { target, file, arch } of cells) {
  t.test(`${target} is built, tested and packaged, and then left alone`, async (t) => {
    const artifact = `out/packages/${target}/${file}`;

    const first = await makeHere([target]);
    const second = await makeHere([target]);

    t.equal(first.exitCode, 0, first.output);
    t.ok(existsSync(artifact));
    t.equal(await debField(artifact, 'Architecture'), arch);
    t.match(await debField(artifact, 'Depends'), /libc6 \(>= 2\.\d+\)/, 'from the built program');
    for (const beside of ['status.json', 'provenance.json', 'build.log', 'Dockerfile', 'logs/smoke.log', 'logs/lint.log', 'logs/install-test.log']) {
      t.ok(existsSync(`out/packages/${target}/${beside}`), beside);
    }
    t.equal(second.exitCode, 0);
    t.same(second.calls, [], 'a second make starts no docker');
  });
}

t.test('a package upgrades over a new distro release and a new iteration', async (t) => {
  const { execa } = await import('execa');
  const older = async (left: string, right: string): Promise<boolean> =>
    (await execa('dpkg', ['--compare-versions', left, 'lt', right], { reject: false })).exitCode === 0;
  const [bookworm, trixie] = await Promise.all(cells.slice(0, 2).map(async ({ target, file }) => debField(`out/packages/${target}/${file}`, 'Version')));

  t.ok(await older(bookworm ?? '', trixie ?? ''), `${String(bookworm)} < ${String(trixie)}`);
  t.ok(await older(bookworm ?? '', '2.10-2~deb12'));
});
