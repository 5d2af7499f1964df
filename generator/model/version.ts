import semver from 'semver';

const fourth = 10_000;
const dotted = /\d+(?:\.\d+){0,3}/g;

/** OTP counts to four (27.3.4.1), semver to three: the fourth number becomes the low digits of the third. */
function toThree(numbers: string): string {
  const [major = '0', minor, patch, tiny] = numbers.split('.');
  if (minor === undefined) return major;
  if (patch === undefined) return `${major}.${minor}`;
  return `${major}.${minor}.${String(Number(patch) * fourth + Number(tiny ?? 0))}`;
}

function toSemver(version: string): string {
  const [, numbers = '', rest = ''] = /^([\d.]+)(.*)$/.exec(version) ?? [];
  const three = toThree(numbers).split('.');
  while (three.length < 3) three.push('0');
  const prerelease = rest.replace(/^[-~]/, '').replace(/[^0-9A-Za-z.]/g, '-');
  return three.join('.') + (prerelease === '' ? '' : `-${prerelease}`);
}

function toSemverRange(range: string): string {
  return range.replace(dotted, toThree);
}

/** Negative, zero or positive as `left` is older than, equal to or newer than `right`. */
export function compareVersions(left: string, right: string): number {
  return semver.compare(toSemver(left), toSemver(right));
}

/** Whether a version of up to four numbers lies in a range written as npm writes ranges (`<24.2`, `27.x`, `>=25 <28`). */
export function inRange(version: string, range: string): boolean {
  if (version === range) return true;
  return semver.satisfies(toSemver(version), toSemverRange(range), { includePrerelease: true });
}

/** Whether the text can be read as a version range at all. */
export function isRange(range: string): boolean {
  return semver.validRange(toSemverRange(range)) !== null;
}

/** The series that a version belongs to: its first number. */
export function seriesOf(version: string): string {
  return version.split('.')[0] ?? version;
}
