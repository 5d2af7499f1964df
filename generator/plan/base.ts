import type { Distro } from '../model/distro.js';
import type { Matrix } from '../model/matrix.js';
import type { Platform } from '../model/text.js';
import { platforms } from '../model/text.js';
import { baseFolder, contentKey, layoutIndex } from './names.js';

/** A distro's clean image on one platform. */
export interface Base {
  readonly distro: string;
  readonly platform: Platform;
  readonly kind: 'bootstrap' | 'registry' | 'override' | 'unpinned';
  /** What `--build-context base=` gets. */
  readonly context: string;
  /** Everything that tells this base from another; part of the Dockerfile's bytes. */
  readonly identity: string;
  /** The file that must exist before a build, and the arguments of scripts/bootstrap that make it. */
  readonly made?: { readonly file: string; readonly folder: string; readonly arguments: readonly string[] };
  /** A file of an OCI layout that people made themselves: it must be there, and another one means another base. */
  readonly given?: string;
  /** Why this kind was chosen, for explain. */
  readonly why: string;
}

/** Of the bases of a target one that cannot be had until a person does something about it; its `why` says what. */
export function findUnpinned({
  base,
  nativeBase,
  prebuilt,
}: {
  readonly base: Base;
  readonly nativeBase?: Base | undefined;
  readonly prebuilt?: { readonly base: Base } | undefined;
}): Base | undefined {
  return [base, nativeBase, prebuilt?.base].find((one) => one?.kind === 'unpinned');
}

/** Whether something else stands in for the distro's own base: what is built on it is not the distro's. */
export function isSubstituted(base: Base): boolean {
  return base.kind === 'override';
}

function bootstrapped(matrix: Matrix, id: string, distro: Distro, platform: Platform, target: Platform, because: string): Base | undefined {
  if (!distro.bootstrap) return undefined;
  const { suite, components, snapshot, release_only } = distro.bootstrap;
  const releaseOnly = release_only.includes(target);
  const why = because + (releaseOnly ? `; from the release alone, because its updates do not cover ${target} in step` : '');
  const args = ['--suite', suite, '--arch', platforms[platform].deb, '--components', components.join(',')];
  if (snapshot !== undefined) args.push('--snapshot', snapshot);
  if (releaseOnly) args.push('--release-only');
  const made = [...args, matrix.digests.get('scripts/bootstrap') ?? '', matrix.lock.refreshed ?? ''].join(' ');
  const folder = baseFolder(id, platform, contentKey(made));
  return {
    distro: id,
    platform,
    kind: 'bootstrap',
    context: `oci-layout://${folder}`,
    identity: folder,
    made: { file: layoutIndex(folder), folder, arguments: args },
    why,
  };
}

function overridden(id: string, platform: Platform, reference: string, why: string): Base {
  const context = /^(oci-layout|docker-image):\/\//.test(reference) ? reference : `docker-image://${reference}`;
  const folder = /^oci-layout:\/\/([^@:]+)/.exec(context)?.[1];
  return { distro: id, platform, kind: 'override', context, identity: context, why, ...(folder !== undefined && { given: layoutIndex(folder) }) };
}

function fromRegistry(matrix: Matrix, id: string, distro: Distro, platform: Platform, why: string): Base | undefined {
  const digest = matrix.lock.images[distro.image]?.[platform];
  if (digest === undefined) return undefined;
  const reference = `${distro.image}@${digest}`;
  return { distro: id, platform, kind: 'registry', context: `docker-image://${reference}`, identity: reference, why };
}

/**
 * Chooses a distro's base. In this order: BASE_<distro> of the command line, `base` of the matrix, BASE=registry or
 * BASE=bootstrap; else the registry when the lock has a digest, else a bootstrap. A registry base without a digest
 * is kept as `unpinned`: its targets say what to do instead of building from a moving tag. `target` is the platform that is
 * compiled for, where that is another.
 */
export function chooseBase(matrix: Matrix, id: string, platform: Platform, target: Platform = platform): Base {
  const distro = matrix.distros.get(id);
  if (!distro) throw new Error(`Internal error: no distro ${id}`);
  const given = matrix.settings.bases[id];
  if (given !== undefined) return overridden(id, platform, given, `BASE_${id} was given`);
  if (distro.base !== undefined) return overridden(id, platform, distro.base, 'matrix/distros.yaml overrides it');
  const wanted = matrix.settings.base;
  const registry = (why: string): Base | undefined => fromRegistry(matrix, id, distro, platform, why);
  const bootstrap = (why: string): Base | undefined => bootstrapped(matrix, id, distro, platform, target, why);
  const pinned = `matrix/lock.yaml pins ${distro.image}`;
  const chosen =
    wanted === 'registry'
      ? registry('BASE=registry was given')
      : wanted === 'bootstrap'
        ? bootstrap('BASE=bootstrap was given')
        : (registry(pinned) ?? bootstrap(`matrix/lock.yaml has no digest of ${distro.image} for ${platform}`));
  if (chosen) return chosen;
  const why =
    wanted === 'bootstrap'
      ? `BASE=bootstrap was given, but matrix/distros.yaml does not say how to bootstrap ${id}`
      : `matrix/lock.yaml has no digest of ${distro.image} for ${platform}; make lock writes it`;
  return { distro: id, platform, kind: 'unpinned', context: `docker-image://${distro.image}`, identity: 'unpinned', why };
}
