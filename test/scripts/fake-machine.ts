import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';

/** What every script may rely on: tools of an ordinary Linux system. Anything else is faked by a test, or absent. */
const ordinaryTools = [
  ...['awk', 'basename', 'bash', 'cat', 'chmod', 'cp', 'curl', 'cut', 'date', 'dirname', 'env', 'flock', 'grep', 'head', 'id', 'ls', 'make'],
  ...['mkdir', 'mv', 'node', 'npm', 'rm', 'sed', 'setsid', 'sh', 'sha256sum', 'sleep', 'sort', 'tail', 'tar', 'touch', 'tr', 'uname', 'xz'],
];

export interface Ran {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder that is the whole PATH of a script under test, with commands that a test writes itself. */
export class FakeMachine {
  readonly bin: string;
  readonly calls: string;

  constructor(
    readonly folder: string,
    tools: readonly string[] = ordinaryTools,
  ) {
    this.bin = join(folder, 'bin');
    this.calls = join(folder, 'calls');
    mkdirSync(this.bin);
    writeFileSync(this.calls, '');
    for (const tool of tools) {
      symlinkSync(toolPath(tool), join(this.bin, tool));
    }
  }

  /** Adds a command. Each call of it is noted with its arguments; then BODY runs in bash. */
  command(name: string, body = ''): void {
    const path = join(this.bin, name);
    // Never through a link to the machine's own.
    rmSync(path, { force: true });
    writeFileSync(path, `#!${toolPath('bash')}\necho "${name} $*" >>"$CALLS"\n${body}\n`);
    chmodSync(path, 0o755);
  }

  /** The noted calls that begin so, one a line. */
  callsOf(prefix: string): string[] {
    return readFileSync(this.calls, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith(prefix));
  }

  /** Runs a script of the project with nothing of this process's environment. */
  async run(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const { exitCode, stdout, stderr } = await this.start(script, args, env);
    return { exitCode, stdout, stderr };
  }

  // eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- what execa infers has no short name
  start(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const options = { cwd: this.folder, env: { PATH: this.bin, CALLS: this.calls, ...env }, extendEnv: false, reject: false } as const;
    return execa(resolve('scripts', script), args, options);
  }
}

function toolPath(tool: string): string {
  for (const folder of (process.env['PATH'] ?? '').split(':')) {
    try {
      readFileSync(join(folder, tool));
      return join(folder, tool);
    } catch {
      continue;
    }
  }
  throw new Error(`Internal error: this machine has no ${tool}`);
}
