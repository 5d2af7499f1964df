import { parse } from 'yaml';

import { parseSettings } from '../../generator/io/settings.js';
import { DistroId, Id, Version } from '../../generator/model/text.js';
import type { RunSettings } from '../../generator/model/workspace.js';
import type { Texts } from '../texts.js';
import { parseTexts, sound } from '../texts.js';
import type { Accepted } from './accept.js';
import { accept } from './accept.js';
import type { FileOfFields } from './fields.js';
import { files, put } from './fields.js';

const packagesInEach = 2;

/** A matrix whose every field holds something hostile that the reader took. */
export interface HostileMatrix {
  readonly texts: Texts;
  readonly settings: RunSettings;
}

/** Everything that the reader takes of the strings: for fields, and for names. */
export interface Taken {
  readonly fields: Accepted;
  readonly versions: readonly string[];
  readonly distros: readonly string[];
  readonly kinds: readonly string[];
  readonly packages: readonly string[];
  readonly settings: readonly RunSettings[];
}

const soundData = new Map(files.map(({ file }) => [file, parse(sound.get(file) ?? '{}', { stringKeys: true, schema: 'failsafe' }) as unknown]));

/** Which strings may be the name of a package: all are offered as file names at once. */
function takePackages(strings: readonly string[]): readonly string[] {
  const parsed = parseTexts(new Map([...sound, ...strings.map((text): [string, string] => [`matrix/packages/${text}.yaml`, '{}'])]));
  const refused = new Set(parsed.ok ? [] : parsed.problems.filter(({ message }) => message.startsWith('not a package id')).map(({ file }) => file));
  return strings.filter((text) => text !== '' && !text.includes('/') && !refused.has(`matrix/packages/${text}.yaml`));
}

/** Throws strings at every field, name and setting. */
export function take(strings: readonly string[]): Taken {
  const settings = strings.flatMap((text) => [text, `mine:${text}`, `oci-layout://${text}`]).map((text) => parseSettings(`BASE_debian_bookworm=${text}`));
  return {
    fields: new Map(files.flatMap((file) => [...accept(file, soundData.get(file.file), strings)])),
    versions: strings.flatMap((text) => [text, `1.${text}`]).filter((text) => Version.safeParse(text).success),
    distros: strings.flatMap((text) => [text, `debian_${text}`]).filter((text) => DistroId.safeParse(text).success),
    kinds: strings.filter((text) => Id.safeParse(text).success),
    packages: takePackages(strings),
    settings: settings.flatMap((parsed) => (parsed.ok && Object.keys(parsed.value.bases).length === 1 ? [parsed.value] : [])),
  };
}

function at<T>(values: readonly T[], index: number): T {
  const value = values[index % values.length];
  if (value === undefined) throw new Error('nothing was taken');
  return value;
}

function fill(file: FileOfFields, fields: Accepted, index: number): unknown {
  return file.fields.reduce((data, field) => put(data, field.path, at(fields.get(field) ?? [], index)), soundData.get(file.file));
}

/** A package's file, its version and kind of source hostile too. Its checksum is its number, so that no two share a source. */
function packageText(taken: Taken, file: FileOfFields, index: number): string {
  const kind = at(taken.kinds, index);
  const recipe = fill(file, taken.fields, index) as { sources: { release: unknown } };
  const versions = { [at(taken.versions, index)]: { source: kind, sha256: String(index).padStart(16, '0').padEnd(64, '0') } };
  const exclude = [{ when: { version: '>999999' }, reason: 'never' }];
  return JSON.stringify({
    ...recipe,
    sources: { [kind]: recipe.sources.release },
    versions,
    exclude,
    settings: { ...(recipe as { settings?: object }).settings, epoch: index % 3, cross: true },
  });
}

/** Matrices that between them hold every value that was taken. */
export function* hostileMatrices(taken: Taken): Iterable<HostileMatrix> {
  const most = (file: FileOfFields): number => Math.max(...file.fields.map((field) => taken.fields.get(field)?.length ?? 0));
  const [recipe, distro, ...others] = files;
  if (!recipe || !distro) throw new Error('no files');
  const count = Math.max(Math.ceil(most(recipe) / packagesInEach), most(distro), ...others.map(most), taken.settings.length, taken.distros.length);
  for (let index = 0; index < count; index++) {
    const id = at(taken.distros, index);
    const row = (fill(distro, taken.fields, index) as { distros: Record<string, Record<string, unknown>> }).distros.debian_bookworm ?? {};
    // A base that is given hides the bootstrap: two of three matrices go without.
    const distros = { [id]: { ...row, base: index % 3 === 0 ? row.base : undefined, platforms: ['linux/arm64'] } };
    const texts = new Map<string, string>([['matrix/distros.yaml', JSON.stringify({ distros })]]);
    for (const file of others)
      texts.set(
        file.file,
        JSON.stringify({ ...(fill(file, taken.fields, index) as object), ...(file.file.endsWith('workspace.yaml') ? { packaging_distro: id } : {}) }),
      );
    for (let place = 0; place < packagesInEach; place++) {
      const number = index * packagesInEach + place;
      texts.set(`matrix/packages/${at(taken.packages, number)}-${String(number)}.yaml`, packageText(taken, recipe, number));
    }
    const given = at(taken.settings, index);
    yield { texts, settings: index % 3 === 1 ? { ...given, bases: { [id]: Object.values(given.bases)[0] ?? '' } } : { ...given, bases: {} } };
  }
}
