import * as z from 'zod';

import { Id, Line, PackageName, VersionRange, WebAddress } from './text.js';

const gitAddress = /^(https?|git|ssh|file):\/\/[A-Za-z0-9@._~:/?=-]+$/;
const listingAddress = /^https?:\/\/[A-Za-z0-9][A-Za-z0-9._~:/+-]*\/$/;

/** Where the versions of a package come from, and which of them its matrix follows. */
export const Upstream = z
  .strictObject({
    git: z
      .string()
      .regex(gitAddress, 'expected https://, git://, ssh:// or file:// and an address')
      .optional()
      .describe('A git repository: its tags are versions.'),
    releases: WebAddress.optional().describe("A repository's releases in GitHub's API, such as https://api.github.com/repos/erlang/otp/releases."),
    listing: z
      .string()
      .regex(listingAddress, 'expected http://…/ or https://…/')
      .optional()
      .describe('A folder that its server lists: the names of its files have versions in them.'),
    debian: PackageName.optional().describe("A source package of Debian's archive: the names of its files have versions in them."),
    suite: Id.default('unstable').describe('The suite of the archive that is read.'),
    names: Line.regex(/^[^{}]*\{version\}[^{}]*$/, 'expected {version} once').describe('What a tag, release or file is called, such as OTP-{version}.'),
    heads: Line.regex(/^[A-Za-z0-9*._/-]+$/)
      .optional()
      .describe('Only tags whose commit is the head of a branch of this name, such as maint-*.'),
    range: VersionRange.optional().describe('Versions that are followed at all.'),
    prereleases: z.boolean().default(false).describe('Whether pre-releases are followed.'),
  })
  .refine(
    ({ git, releases, listing, debian }) => [git, releases, listing, debian].filter((one) => one !== undefined).length === 1,
    'name one of git, releases, listing and debian',
  )
  .refine(({ git, heads }) => heads === undefined || git !== undefined, 'heads is about a git repository');
export type Upstream = z.infer<typeof Upstream>;
