/** The SHA-256 that a list as sha256sum writes it has for a file; undefined when it does not name the file. */
export function findChecksum(list: string, file: string): string | undefined {
  return list
    .split('\n')
    .map((one) => /^([0-9a-fA-F]{64}) [ *](.+)$/.exec(one.trimEnd()))
    .find((match) => match?.[2] === file)?.[1]
    ?.toLowerCase();
}
