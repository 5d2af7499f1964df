import * as z from 'zod';

import { DistroId, Id, Line, Sha256 } from './text.js';

/**
 * What a repository offers its users. Everything enters by testing, or by substituted where it was built on another base than the
 * distro's own; stable is only ever promoted to.
 */
export const channels = ['stable', 'testing', 'substituted'] as const;
export const Channel = z.enum(channels);
export type Channel = z.infer<typeof Channel>;

/** A package file as the repository has it. */
export const Published = z.strictObject({
  target: Line,
  package: Id,
  version: Line.describe("Upstream's version, and that of the package which it is built on."),
  series: Id.describe('What patches arrive in, such as erlang-27.'),
  needs: z.array(Id).describe('Series of this repository that its packages depend on, such as erlang-27.'),
  distro: DistroId,
  format: z.enum(['deb', 'rpm']),
  name: Line.describe('Name of the package that people install.'),
  revision: Line.describe('Version as the package manager compares it, with epoch, iteration and distro.'),
  architecture: Line.describe('As its format spells it.'),
  serves: z.array(Line).min(1).describe('Architectures whose users see it: all of its distro for a package that fits all.'),
  file: Line,
  size: z.int().positive().describe('Bytes.'),
  sha256: Sha256.describe('Of the file as it is served.'),
  tested: Sha256.describe('Of the file as it was tested; a signature inside an rpm makes the two differ.'),
  final: z.boolean().describe('Whether it may become stable: no pre-release, and built on its own base.'),
});
export type Published = z.infer<typeof Published>;

/** A cell that its series declares and that nobody has built. */
export const Gap = z.strictObject({ series: Id, version: Line, distro: DistroId, architecture: Line });
export type Gap = z.infer<typeof Gap>;

/** A repository that had packages once and has none now. It stays, so that clients which point at it get no error. */
export const Emptied = z.strictObject({
  format: z.enum(['deb', 'rpm']),
  channel: Channel,
  distro: DistroId,
  series: Id,
  path: Line,
  architectures: z.array(Line).min(1),
});
export type Emptied = z.infer<typeof Emptied>;

/** What one release changed. */
const Change = z.strictObject({ id: Line, action: Line, changes: z.array(Line) });

/** release.json: one immutable state of the repository, and how it came about. */
export const Release = z.strictObject({
  id: z.string().regex(/^\d{6}-\d{8}T\d{6}Z$/),
  parent: z.string().optional(),
  action: Line.describe('The verb and its arguments, such as promote testing stable erlang-27.'),
  keys: z
    .array(z.string().regex(/^[0-9A-F]{40}$/))
    .min(1)
    .describe('Fingerprints of the keys that signed it.'),
  channels: z.record(Channel, z.array(Published)),
  emptied: z.array(Emptied),
  gaps: z.array(Gap),
  history: z.array(Change).min(1).describe('What the last releases changed, this one first.'),
});
export type Release = z.infer<typeof Release>;

/** The part of a release that people decide on. */
export type Contents = Release['channels'];
