import type { Matrix } from '../model/matrix.js';
import { nearest } from '../model/nearest.js';
import { platforms } from '../model/text.js';
import { partnerRange } from './compatible.js';
import { latest, platformName } from './names.js';
import type { Plan } from './target.js';

/** The parts of a target's name, where they can be told apart. */
interface Parts {
  readonly packageId: string;
  readonly version: string;
  readonly on: string | undefined;
  readonly distro: string;
  readonly platform: string;
}

/** Distros end in a word, versions never start with a letter: so the parts of a name can be told without knowing any of them. */
const named = /^([a-z][a-z0-9+-]*)_([0-9][^_]*|latest)(?:_([0-9][^_]*))?_([a-z][a-z0-9]*_[a-z0-9][a-z0-9.]*)_([a-z0-9-]+)$/;

function split(name: string): Parts | undefined {
  const [, packageId, version, on, distro, platform] = named.exec(name) ?? [];
  if (packageId === undefined || version === undefined || distro === undefined || platform === undefined) return undefined;
  return { packageId, version, on, distro, platform };
}

/** The name with the nearest known words in place of one that is not known. */
function instead(name: string, word: string, known: Iterable<string>): string | undefined {
  const names = nearest(word, known).map((near) => `"${name.replace(word, near)}"`);
  return names.length === 0 ? undefined : `did you mean ${names.join(' or ')}?`;
}

/** What is said of a name whose shape is that of a target, and what to do. */
export interface Answer {
  readonly reason: string;
  readonly hint?: string | undefined;
  /** Whether every part of the name is known, so that the reason is an answer and not a mistake. */
  readonly known: boolean;
}

/** Why a name with the shape of a target is none. Nothing for a name of another shape. */
export function explainMissing(name: string, matrix: Matrix, plan: Plan): Answer | undefined {
  const excluded = plan.exclusions.find((candidate) => candidate.name === name);
  if (excluded) return { reason: `${name} is excluded: ${excluded.reason}`, known: true };
  const parts = split(name);
  const recipe = parts && matrix.packages.get(parts.packageId);
  if (!parts || !recipe) return undefined;
  const { packageId, version, on, platform } = parts;
  const unknown = (reason: string, hint?: string): Answer => ({ reason: `${name}: ${reason}`, hint, known: false });
  const answer = (reason: string): Answer => ({ reason: `${name} is excluded: ${reason}`, known: true });

  const distro = matrix.distros.get(parts.distro);
  if (!distro) return unknown(`the matrix has no distro ${parts.distro}`, instead(name, parts.distro, matrix.distros.keys()));
  const names = Object.keys(platforms).map((known) => platformName(known as keyof typeof platforms));
  if (!names.includes(platform)) return unknown(`there is no platform ${platform}`, instead(name, platform, names));
  if (version !== latest && !Object.hasOwn(recipe.versions, version)) {
    return unknown(`the matrix has no ${packageId} ${version}`, `make add PACKAGE=${packageId} VERSION=${version} adds it, where its source can be had`);
  }
  if (!distro.platforms.some((known) => platformName(known) === platform))
    return answer(`${parts.distro} does not exist for ${platform} (matrix/distros.yaml)`);
  if (version === latest) return answer(`no version of ${packageId} is current there`);

  const partner = recipe.built_on;
  if (!partner)
    return on === undefined ? undefined : unknown(`${packageId} is built on no other package`, `${packageId}_${version}_${parts.distro}_${platform}`);
  const range = partnerRange(recipe, version);
  if (range === undefined) return answer(`${partner.source} names no ${partner.package} that ${packageId} ${version} runs on`);
  const versions = Object.keys(matrix.packages.get(partner.package)?.versions ?? {});
  const example = `its names are ${packageId}_${version}_<version of ${partner.package}>_${parts.distro}_${platform}; it runs on ${partner.package} ${range}`;
  if (on === undefined) return unknown(`${packageId} is built on ${partner.package}, whose version is missing`, example);
  if (!versions.includes(on)) return unknown(`the matrix has no ${partner.package} ${on}`, instead(name, on, versions));
  return answer(`${packageId} ${version} runs on ${partner.package} ${range}, not on ${on} (${partner.source})`);
}
