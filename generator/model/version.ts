import semver from 'semver';

const fourth = 10_000;

/** A version inside a range: up to four numbers, and what stands behind them when it is a pre-release. */
const written = /(\d+(?:\.\d+){0,3})(?:[-~]([0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*))?/g;

/** OTP counts to four (27.3.4.1), semver to three: the fourth number becomes the low digits of the third. */
function toThree(numbers: string): string {
  const [major = 0, minor, patch, tiny = 0] = numbers.split('.').map(Number);
  if (minor === undefined) return String(major);
  if (patch === undefined) return `${String(major)}.${String(minor)}`;
  return `${String(major)}.${String(minor)}.${String(patch * fourth + tiny)}`;
}

function toPrerelease(suffix: string): string {
  return suffix.replaceAll(/(?<![0-9A-Za-z])0+(?=\d+(?![0-9A-Za-z]))/g, '');
}

function toSemver(version: string): string {
  const [, numbers = '', suffix] = /^([\d.]+)[-~]?(.*)$/.exec(version) ?? [];
  const three = toThree(numbers).split('.');
  while (three.length < 3) three.push('0');
  return three.join('.') + (suffix ? `-${toPrerelease(suffix)}` : '');
}

function toSemverRange(range: string): string {
  return range.replaceAll(written, (version, numbers: string, suffix: string | undefined) => (suffix === undefined ? toThree(numbers) : toSemver(version)));
}

/** Negative, zero or positive as `left` is older than, equal to or newer than `right`. */
export function compareVersions(left: string, right: string): number {
  return semver.compare(toSemver(left), toSemver(right));
}

/** Answers so far: every cell of a matrix asks the same few questions. */
const answers = new Map<string, boolean>();

/**
 * Whether a version of up to four numbers lies in a range written as npm writes ranges (`<24.2`, `27.x`, `>=25 <28`).
 * A range of fewer numbers speaks of whole series with their pre-releases: 28.0-rc1 lies in `>=28` and not in `<28`.
 */
export function inRange(version: string, range: string): boolean {
  if (version === range) return true;
  const question = `${version} ${range}`;
  const answer = answers.get(question) ?? semver.satisfies(toSemver(version), toSemverRange(range), { includePrerelease: true });
  answers.set(question, answer);
  return answer;
}

/** Whether the text can be read as a version range at all. */
export function isRange(range: string): boolean {
  return semver.validRange(toSemverRange(range)) !== null;
}

/** The series that a version belongs to, the widest first: 27, 27.3 and 27.3.4 for 27.3.4.1. */
export function seriesOf(version: string): readonly string[] {
  const numbers = /^[\d.]*\d/.exec(version)?.[0].split('.') ?? [];
  return numbers.slice(0, -1).map((_, index) => numbers.slice(0, index + 1).join('.'));
}

/** Whether a version has a suffix that makes it a pre-release. */
export function isPrerelease(version: string): boolean {
  return /[-~]/.test(version);
}
