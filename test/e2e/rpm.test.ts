import { existsSync, readFileSync } from 'node:fs';

import t from 'tap';

import { make, makeHere } from './engine.js';

/** What rpm says of the package of a target, asked in the packaging image that made it. */
async function query(target: string, words: string, base: string): Promise<string> {
  const { output } = await make(process.cwd(), ['-s', `shell-${target}`, 'STEP=lint', `CMD=rpm ${words} /r/artifacts/*.rpm 2>/dev/null`, base]);
  return output
    .split('\n')
    .filter((line) => !line.startsWith('packmill: '))
    .join('\n');
}

function cases(target: string): ReadonlyMap<string, number> {
  const lines = readFileSync(`out/packages/substituted/${target}/steps`, 'utf8').trim().split('\n');
  return new Map(lines.map((line) => line.split(' ')).map(([step = '', , count]) => [step, Number(count)]));
}

t.test('on the stand-in for Enterprise Linux 8', async (t) => {
  const standin = await make(process.cwd(), ['-s', 'el-standin']);
  const base = standin.output.trim().split('\n').at(-1) ?? '';
  t.match(base, /^BASE_rockylinux_8=oci-layout:\/\/\S+$/, standin.output);

  await t.test('hello becomes an rpm with the facts of its recipe, and is marked as substituted', async (t) => {
    const target = 'hello_2.10_rockylinux_8_linux-amd64';
    const folder = `out/packages/substituted/${target}`;

    const first = await makeHere([target, base]);
    const second = await makeHere([target, base]);

    t.equal(first.exitCode, 0, first.output);
    t.ok(existsSync(`${folder}/hello-2.10-1.el8.x86_64.rpm`));
    t.notOk(existsSync(`out/packages/${target}`), 'nothing counts as the distro’s own');
    t.match(readFileSync(`${folder}/status.json`, 'utf8'), '"base":"substituted"');
    t.match(readFileSync(`${folder}/abi`, 'utf8'), /^GLIBC 2\.\d+ /);
    t.same(second.calls, [], 'a second make starts no docker');

    const facts = '%{NAME}|%{EPOCH}|%{VERSION}|%{RELEASE}|%{ARCH}|%{OS}|%{LICENSE}|%{PACKAGER}|%{BUILDHOST}|%{FILEDIGESTALGO}|%{SUMMARY}';
    t.equal(
      (await query(target, `-qp --qf '${facts}'`, base)).trim(),
      'hello|(none)|2.10|1.el8|x86_64|linux|GPL-3.0-or-later|Packmill Packages <packages@packmill.example>|packmill|8|Classic greeting, and a good example',
    );
    t.match(await query(target, '-qp --requires', base), /^libc\.so\.6\(GLIBC_2\.\d+\)\(64bit\)$/m, 'from the built program');
    const files = await query(target, '-qpl', base);
    t.match(files, /^\/usr\/bin\/hello$/m);
    t.match(files, /^\/usr\/share\/man\/man1\/hello\.1\.gz$/m);
    t.notMatch(files, /\.build-id|^\/usr\/bin$/m);
    t.match(await query(target, '-qp --licensefiles', base), '/usr/share/licenses/hello/COPYING');
  });

  await t.test('Erlang/OTP is compiled, smoke-tested, packaged, installed by dnf and run', async (t) => {
    const target = 'erlang_27.3.4.1_rockylinux_8_linux-amd64';

    const ran = await makeHere([target, base]);

    t.equal(ran.exitCode, 0, ran.output);
    t.ok(existsSync(`out/packages/substituted/${target}/esl-erlang-27.3.4.1-1.el8.x86_64.rpm`));
    const requires = await query(target, '-qp --requires', base);
    for (const library of [/^libcrypto\.so\.1\.1\(\)\(64bit\)$/m, /^libtinfo\.so\.6\(\)\(64bit\)$/m, /^libstdc\+\+\.so\.6\(\)\(64bit\)$/m])
      t.match(requires, library);
    t.match(await query(target, '-qp --provides', base), /^erlang = 27\.3\.4\.1-1\.el8$/m);
    t.ok((cases(target).get('smoke') ?? 0) > 30, 'OTP’s own cases');
    t.ok((cases(target).get('install-test') ?? 0) > 40, 'checks on a clean system');
  });
});
