import type { Attempt } from '../model/attempt.js';
import { isPackageFault } from '../model/attempt.js';

/** A time in which a target failed by itself, in its history. */
export interface PastOutage {
  readonly began: Attempt;
  /** The attempt that built it again; undefined while it lasts. */
  readonly ended: Attempt | undefined;
  /** Package faults in it. */
  readonly failures: number;
}

/** Every outage that the attempts of a target tell of, the last first. Takes the attempts in that order too. */
export function listOutages(attempts: readonly Attempt[]): readonly PastOutage[] {
  const found: PastOutage[] = [];
  let open: { readonly began: Attempt; failures: number } | undefined;
  for (const attempt of [...attempts].reverse()) {
    if (isPackageFault(attempt)) {
      open ??= { began: attempt, failures: 0 };
      open.failures++;
    } else if (open && attempt.status?.result === 'built') {
      found.push({ ...open, ended: attempt });
      open = undefined;
    }
  }
  if (open) found.push({ ...open, ended: undefined });
  return found.reverse();
}
