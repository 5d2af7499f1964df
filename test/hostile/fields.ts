import type * as z from 'zod';

import { DistrosFile } from '../../generator/model/distro.js';
import { PackageFile } from '../../generator/model/package.js';
import { LockFile, WorkspaceFile } from '../../generator/model/workspace.js';
import type { Texts } from '../texts.js';
import { sound } from '../texts.js';

type Path = readonly (string | number)[];

/** A string of a matrix file, and how a hostile one could look like what belongs there. */
export interface Field {
  readonly path: Path;
  readonly disguise: (text: string) => string;
}

export interface FileOfFields {
  readonly file: string;
  readonly schema: z.ZodType;
  readonly fields: readonly Field[];
}

function field(path: string, disguise: (text: string) => string): Field {
  return { path: path.split(' ').map((part) => (/^\d+$/.test(part) ? Number(part) : part)), disguise };
}

const relations = ['depends', 'recommends', 'suggests', 'conflicts', 'replaces', 'provides'].map((list) =>
  field(`settings ${list} 0`, (text) => `libc6 ${text}`),
);

/** Every field that holds text of a person's own, file by file. */
export const files: readonly FileOfFields[] = [
  {
    file: 'matrix/packages/hello.yaml',
    schema: PackageFile,
    fields: [
      field('name', (text) => `hello${text}`),
      field('summary', (text) => `A ${text} greeting`),
      field('description 0', (text) => `It ${text}`),
      field('homepage', (text) => `https://example.org/${text}`),
      field('license', (text) => `MIT ${text}`),
      field('copyright', (text) => `doc/${text}`),
      field('notices 0', (text) => `Copyright ${text}`),
      field('section', (text) => `devel${text}`),
      field('sources release file', (text) => `hello${text}-{version}.tar.gz`),
      field('sources release addresses 0', (text) => `https://example.org/${text}`),
      field('versions 1.2 sha256', (text) => `${'1'.repeat(64 - text.length > 0 ? 64 - text.length : 0)}${text}`),
      field('settings tools 0', (text) => `gcc${text}`),
      field('settings libraries 0', (text) => `libx${text}`),
      field('settings configure 0', (text) => `--with-${text}`),
      field('settings patches 0', (text) => `series/${text}`),
      field('settings recommended_files 0', (text) => `usr/lib/${text}`),
      field('settings waivers 0 tag', (text) => `tag${text}`),
      field('settings waivers 0 reason', (text) => `because ${text}`),
      field('exclude 0 reason', (text) => `because ${text}`),
      ...relations,
    ],
  },
  {
    file: 'matrix/distros.yaml',
    schema: DistrosFile,
    fields: [
      field('distros debian_bookworm family', (text) => `debian${text}`),
      field('distros debian_bookworm aliases 0', (text) => `debian-${text}`),
      field('distros debian_bookworm suffix', (text) => `deb${text}`),
      field('distros debian_bookworm image', (text) => `debian:${text}`),
      field('distros debian_bookworm base', (text) => `oci-layout://${text}`),
      field('distros debian_bookworm bootstrap suite', (text) => `bookworm${text}`),
      field('distros debian_bookworm bootstrap components 0', (text) => `main${text}`),
      field('distros debian_bookworm bootstrap snapshot', (text) => `20261101T000000Z${text}`),
      field('distros debian_bookworm end_of_life', (text) => `2028-06-30${text}`),
      field('distros debian_bookworm libraries openssl', (text) => `3.0${text}`),
    ],
  },
  { file: 'matrix/workspace.yaml', schema: WorkspaceFile, fields: [field('maintainer', (text) => `${text} <${text}@example.org>`)] },
  { file: 'matrix/lock.yaml', schema: LockFile, fields: [field('refreshed', (text) => `2026-11-20${text}`)] },
];

/** The sound matrix, with its files as JSON, which is YAML too. */
export function withData(changed: ReadonlyMap<string, unknown>): Texts {
  return new Map([...sound, ...[...changed].map(([file, data]): [string, string] => [file, JSON.stringify(data)])]);
}

/** Data with a value put at a path; what is missing on the way is made. */
export function put(data: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof key === 'number') return [put((data as unknown[] | undefined)?.[key], rest, value)];
  const map = (data ?? {}) as Record<string, unknown>;
  return { ...map, [key]: put(map[key], rest, value) };
}
