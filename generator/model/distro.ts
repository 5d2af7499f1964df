import * as z from 'zod';

import { BaseReference, Day, DistroId, Id, ImageReference, PackageName, Platform, Version, WebAddress } from './text.js';

/** How a clean base is made from the distribution's own archive when no registry is used. */
const Bootstrap = z
  .strictObject({
    tool: z.enum(['mmdebstrap']).describe('The program that makes the base.'),
    suite: Id.describe('Suite of the archive, such as bookworm.'),
    components: z.array(Id).min(1).default(['main']).describe('Components of the archive.'),
    snapshot: z
      .string()
      .regex(/^\d{8}T\d{6}Z$/, 'expected a snapshot time such as 20261101T000000Z')
      .optional()
      .describe('Build from the archive as it was at this time, for a reproducible base.'),
    release_only: z
      .array(Platform)
      .default([])
      .describe(
        'Platforms whose bases, and the native ones for cross-compiling to them, are made from the release alone: its updates and security fixes do not cover them, or not in step, and a cross compiler needs the same versions on both sides.',
      ),
  })
  .describe("How a clean base is made from the distribution's own archive.");

/** The package managers of each package format. */
export const managers = { deb: ['apt'], rpm: ['dnf', 'dnf5', 'yum'] } as const;

/** What its repositories need before packages can be installed from them. */
const Repositories = z
  .strictObject({
    enable: z.array(Id).default([]).describe('Repositories that it has switched off, such as crb.'),
    add: z.array(PackageName).default([]).describe('Packages that define further repositories, such as epel-release.'),
    mirror: WebAddress.optional().describe('Address in place of mirrors that are gone, such as a vault.'),
    ports: WebAddress.optional().describe('Address of the archive that has its foreign architectures.'),
    archived: z.boolean().default(false).describe('Moved from the mirrors to the archive of old releases, which is at archive.<their domain>.'),
  })
  .describe('What its repositories need before packages can be installed from them.');

/** One distribution release: a row of matrix/distros.yaml. */
export const Distro = z.strictObject({
  family: Id.describe('What overrides may select several distributions by, such as debian.'),
  format: z.enum(['deb', 'rpm']).describe('Format of its packages.'),
  package_manager: z.enum([...managers.deb, ...managers.rpm]).describe('The program that installs them.'),
  aliases: z.array(Id).default([]).describe('Other names that filters accept, such as debian-12.'),
  suffix: Id.describe('What tells its packages from those of its other releases, such as deb12 or el8; it must sort with the releases.'),
  image: ImageReference.describe("Reference of the distribution's clean image."),
  bootstrap: Bootstrap.optional(),
  base: BaseReference.optional().describe('Overrides the base: an image reference, or oci-layout://FOLDER. BASE_<distro>= on the command line wins over it.'),
  repositories: Repositories.prefault({}),
  end_of_life: Day.optional().describe('Last day of security support; a rolling release has none.'),
  archived: z.boolean().default(false).describe('Kept for people who still have it: its targets are built only when they are asked for by name.'),
  compression: z.enum(['xz', 'zstd', 'gzip']).describe('Package compression that its package manager can read.'),
  digest: z.enum(['sha256', 'md5']).default('sha256').describe('Digest of the files in an rpm that its rpm can check.'),
  weak_dependencies: z.boolean().default(true).describe('Whether its package manager knows recommendations.'),
  platforms: z.array(Platform).min(1).describe('Platforms that it exists for.'),
  cross: z.array(Platform).default([]).describe('Platforms that it has a cross compiler for.'),
  siblings: z.array(DistroId).default([]).describe('Distros that its packages are for as well.'),
  libraries: z.record(Id, Version).default({}).describe('Versions of libraries that rules may ask for, such as openssl.'),
});
export type Distro = z.infer<typeof Distro>;

/** matrix/distros.yaml. */
export const DistrosFile = z.strictObject({
  distros: z.record(DistroId, Distro).describe('Distributions by id, name_release.'),
});
export type DistrosFile = z.infer<typeof DistrosFile>;
