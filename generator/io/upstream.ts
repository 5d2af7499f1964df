import { execa } from 'execa';
import * as z from 'zod';

import type { Upstream } from '../model/upstream.js';

/** Why upstream's versions could not be looked up; nothing follows from it about the versions. */
export class LookUpError extends Error {}

/** Seconds that an upstream may take to answer at all. */
const patience = 60;

/** Names that versions are in, and the commits of those that are tags. */
export type Names = ReadonlyMap<string, string | undefined>;

function toPattern(glob: string): RegExp {
  return new RegExp(`^${glob.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
}

/** Tags of a git repository with the commits that they stand for; with `heads`, those alone that are the head of such a branch. */
async function readTags(address: string, heads: string | undefined): Promise<Names> {
  const options = ['-c', 'http.lowSpeedLimit=100', '-c', `http.lowSpeedTime=${String(patience)}`];
  const ran = await execa('git', [...options, 'ls-remote', '--tags', '--heads', address], {
    reject: false,
    stdin: 'ignore',
    timeout: 5 * patience * 1000,
    env: { GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C.UTF-8' },
  });
  if (ran.exitCode !== 0)
    throw new LookUpError(`git: ${ran.timedOut ? 'no answer' : (/^(?:fatal|error): (.*)$/m.exec(ran.stderr)?.[1] ?? String(ran.shortMessage))}`);
  const tags = new Map<string, string>();
  const tips = new Set<string>();
  const wanted = heads === undefined ? undefined : toPattern(heads);
  for (const line of ran.stdout.split('\n')) {
    const [, commit = '', kind, name = ''] = /^([0-9a-f]+)\trefs\/(tags|heads)\/(.+)$/.exec(line) ?? [];
    // The line behind that of an annotated tag has the commit itself.
    if (kind === 'tags') tags.set(name.replace(/\^\{\}$/, ''), commit);
    if (kind === 'heads' && wanted?.test(name) === true) tips.add(commit);
  }
  return wanted ? new Map([...tags].filter(([, commit]) => tips.has(commit))) : tags;
}

async function get(address: string, accept = ''): Promise<{ readonly text: string; readonly next: string | undefined }> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(address, { signal: AbortSignal.timeout(patience * 1000), headers: { accept: accept || '*/*', 'user-agent': 'packmill' } });
    text = await response.text();
  } catch (error) {
    const { cause, message } = error as Error;
    throw new LookUpError(`${address}: ${cause instanceof Error ? cause.message : message}`);
  }
  if (!response.ok) throw new LookUpError(`${address}: HTTP ${String(response.status)}`);
  const type = response.headers.get('content-type') ?? 'no type';
  if (!type.startsWith(accept)) throw new LookUpError(`${address}: delivered ${type} in place of ${accept}`);
  return { text, next: /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1] };
}

/** Text of a small file that upstream publishes. */
export async function readPublished(address: string): Promise<string> {
  return (await get(address)).text;
}

const Releases = z.array(z.object({ tag_name: z.string(), draft: z.boolean().default(false) }));

async function readReleases(address: string): Promise<Names> {
  const names = new Map<string, undefined>();
  for (let next: string | undefined = `${address}?per_page=100`; next !== undefined;) {
    const page: Awaited<ReturnType<typeof get>> = await get(next, 'application/json');
    let read: z.infer<typeof Releases>;
    try {
      read = Releases.parse(JSON.parse(page.text));
    } catch {
      throw new LookUpError(`${next}: delivered something else than a list of releases`);
    }
    for (const one of read) if (!one.draft) names.set(one.tag_name, undefined);
    ({ next } = page);
  }
  return names;
}

/** Names of the files that a page links to. A page that was cut off is none. */
async function readListing(address: string): Promise<Names> {
  const { text } = await get(address, 'text/html');
  if (!/<\/html>\s*$/i.test(text)) throw new LookUpError(`${address}: the page was cut off`);
  const links = [...text.matchAll(/<a\b[^>]*\bhref="([^"?#]+)"/gi)].map(([, href = '']) => href);
  return new Map(links.map((href) => [decodeURIComponent(href.split('/').at(-1) ?? ''), undefined]));
}

/** Names of the files of a source package, from the index of a suite (https://wiki.debian.org/DebianRepository/Format). */
async function readSources(mirror: string, suite: string, source: string): Promise<Names> {
  if (mirror === '') throw new LookUpError(`debian: ${source}: needs a machine whose apt has a Debian mirror`);
  const address = `${mirror.replace(/\/$/, '')}/dists/${suite}/main/source/Sources.xz`;
  const words = ['--silent', '--show-error', '--fail', '--location', '--max-time', String(5 * patience), address];
  const ran = await execa('bash', ['-c', 'set -o pipefail; curl "$@" | xz --decompress', 'bash', ...words], { reject: false, stdin: 'ignore', maxBuffer: 1e9 });
  if (ran.exitCode !== 0) throw new LookUpError(`${address}: ${ran.stderr.trim().split('\n')[0] ?? ''}`);
  const stanzas = ran.stdout.split('\n\n').filter((stanza) => stanza.startsWith(`Package: ${source}\n`));
  return new Map(stanzas.flatMap((stanza) => [...stanza.matchAll(/^ [0-9a-f]{64} \d+ (\S+)$/gm)].map(([, name = '']) => [name, undefined] as const)));
}

/** Asks upstream for the names of its versions. `mirror` is where Debian's archive is read. Fails with a LookUpError, also when there are none. */
export async function lookUp({ git, releases, listing, debian, suite, heads }: Upstream, mirror: string): Promise<Names> {
  const names =
    git !== undefined
      ? await readTags(git, heads)
      : releases !== undefined
        ? await readReleases(releases)
        : listing !== undefined
          ? await readListing(listing)
          : await readSources(mirror, suite, debian ?? '');
  if (names.size === 0) throw new LookUpError(`${git ?? releases ?? listing ?? `debian: ${debian ?? ''}`}: the answer names nothing`);
  return names;
}
