import * as z from 'zod';

import { isRange } from './version.js';

/** Platforms as Docker spells them, with the names that Debian, RPM and GNU have for them. */
export const platforms = {
  'linux/amd64': { deb: 'amd64', rpm: 'x86_64', gnu: 'x86_64-linux-gnu' },
  'linux/arm64': { deb: 'arm64', rpm: 'aarch64', gnu: 'aarch64-linux-gnu' },
  'linux/386': { deb: 'i386', rpm: 'i686', gnu: 'i686-linux-gnu' },
  'linux/arm/v7': { deb: 'armhf', rpm: 'armv7hl', gnu: 'arm-linux-gnueabihf' },
  'linux/mips64le': { deb: 'mips64el', rpm: 'mips64el', gnu: 'mips64el-linux-gnuabi64' },
  'linux/ppc64le': { deb: 'ppc64el', rpm: 'ppc64le', gnu: 'powerpc64le-linux-gnu' },
  'linux/riscv64': { deb: 'riscv64', rpm: 'riscv64', gnu: 'riscv64-linux-gnu' },
  'linux/s390x': { deb: 's390x', rpm: 's390x', gnu: 's390x-linux-gnu' },
} as const;

/** A platform in Docker's spelling. */
export type Platform = keyof typeof platforms;
export const Platform = z.enum(Object.keys(platforms) as [Platform, ...Platform[]]);

/** A word that enters file names, make targets and image tags: nothing in it needs quoting anywhere. */
export const Id = z.string().regex(/^[a-z0-9][a-z0-9.+~-]*$/, 'expected lower-case letters, digits and . + ~ - only, starting with a letter or digit');

/** `debian_bookworm`: a distribution and its release. */
export const DistroId = z.string().regex(/^[a-z][a-z0-9]*_[a-z0-9][a-z0-9.]*$/, 'expected name_release, such as debian_bookworm');

/** An upstream version: up to four numbers and, for a pre-release, a suffix such as -rc1. Longer numbers could not be compared. */
export const Version = z
  .string()
  .regex(
    /^\d{1,11}(\.\d{1,11}){0,2}(\.\d{1,4})?([-~][0-9A-Za-z]+(\.[0-9A-Za-z]+)*)?$/,
    'expected up to four numbers, such as 27.3.4.1, and a suffix such as -rc1',
  );

/** A range over such versions, as npm writes it: `<24.2`, `27.x`, `>=25 <28`. */
export const VersionRange = z.string().refine(isRange, 'not a version range (examples: 27.x, <24.2, >=25 <28)');

/** One line of printable text. */
export const Line = z.string().regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]+$/u, 'expected one line of printable text');

/** A name of a Debian or RPM package, with `:ARCH` where the caller adds it. */
export const PackageName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.+_-]*$/, 'not a package name');

/** A relation as package managers write it: `libc6 (>= 2.34)`, `default-jre-headless | java9-runtime`. */
export const Relation = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.+_() <>=|:~{}-]*$/, 'not a package relation, such as "libc6 (>= 2.34)"');

/** One argument of a configure script. */
export const Argument = z.string().regex(/^[A-Za-z0-9_./:=,@%+~-]+$/, 'expected an argument without spaces, quotes or shell characters');

/** A path below its folder: relative, without `..`. */
export const RelativePath = z.string().regex(/^(?!.*(^|\/)\.\.?(\/|$))[A-Za-z0-9_][A-Za-z0-9_.+~/-]*$/, 'expected a path below its folder');

/** A glob over the staged files, relative to the root of the package. */
export const Glob = z.string().regex(/^(?!.*(^|\/)\.\.(\/|$))[A-Za-z0-9_*?][A-Za-z0-9_.+*?/-]*$/, 'expected a relative glob');

/** Name of a source file, with `{version}` where the version stands. It becomes a make target. */
export const SourceName = z
  .string()
  .regex(
    /^([A-Za-z0-9]|\{version\})([A-Za-z0-9.+~_-]|\{version\})*$/,
    'expected a file name of letters, digits and . + ~ _ -, with {version} in it where the version stands',
  );

/** Where a source can be had: on the web, in the pool of the Debian archive, or beside its recipe. */
export const Address = z
  .string()
  .regex(
    /^(https?:\/\/[A-Za-z0-9]|debian:pool\/|matrix:packages\/)([A-Za-z0-9._~:/?#@!&*+,;=%-]|\{version\})*$/,
    'expected https://…, debian:pool/… or matrix:packages/… without spaces, quotes or brackets',
  );

/** An address on the web, as repositories have it. */
export const WebAddress = z.string().regex(/^https?:\/\/[A-Za-z0-9][A-Za-z0-9._~:/-]*$/, 'expected http://… or https://… without a query');

/** Lower-case hexadecimal SHA-256. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits');

/** A commit of a git repository. */
export const Commit = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/, 'expected 40 or 64 hexadecimal digits');

/** A calendar day, such as 2028-06-30. */
export const Day = z.iso.date('expected a day such as 2028-06-30');

/** An image reference or an OCI layout: what docker accepts after `docker-image://` or `oci-layout://`. */
export const ImageReference = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/:@-]*$/, 'not an image reference');

/** What may stand in place of a distro's base. */
export const BaseReference = z
  .string()
  .regex(/^(oci-layout:\/\/|docker-image:\/\/)?(?!.*\/\/)[A-Za-z0-9/.][A-Za-z0-9._/:@+~-]*$/, 'expected an image reference or oci-layout://FOLDER');
