import { z } from 'zod';

import { Day, ImageReference, Line, Platform } from './text.js';

/** matrix/workspace.yaml: what holds for every package. */
export const WorkspaceFile = z.strictObject({
  maintainer: Line.regex(/^[^<>]+ <[^<>@ ]+@[^<>@ ]+>$/, 'expected "Name <address@example.org>"'),
  build_platform: Platform.default('linux/amd64').describe('Platform that compilers run on.'),
  packaging_distro: z.string().describe('Distro whose base carries the packaging image.'),
});
export type WorkspaceFile = z.infer<typeof WorkspaceFile>;

/** matrix/lock.yaml: what `make lock` looked up. Machine-written. */
export const LockFile = z.strictObject({
  refreshed: Day.optional().describe('Day on which bootstrapped bases were last asked to be made anew.'),
  images: z.record(ImageReference, z.partialRecord(Platform, z.string().regex(/^sha256:[0-9a-f]{64}$/, 'expected sha256:<64 hexadecimal digits>'))).default({}),
});
export type LockFile = z.infer<typeof LockFile>;

/** What people set on make's command line and that can change an artifact. */
export interface RunSettings {
  /** Where bases come from: `registry`, `bootstrap`, or chosen per distro. */
  readonly base: 'auto' | 'registry' | 'bootstrap';
  /** Base by distro id: an image reference or `oci-layout://FOLDER`. */
  readonly bases: Readonly<Record<string, string>>;
  /** Package iteration in place of the one in the matrix. */
  readonly iteration: number | undefined;
}
