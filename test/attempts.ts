import type { Attempt } from '../generator/model/attempt.js';
import { Status } from '../generator/model/attempt.js';

const digest = 'a'.repeat(64);

/** An attempt that ended, with what a test wants to be different. */
export function attempt(stamp: string, over: Partial<Status> = {}): Attempt {
  const status = Status.parse({
    target: 'hello_1.2_debian_bookworm_linux-amd64',
    base: 'own',
    result: 'built',
    fault: 'none',
    step: '',
    started: 1_790_000_000,
    seconds: 60,
    dockerfile: digest,
    log: `out/attempts/x/${stamp}/build.log`,
    ...over,
  });
  return { stamp, status, running: undefined };
}

/** One that failed because of the package. */
export function fault(stamp: string, over: Partial<Status> = {}): Attempt {
  return attempt(stamp, { result: 'failed', fault: 'package', step: 'build', reason: 'exit status 2', ...over });
}

/** One that failed because of anything else. */
export function trouble(stamp: string): Attempt {
  return attempt(stamp, { result: 'failed', fault: 'infrastructure' });
}
