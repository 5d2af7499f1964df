import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { execa } from 'execa';

import { ClientError } from '../io/clients.js';
import { readText, readTemplates } from '../io/read.js';
import { besideStaged, link, linkTree, repositoryFolder } from '../io/releases.js';
import { replaceFile } from '../io/write.js';
import type { Published } from '../model/release.js';
import { packageArchitecture, platformName } from '../plan/names.js';
import { groupBy } from '../plan/group-by.js';
import type { Repository } from '../plan/repositories.js';
import { compareLabels, isMoving, servedPath } from '../plan/repositories.js';
import type { Plan, Target } from '../plan/target.js';
import { buildxStart } from '../render/builders.js';
import type { Installation } from '../render/installation.js';
import { installationContexts, installationStage, renderInstallations } from '../render/installation.js';
import { Templates } from '../render/templates.js';
import { indexFolder } from './make-release.js';
import type { Staged } from './make-release.js';
import { stored } from './store.js';
import type { Workspace } from './workspace.js';

/** What docker said last. */
const log = join(repositoryFolder, 'installations.log');

/** Why installations could not be tried, whatever the packages are like. */
export class NotTried extends Error {}

/** The target that a package was built by; another one of its distro and architecture, if the matrix has it no more. */
function targetOf(one: Published, { targets }: Plan): Target | undefined {
  const sameSystem = (target: Target): boolean => target.distroId === one.distro && packageArchitecture(one.format, target.platform) === one.serves[0];
  return targets.find((target) => target.name === one.target) ?? targets.find(sameSystem);
}

/** Build context of the base that a package was built on, which its kept Dockerfile names. */
function baseOf(one: Published): string | undefined {
  const kept = `${stored(one)}.Dockerfile`;
  const identity = existsSync(kept) ? /^# base: (\S+)$/m.exec(readText(kept))?.[1] : undefined;
  if (identity === undefined || /^(oci-layout|docker-image):/.test(identity)) return identity;
  return identity.startsWith('out/') ? `oci-layout://${identity}` : `docker-image://${identity}`;
}

/** One installation for each repository and base, of everything that is new there; in the series that move it is the same once more. */
function findInstallations({ added }: Staged, plan: Plan): readonly Installation[] {
  return added
    .filter(({ repository }) => !isMoving(repository))
    .flatMap(({ repository, packages }) =>
      [...groupBy(packages, (one) => `${one.architecture} ${String(baseOf(one))}`).values()].map((some) => {
        const ordered = [...some].sort((a, b) => compareLabels(a.version, b.version));
        const [first] = ordered;
        const target = first && targetOf(first, plan);
        const base = first && baseOf(first);
        if (!target || base === undefined) throw new NotTried(`nothing says on which base ${first?.file ?? repository.path} was built`);
        return { target, repository, packages: ordered, base };
      }),
    );
}

/** The newest of each package, and those that are tried: all that an installation can ask for. */
function wantedOf(repository: Repository, tried: readonly Published[]): readonly Published[] {
  const newest = [...groupBy(repository.packages, (one) => `${one.name} ${one.architecture}`).values()].flatMap((some) =>
    [...some].sort((a, b) => compareLabels(a.version, b.version)).slice(-1),
  );
  return [...new Set([...newest, ...tried])];
}

/** A web root with what installations need of a staged release, and no more: it is sent to the builder. */
function cutOut(staged: Staged, installations: readonly Installation[]): string {
  const folder = besideStaged('installations');
  linkTree(join(staged.folder, 'keys'), join(folder, 'keys'));
  for (const { repository, packages } of installations) {
    const index = repository.format === 'deb' ? indexFolder(repository) : `${indexFolder(repository)}/repodata`;
    linkTree(join(staged.folder, index), join(folder, index));
    for (const one of wantedOf(repository, packages)) {
      const path = servedPath(repository, one);
      link(join(staged.folder, path), join(folder, path));
    }
  }
  return folder;
}

/** Makes bases that are not there any more. */
async function makeBases(installations: readonly Installation[]): Promise<void> {
  for (const { base, target } of installations) {
    const folder = /^oci-layout:\/\/([^@:]+)/.exec(base)?.[1];
    if (folder === undefined || existsSync(join(folder, 'index.json'))) continue;
    if (target.base.made?.folder !== folder) throw new NotTried(`the base ${folder} is not there any more`);
    const ran = await execa('scripts/bootstrap', [...target.base.made.arguments, folder], { reject: false, stdin: 'ignore', all: true });
    if (ran.exitCode !== 0) throw new NotTried(`the base ${folder} could not be made:\n${ran.all}`);
  }
}

function tail(text: string): string {
  return text.trimEnd().split('\n').slice(-25).join('\n');
}

async function build(web: string, installations: readonly Installation[], { matrix }: Workspace): Promise<void> {
  const results = besideStaged('results');
  const file = join(results, 'Dockerfile');
  writeFileSync(file, renderInstallations(installations, matrix, new Templates(readTemplates().templates)));
  const { DOCKER: docker } = process.env;
  const words = [
    ...buildxStart(matrix, installations[0]?.target.builder, process.env),
    ...['--provenance=false', '--file', file],
    ...[`repository=${web}`, ...installationContexts(installations)].flatMap((context) => ['--build-context', context]),
    ...['--output', `type=local,dest=${results}`, 'templates/steps'],
  ];
  const ran = await execa(docker === undefined || docker === '' ? 'docker' : docker, words, { reject: false, stdin: 'ignore', all: true });
  replaceFile(log, ran.all);
  if (ran.exitCode !== 0) throw new NotTried(`docker ended with ${String(ran.exitCode ?? ran.code)}:\n${tail(ran.all)}\npackmill: the whole log: ${log}`);
  for (const [index, { repository, packages }] of installations.entries()) {
    const stage = installationStage(index);
    if (!existsSync(join(results, stage, 'failed'))) continue;
    const said = readFileSync(join(results, stage, 'logs', `${stage}.log`), 'utf8');
    const names = packages.map((one) => one.file).join(', ');
    throw new ClientError(`${names} cannot be installed from ${repository.path}:\n${tail(said)}\npackmill: the whole log: ${log}`);
  }
}

/**
 * Installs every package that is new in a repository from there, on the clean system that it was built for. Throws what the package
 * manager said, or why it could not be tried. INSTALL=0 in the environment leaves it out, and says so.
 */
export async function tryInstallations(staged: Staged, workspace: Workspace): Promise<void> {
  if (staged.added.every(({ packages }) => packages.length === 0)) return;
  if (process.env.INSTALL === '0') {
    process.stdout.write('packmill: INSTALL=0: no installation from the new release is tried\n');
    return;
  }
  const installations = findInstallations(staged, workspace.plan);
  await makeBases(installations);
  const web = cutOut(staged, installations);
  for (const some of groupBy(installations, ({ target }) => target.builder ?? '').values()) await build(web, some, workspace);
  for (const { target, repository, packages } of installations)
    process.stdout.write(`packmill: installed from ${repository.path} on ${platformName(target.platform)}: ${packages.map((one) => one.file).join(', ')}\n`);
  rmSync(web, { recursive: true });
}
