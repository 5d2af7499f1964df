import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';
import t from 'tap';

/** What is asked of rpm/install on a system of its own, what spoils it before, and the exit status that tells whose fault it is. */
const cases: readonly { readonly title: string; readonly before?: string; readonly ask: string; readonly status: 0 | 1 | 75 }[] = [
  { title: 'a package that is there', ask: '-- patch', status: 0 },
  { title: 'a package from a repository that is switched off', ask: '--enable powertools -- lksctp-tools-devel', status: 0 },
  { title: 'a package that does not exist', ask: '-- patch no-such-package', status: 1 },
  { title: 'a repository that does not exist', ask: '--enable no-such-repository -- patch', status: 1 },
  { title: 'a package whose requirement nothing provides', ask: '-- /packages/needy.rpm', status: 1 },
  { title: 'a package that is in conflict with the system', ask: '-- /packages/fighter.rpm', status: 1 },
  { title: 'a package whose installation fails', ask: '-- /packages/failing.rpm', status: 1 },
  { title: 'a repository whose folder is gone', before: repository('file:///nowhere'), ask: '-- patch', status: 75 },
  { title: 'a repository that refuses connections', before: repository('http://127.0.0.1:9/'), ask: '-- patch', status: 75 },
  { title: 'a package that does not exist while a repository is gone', before: repository('file:///nowhere'), ask: '-- no-such-package', status: 75 },
];

function repository(address: string): string {
  return `printf '[gone]\\nname=gone\\nbaseurl=${address}\\nskip_if_unavailable=1\\n' >/etc/yum.repos.d/gone.repo`;
}

function spec(name: string, line: string): string {
  return `printf '%s\\n' 'Name: ${name}' 'Version: 1' 'Release: 1' 'Summary: x' 'License: x' 'BuildArch: noarch' ${line} '%description' '%files' >${name}.spec`;
}

const dockerfile = [
  'FROM base AS packages',
  'COPY rpm/install /install',
  'WORKDIR /packages',
  `RUN /install dnf -- rpm-build && ${spec('needy', "'Requires: no-such-capability'")} && ${spec('fighter', "'Conflicts: bash'")} && ${spec('failing', "'%pre' 'exit 1'")}`,
  'RUN for spec in *.spec; do rpmbuild --define "_rpmdir $PWD" --define "_rpmfilename %{NAME}.rpm" -bb "$spec" || exit; done',
  ...cases.flatMap(({ before, ask }, index) => [
    `FROM base AS case${String(index)}`,
    'COPY rpm/install /install',
    'COPY --from=packages /packages /packages',
    `RUN ${before ?? 'true'}; /install dnf ${ask}; echo $? >/status`,
  ]),
  'FROM scratch',
  ...cases.map((_, index) => `COPY --from=case${String(index)} /status /${String(index)}`),
].join('\n');

t.test('rpm/install tells a package fault from repositories that cannot be read', async (t) => {
  const base = (await execa('test/e2e/el-standin/make', ['8'])).stdout.split('=').at(-1) ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'packmill-rpm-install-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, 'Dockerfile'), dockerfile);

  const log = await execa(
    'docker',
    [
      ...['buildx', 'build', '--progress=plain', '--file', join(folder, 'Dockerfile'), '--build-context', `base=${base}`],
      ...['--output', `type=local,dest=${join(folder, 'statuses')}`, 'templates/steps'],
    ],
    { all: true },
  );

  for (const [index, { title, status }] of cases.entries()) {
    t.equal(readFileSync(join(folder, 'statuses', String(index)), 'utf8').trim(), String(status), title, { log: log.all });
  }
});
