import { execa } from 'execa';

import { replaceFile } from '../io/write.js';
import type { Platform } from '../model/text.js';
import { UserError } from './user-error.js';
import { openWorkspace } from './workspace.js';

interface ImageIndex {
  readonly manifests?: readonly {
    readonly digest: string;
    readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string };
  }[];
}

/** Digests of an image by platform, from whatever registry docker is set up for. */
async function lookUp(image: string, platforms: ReadonlySet<Platform>): Promise<Record<string, string>> {
  const found = await execa(process.env.DOCKER ?? 'docker', ['buildx', 'imagetools', 'inspect', '--raw', image], { reject: false });
  if (found.failed)
    throw new UserError(`packmill: ${image} could not be looked up; matrix/lock.yaml is as it was\n  ${found.stderr.trim().split('\n').at(-1) ?? ''}\n`);
  const index = JSON.parse(found.stdout) as ImageIndex;
  const digests: Record<string, string> = {};
  for (const { digest, platform } of index.manifests ?? []) {
    if (!platform) continue;
    const name = [platform.os, platform.architecture, platform.variant].filter((part) => part !== undefined && part !== 'v8').join('/');
    if (platforms.has(name as Platform)) digests[name] = digest;
  }
  if (Object.keys(digests).length === 0)
    throw new UserError(`packmill: ${image} is not an image index with any of ${[...platforms].join(', ')}; matrix/lock.yaml is as it was\n`);
  return digests;
}

/** Writes matrix/lock.yaml: the digest of every base image on every platform, and the day. All or nothing. */
export async function lock(): Promise<number> {
  const { matrix } = openWorkspace();
  const wanted = new Map<string, Set<Platform>>();
  for (const distro of matrix.distros.values()) wanted.set(distro.image, new Set([...(wanted.get(distro.image) ?? []), ...distro.platforms]));
  const lines = [
    '# Written by make lock. Digests of the base images, looked up at their registry.',
    `refreshed: ${new Date().toISOString().slice(0, 10)}`,
    'images:',
  ];
  for (const image of [...wanted.keys()].sort()) {
    const digests = await lookUp(image, wanted.get(image) ?? new Set());
    lines.push(
      `  ${image}:`,
      ...Object.keys(digests)
        .sort()
        .map((platform) => `    ${platform}: ${digests[platform] ?? ''}`),
    );
  }
  replaceFile('matrix/lock.yaml', `${lines.join('\n')}\n`);
  process.stderr.write(`packmill: matrix/lock.yaml pins ${String(wanted.size)} images\n`);
  return 0;
}
