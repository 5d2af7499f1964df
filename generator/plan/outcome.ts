import type { Blocked } from '../model/run.js';
import type { Cell } from './cell.js';
import { isDone } from './cell.js';
import type { Target } from './target.js';

/** What became of targets that were to be built. */
export interface Outcome {
  readonly built: readonly string[];
  /** Package faults. */
  readonly failed: readonly string[];
  /** Those that an infrastructure fault ended. */
  readonly faulty: readonly string[];
  /** Those that nobody came to, because something else was not there. */
  readonly blocked: readonly Blocked[];
  /** Those for which there was no time. */
  readonly left: readonly string[];
}

/** Files that must be there before a target can be built, beside the packages that it needs. */
function prerequisites({ source, base, nativeBase, prebuilt, packaging }: Target): readonly string[] {
  const bases = [base, nativeBase, prebuilt?.base].flatMap((one) => [one?.made?.file, one?.given].flatMap((path) => path ?? []));
  return [source.path, ...bases, packaging.file];
}

/**
 * Compares targets before and after they were to be built. `unmade` has the exit status of what make could not have; `isStopped` says that
 * the run's time or money was up.
 */
export function judgeOutcome(before: readonly Cell[], after: ReadonlyMap<string, Cell>, unmade: ReadonlyMap<string, number>, isStopped: boolean): Outcome {
  const [built, failed, faulty, left]: [string[], string[], string[], string[]] = [[], [], [], []];
  const blocked: Blocked[] = [];
  for (const { name, last, target } of before) {
    const cell = after.get(name);
    if (cell && isDone(cell)) built.push(name);
    else if (cell?.last && cell.last.stamp !== last?.stamp) (cell.last.status?.fault === 'package' ? failed : faulty).push(name);
    else if (isStopped) left.push(name);
    else {
      const need = target?.needs.find((one) => !isDone(after.get(one.name) ?? { state: 'missing' }));
      const file = target && prerequisites(target).find((path) => unmade.has(path));
      blocked.push({ target: name, by: file ?? need?.name ?? 'make' });
    }
  }
  return { built, failed, faulty, blocked, left };
}

/** Targets that are worth another try at once: an infrastructure fault ended them, or what they wait for. `wrong` is the exit status of what a retry does not mend. */
export function worthRetrying({ faulty, blocked }: Outcome, unmade: ReadonlyMap<string, number>, wrong: number): readonly string[] {
  const again = new Set(faulty);
  // In the order of their needs, so that what waits for one of them is found.
  for (const { target, by } of blocked) if (again.has(by) || (unmade.has(by) && unmade.get(by) !== wrong)) again.add(target);
  return [...again];
}
