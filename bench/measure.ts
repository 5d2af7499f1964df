import { spawnSync } from 'node:child_process';

/** A command to measure, in a folder. */
export interface Command {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  /** What happens, unmeasured, before each run. */
  readonly before?: (run: number) => void;
}

/** Variables of a make that runs the bench would change the makes that are measured. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(MAKE|MFLAGS|MAKEFLAGS|MAKELEVEL|PACKAGE|VERSION|DISTRO|PLATFORM|BASE|ITERATION)/.test(name)),
  );
}

/** Runs a command; gives its time in milliseconds and what it printed. A failure ends the bench. */
export function run({ argv: [program, ...args], cwd }: Command): { readonly milliseconds: number; readonly stdout: string } {
  const start = process.hrtime.bigint();
  const result = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28, env: cleanEnvironment() });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (result.status !== 0) throw new Error(`${program} ${args.join(' ')} (in ${cwd}) ended with ${String(result.status)}:\n${result.stdout}${result.stderr}`);
  return { milliseconds, stdout: result.stdout };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Median milliseconds of each command. They run in turn, so that a machine that is busy meanwhile slows all of them. */
export function inTurn(rounds: number, commands: readonly Command[]): readonly number[] {
  const times = commands.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, command] of commands.entries()) {
      command.before?.(round);
      const { milliseconds } = run(command);
      // The first round warms the caches.
      if (round >= 0) times[index]?.push(milliseconds);
    }
  }
  return times.map(median);
}
