/** One instruction of a Dockerfile, as BuildKit would see it. */
export interface Instruction {
  readonly keyword: string;
  readonly flags: readonly string[];
  readonly rest: string;
}

/** Reads a Dockerfile by its rules: comments, continued lines, flags (https://docs.docker.com/reference/dockerfile/#format). */
export function readDockerfile(text: string): readonly Instruction[] {
  const lines = text.split('\n').filter((line) => !/^\s*(#|$)/.test(line));
  const logical = lines.join('\n').replaceAll('\\\n', ' ').split('\n');
  return logical.map((line) => {
    const [keyword = '', ...words] = line.trim().split(/\s+/);
    const flags = words.slice(
      0,
      words.findIndex((word) => !word.startsWith('--')),
    );
    let rest = line.trim().slice(keyword.length).trimStart();
    for (const flag of flags) rest = rest.slice(flag.length).trimStart();
    return { keyword, flags, rest };
  });
}

/** What an ENV instruction sets, with the escapes of its double quotes undone; throws when a variable would be filled in. */
export function readEnv(rest: string): readonly [name: string, value: string] {
  const [, name, quoted] = /^([A-Z_]+)="((?:[^"\\$]|\\["\\$])*)"$/.exec(rest) ?? [];
  if (name === undefined || quoted === undefined) throw new Error(`not a plain ENV: ${rest}`);
  return [name, quoted.replaceAll(/\\(["\\$])/g, '$1')];
}
