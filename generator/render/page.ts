import type { Published, Release } from '../model/release.js';
import type { channels } from '../model/release.js';
import type { Repository } from '../plan/repositories.js';
import { distroName } from '../plan/changes.js';
import { groupBy } from '../plan/group-by.js';
import { repositoriesOf, servedPath } from '../plan/repositories.js';
import { madeAt } from '../plan/retention.js';
import { quoteHtml, quoteShell } from './quote.js';
import { strictView } from './templates.js';
import type { Templates } from './templates.js';

/** What the page says of whoever publishes. */
export interface Publisher {
  readonly name: string;
  /** Under which the web root is reached, without a slash at the end. */
  readonly address: string;
  /** The package manager that users of a distro have. */
  readonly managers: Readonly<Record<string, string>>;
}

/** The name in `Name <address>`, which is also the origin of suites of apt. */
export function publisherName(maintainer: string): string {
  return maintainer.replace(/ <.*/, '');
}

const keyPath = '/etc/apt/keyrings/packages.asc';

/** Packages of this repository are taken before those of the distribution that have the same name, whatever their versions. */
const aptPriority = 600;
const dnfPriority = 90; // 99 is what others have

function aptCommands({ path }: Repository, names: readonly string[], { address, name }: Publisher): string {
  return [
    'mkdir -p /etc/apt/keyrings',
    `/usr/lib/apt/apt-helper download-file ${quoteShell(`${address}/keys/packages.asc`)} ${keyPath}`,
    `echo ${quoteShell(`deb [signed-by=${keyPath}] ${address}/deb ${path} main`)} >/etc/apt/sources.list.d/${path}.list`,
    `printf 'Package: *\\nPin: release o=%s\\nPin-Priority: ${String(aptPriority)}\\n' ${quoteShell(name)} >/etc/apt/preferences.d/${path}.pref`,
    'apt-get update',
    `apt-get install ${names.join(' ')}`,
  ].join('\n');
}

function dnfCommands({ path, series, distro }: Repository, names: readonly string[], { address, managers }: Publisher): string {
  const folder = path.replace(/^([^/]+\/[^/]+)\/[^/]+\//, '$1/$basearch/');
  const id = path.split('/').at(-1) ?? series;
  return [
    `rpm --import ${quoteShell(`${address}/keys/packages.asc`)}`,
    `cat >/etc/yum.repos.d/${id}.repo <<'END'`,
    `[${id}]`,
    `name=${id}`,
    `baseurl=${address}/rpm/${folder}`,
    'enabled=1',
    'gpgcheck=1',
    'repo_gpgcheck=1',
    `priority=${String(dnfPriority)}`,
    `gpgkey=${address}/keys/packages.asc`,
    'END',
    // dnf5 is called dnf.
    `${managers[distro] === 'yum' ? 'yum' : 'dnf'} install ${names.join(' ')}`,
  ].join('\n');
}

const notes: Readonly<Record<(typeof channels)[number], string>> = {
  stable: '',
  testing: 'Testing: tested, and not yet released as stable.',
  substituted: 'Substituted: built on another base than the distribution’s own. For trying the packages, not for the distribution.',
};

function fileView(repository: Repository, one: Published): object {
  return strictView({
    path: quoteHtml(encodeURI(servedPath(repository, one))),
    name: quoteHtml(one.file),
    revision: quoteHtml(one.revision),
    architecture: quoteHtml(one.architecture),
    sha256: one.sha256,
  });
}

function seriesView(repositories: readonly Repository[], publisher: Publisher): object {
  const [first] = repositories;
  if (!first) throw new Error('Internal error: a series without a repository');
  const all = repositories.flatMap((one) => one.packages);
  // What is there only because others depend on it comes by itself.
  const own = all.filter((file) => file.series === first.series);
  const names = [...new Set((own.length > 0 ? own : all).map((file) => file.name))].sort();
  const files = new Map(repositories.flatMap((one) => one.packages.map((file) => [file.file, fileView(one, file)] as const)));
  const name = first.path.split('/').at(-1) ?? '';
  return strictView({
    id: quoteHtml(`${first.distro}-${name}`),
    name: quoteHtml(name),
    note: quoteHtml(notes[first.channel]),
    commands: quoteHtml((first.format === 'deb' ? aptCommands : dnfCommands)(first, names, publisher)),
    files: [...files.values()],
  });
}

/** When a release was made, as people read it. */
function momentOf(id: string): string {
  return new Date(madeAt(id)).toISOString().slice(0, 16).replace('T', ' ') + ' UTC';
}

/** The page that stands at the web root: how to add each repository, what is in it, and what changed. Plain text and no server. */
export function renderPage(release: Release, publisher: Publisher, templates: Templates): string {
  const repositories = repositoriesOf(release).filter((one) => one.packages.length > 0);
  const byDistro = [...groupBy(repositories, (one) => one.distro)].sort(([a], [b]) => (a < b ? -1 : 1));
  const distros = byDistro.map(([id, of]) =>
    strictView({
      id: quoteHtml(id),
      name: quoteHtml(distroName(id)),
      series: [...groupBy(of, (one) => `${one.series} ${one.channel}`).values()].map((some) => seriesView(some, publisher)),
    }),
  );
  return templates.render(
    'index.html.njk',
    strictView({
      title: quoteHtml(publisher.name),
      address: quoteHtml(publisher.address),
      release: quoteHtml(release.id),
      made: momentOf(release.id),
      keys: release.keys,
      history: release.history.map(({ id, action, changes }) =>
        strictView({ id: quoteHtml(id), made: momentOf(id), action: quoteHtml(action), changes: changes.map(quoteHtml) }),
      ),
      distros,
      gaps: release.gaps.map((gap) => quoteHtml(`${gap.series} ${gap.version} for ${distroName(gap.distro)} ${gap.architecture}`)),
    }),
  );
}
