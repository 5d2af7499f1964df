import * as z from 'zod';

import {
  Address,
  Argument,
  Commit,
  Day,
  DistroId,
  Glob,
  Id,
  Line,
  PackageName,
  Platform,
  RelativePath,
  Relation,
  Sha256,
  SourceName,
  Version,
  VersionRange,
  WebAddress,
} from './text.js';
import { Upstream } from './upstream.js';

/** One value or several: a selector matches when any of them does. */
function oneOrMore<T extends z.ZodType>(schema: T): z.ZodUnion<[T, z.ZodArray<T>]> {
  return z.union([schema, z.array(schema).min(1)]);
}

/** Which targets a rule speaks of; every key that is given must match. */
export const Selector = z
  .strictObject({
    format: z.enum(['deb', 'rpm']).optional(),
    family: oneOrMore(Id).optional(),
    distro: oneOrMore(DistroId).optional(),
    platform: oneOrMore(Platform).optional(),
    version: oneOrMore(VersionRange).optional().describe('Version ranges as npm writes them.'),
    source: oneOrMore(Id).optional().describe('Kind of source that the version is built from.'),
    libraries: z.record(Id, VersionRange).optional().describe("Ranges over the distribution's libraries."),
  })
  .refine((selector) => Object.keys(selector).length > 0, 'selects nothing: name a format, family, distro, platform, version, source or library');
export type Selector = z.infer<typeof Selector>;

/** A finding of lintian or rpmlint that is accepted, and why. */
const Waiver = z.strictObject({ tag: z.string().regex(/^[a-z0-9][a-z0-9+/-]*$/, 'not a tag of lintian or rpmlint'), reason: Line });

const lists = {
  tools: z.array(PackageName).describe('Build dependencies for the machine that builds.'),
  libraries: z.array(PackageName).describe('Build dependencies for the machine that the package is for.'),
  configure: z.array(Argument).describe('Arguments of the build script.'),
  patches: z.array(RelativePath).describe("Patches below the package's patches folder, in order."),
  recommended_files: z.array(Glob).describe('Staged ELF files whose libraries are recommended instead of required.'),
  depends: z.array(Relation).describe('Dependencies beside those computed from the ELF files.'),
  recommends: z.array(Relation),
  suggests: z.array(Relation),
  conflicts: z.array(Relation),
  replaces: z.array(Relation),
  provides: z.array(Relation),
  waivers: z.array(Waiver).describe('Findings of the package linter that are accepted, each with its reason.'),
};

const scalars = {
  epoch: z.int().min(0).describe('Epoch of the package version.'),
  cross: z.boolean().describe('Whether the build script can cross-compile.'),
  prebuilt: z
    .boolean()
    .describe(
      'Whether the build script can take what fits every system from another build of the version: from the native tree, or from what a build on another distro left.',
    ),
};

/** What may differ from target to target. */
export const Settings = z.strictObject({ ...scalars, ...lists });
export type Settings = z.infer<typeof Settings>;
export const listNames = Object.keys(lists) as (keyof typeof lists)[];

/** A rule that changes settings of the targets it selects. */
export const Override = z.strictObject({
  when: Selector,
  set: Settings.partial().optional().describe('Values that replace.'),
  add: z.strictObject(lists).partial().optional().describe('Entries put behind a list.'),
  remove: z.strictObject(lists).partial().optional().describe('Entries taken out of a list.'),
});
export type Override = z.infer<typeof Override>;

const Exclude = z.strictObject({ when: Selector, reason: Line.describe('Shown to people who ask for such a target.') });

const Source = z.strictObject({
  file: SourceName.describe('File name; {version} is filled in.'),
  addresses: z.array(Address).min(1).describe('Where the same bytes can be had, tried in order; {version} is filled in.'),
  checksums: Address.regex(/^https?:/, 'expected http://… or https://…')
    .optional()
    .describe('Where upstream publishes SHA-256 sums, as sha256sum writes them; {version} is filled in.'),
});

const Release = z.strictObject({
  source: Id.describe('Kind of source, a key of sources.'),
  sha256: Sha256.optional().describe('Pin of the source.'),
  commit: Commit.optional().describe("What upstream's tag stood for when make bump pinned the source."),
  iteration: z.int().min(1).optional().describe('Iteration of its packages, in place of that of the recipe: it rises when only the packaging changes.'),
  archived: z.boolean().default(false).describe('Superseded: built only when it is asked for by name.'),
});

/** Which versions of this package run on which versions of another, that it is built for one by one. */
const BuiltOn = z.strictObject({
  package: Id.describe('The package of this matrix that each build is for, such as erlang.'),
  compatible: z
    .array(
      z.strictObject({ version: VersionRange.describe('Versions of this package.'), with: VersionRange.describe('Versions of the other that they run on.') }),
    )
    .min(1)
    .describe('The first row whose version fits decides.'),
  source: WebAddress.describe('Where upstream says so.'),
});

/** matrix/packages/<package>.yaml. */
export const PackageFile = z.strictObject({
  name: PackageName.describe('Name of the package that people install.'),
  summary: Line,
  description: z.array(Line).default([]).describe('Paragraphs below the summary.'),
  homepage: z.url({ protocol: /^https?$/, error: 'expected an http or https address' }).regex(/^[!-~]+$/, 'expected an address without spaces, in ASCII'),
  license: Line.describe('SPDX expression.'),
  copyright: RelativePath.describe('File in the source that holds the licence text.'),
  notices: z.array(Line).min(1).describe('Who holds the copyright since when, a line each.'),
  section: Id,
  architecture: z.enum(['any', 'all']).default('any').describe('all: one build serves every platform of a distro.'),
  iteration: z.int().min(1).default(1),
  series: z.enum(['major', 'minor']).default('major').describe('What users subscribe to, so that a patch arrives without the next series.'),
  sources: z.record(Id, Source),
  upstream: Upstream.optional().describe('Where make outdated and make bump look for versions.'),
  versions: z.record(Version, Release),
  end_of_life: z
    .record(z.string().regex(/^\d+(\.\d+)?$/, 'expected a series, such as 27 or 1.18'), Day)
    .default({})
    .describe('The day on which upstream ends, or ended, the support of a series: make outdated then proposes to retire its versions.'),
  built_on: BuiltOn.optional(),
  needs: z.record(Id, VersionRange).default({}).describe('Packages of this matrix that must be installed to build it.'),
  settings: Settings.partial().default({}),
  overrides: z.array(Override).default([]),
  exclude: z.array(Exclude).default([]),
});
export type PackageFile = z.infer<typeof PackageFile>;
