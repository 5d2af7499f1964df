/** Lines that one Dockerfile has and the other has not, behind `-` and `+`: what changed since the package was built. */
export function differences(built: string, now: string): readonly string[] {
  if (built === now) return [];
  const before = new Set(built.split('\n'));
  const after = new Set(now.split('\n'));
  const gone = [...before].filter((line) => !after.has(line)).map((line) => `- ${line}`);
  const come = [...after].filter((line) => !before.has(line)).map((line) => `+ ${line}`);
  return [...gone, ...come];
}
