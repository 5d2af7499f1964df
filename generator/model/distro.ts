import { z } from 'zod';

import { BaseReference, Day, DistroId, Id, ImageReference, Platform, Version } from './text.js';

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
  })
  .describe("How a clean base is made from the distribution's own archive.");

/** One distribution release: a row of matrix/distros.yaml. */
export const Distro = z.strictObject({
  family: Id.describe('What overrides may select several distributions by, such as debian.'),
  format: z.enum(['deb']).describe('Format of its packages.'),
  aliases: z.array(Id).default([]).describe('Other names that filters accept, such as debian-12.'),
  suffix: Id.describe('Numeric suffix of package versions, such as deb12; it must sort with the releases.'),
  image: ImageReference.describe("Reference of the distribution's clean image."),
  bootstrap: Bootstrap.optional(),
  base: BaseReference.optional().describe('Overrides the base: an image reference, or oci-layout://FOLDER. BASE_<distro>= on the command line wins over it.'),
  end_of_life: Day.describe('Last day of security support.'),
  compression: z.enum(['xz', 'zstd', 'gzip']).describe('Package compression that its package manager can read.'),
  platforms: z.array(Platform).min(1).describe('Platforms that it exists for.'),
  cross: z.array(Platform).default([]).describe('Platforms that it has a cross compiler for.'),
  libraries: z.record(Id, Version).default({}).describe('Versions of libraries that rules may ask for, such as openssl.'),
});
export type Distro = z.infer<typeof Distro>;

/** matrix/distros.yaml. */
export const DistrosFile = z.strictObject({
  distros: z.record(DistroId, Distro).describe('Distributions by id, name_release.'),
});
export type DistrosFile = z.infer<typeof DistrosFile>;
