import * as z from 'zod';

import { NoticeSettings } from './receiver.js';
import { Day, Id, ImageReference, Line, Platform, WebAddress } from './text.js';

/** One machine, or one cluster, that a builder consists of. */
const Node = z.strictObject({
  endpoint: z
    .string()
    .regex(/^(ssh|tcp|unix|kubernetes):\/\/[A-Za-z0-9@._~:/?&=-]*$/, 'expected ssh://, tcp://, unix:// or kubernetes:// and an address')
    .describe('What docker buildx create takes as its endpoint.'),
  platforms: z.array(Platform).min(1).optional().describe('Platforms of this node; without it those that it tells itself.'),
  options: z.record(Id, Line).default({}).describe('Driver options, such as namespace for kubernetes.'),
});

/** A buildx builder that takes the targets of some platforms. */
const Builder = z.strictObject({
  platforms: z.array(Platform).min(1).describe('Platforms whose targets it takes.'),
  native: z.boolean().default(true).describe('Whether it has processors of these platforms. If so nothing is cross-compiled or emulated for them.'),
  driver: z
    .enum(['context', 'docker-container', 'remote', 'kubernetes'])
    .describe("How make builders creates it; context is the engine's own builder at the endpoint."),
  nodes: z.array(Node).min(1).describe('Further nodes are appended to the first.'),
  price: z.number().min(0).default(0).describe('What an hour of building there costs, in the currency of nightly.cost.'),
});
export type Builder = z.infer<typeof Builder>;

/** How packages are published. */
const Publishing = z.strictObject({
  address: WebAddress.default('http://localhost:8080').describe('Under which users reach the repository, without a slash at the end.'),
  generations: z.int().min(0).default(3).describe('Releases behind the served one whose indexes and packages stay for clients that have read them.'),
  hours: z.int().min(0).default(48).describe('Hours for which the indexes and packages of a replaced release stay.'),
});

/** Which packages a nightly run promotes from testing to stable. */
const Promotion = z.strictObject({
  days: z.int().min(0).describe('For how many days a package must have been in testing.'),
  series: z.array(Id).min(1).optional().describe('Only these, such as erlang-27.'),
});
export type Promotion = z.infer<typeof Promotion>;

/** What a nightly run may take, and what it does by itself. */
const Nightly = z.strictObject({
  minutes: z.int().min(1).optional().describe('Minutes of building after which a run begins no further build.'),
  cost: z.number().positive().optional().describe("What the builds of a run may cost, in the currency of the builders' prices."),
  retries: z.int().min(0).max(10).default(2).describe('How often a build that met an infrastructure fault is tried again in the same run.'),
  pause: z.int().min(0).default(60).describe('Seconds before such a build is tried again.'),
  commit: z.boolean().default(false).describe('Whether what bump changes is committed.'),
  promote: z.array(Promotion).default([]).describe('Rules by which packages become stable; one that failed in upgrades, or that was taken back, does not.'),
});

/** matrix/workspace.yaml: what holds for every package. */
export const WorkspaceFile = z.strictObject({
  maintainer: Line.regex(/^[^<>]+ <[^<>@ ]+@[^<>@ ]+>$/, 'expected "Name <address@example.org>"'),
  build_platform: Platform.default('linux/amd64').describe('Platform that compilers run on.'),
  packaging_distro: z.string().describe('Distro whose base carries the packaging image.'),
  vendor: Line.optional().describe('Who distributes the packages: the field Vendor of an rpm.'),
  publishing: Publishing.prefault({}),
  nightly: Nightly.prefault({}),
  notices: NoticeSettings.prefault({}),
  builders: z.record(Id, Builder).default({}).describe('Builders by name; other platforms go to the one that BUILDER= names or docker uses.'),
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
