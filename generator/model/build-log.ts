/** How long a step of a build took, and how it ended. */
export interface StepTime {
  readonly name: string;
  /** Undefined for a step that did not end. */
  readonly seconds: number | undefined;
  /** `skipped`: a step before it failed, and it only passed that on. */
  readonly outcome: 'done' | 'cached' | 'failed' | 'skipped' | 'unfinished';
}

interface Vertex {
  readonly name: string;
  seconds: number | undefined;
  outcome: StepTime['outcome'];
}

/** `#12 [build 2/3] RUN …`; with several platforms the platform stands before the step. */
const header = /^#(\d+) \[(?:linux\/\S+ )?([a-z][a-z-]*) +\d+\/\d+\] /;
const ending = /^#(\d+) (?:DONE (\d+(?:\.\d+)?)s|(CACHED)|(ERROR)|(CANCELED))/;
const fault = /^#\d+ (?:[\d.]+ )?step ([a-z-]+): [a-z]+ fault/;

function readLine(line: string, vertices: Map<string, Vertex>, failed: Set<string>): void {
  const [, id, name] = header.exec(line) ?? [];
  if (id !== undefined && name !== undefined) {
    // The client names a step again whenever it comes back to it.
    if (!vertices.has(id)) vertices.set(id, { name, seconds: undefined, outcome: failed.size > 0 ? 'skipped' : 'unfinished' });
    return;
  }
  const step = fault.exec(line)?.[1];
  if (step !== undefined) failed.add(step);
  const end = ending.exec(line);
  const vertex = vertices.get(end?.[1] ?? '');
  if (!end || !vertex) return;
  const [, , seconds, cached, error, canceled] = end;
  if (seconds !== undefined) vertex.seconds = Number(seconds);
  if (cached !== undefined) vertex.seconds = 0;
  if (vertex.outcome === 'skipped' || canceled !== undefined) return;
  vertex.outcome = cached !== undefined ? 'cached' : error === undefined ? 'done' : 'failed';
}

function sum(name: string, of: readonly Vertex[], hasFailed: boolean): StepTime {
  const seconds = of.flatMap((vertex) => vertex.seconds ?? []).reduce((total, one) => total + one, 0);
  const outcomes = new Set(of.map((vertex) => vertex.outcome));
  const worst = (['failed', 'unfinished', 'skipped', 'done', 'cached'] as const).find((one) => outcomes.has(one));
  const outcome = hasFailed ? 'failed' : (worst ?? 'unfinished');
  return { name, seconds: outcome === 'unfinished' ? undefined : Math.round(seconds * 10) / 10, outcome };
}

/** The steps of a build in the order in which they began, read from what `docker buildx build --progress=plain` printed. */
export function parseSteps(log: string): readonly StepTime[] {
  const vertices = new Map<string, Vertex>();
  const failed = new Set<string>();
  for (const line of log.split('\n')) if (line.startsWith('#')) readLine(line, vertices, failed);
  const names = [...new Set([...vertices.values()].map((vertex) => vertex.name))];
  return names.map((name) =>
    sum(
      name,
      [...vertices.values()].filter((vertex) => vertex.name === name),
      failed.has(name),
    ),
  );
}
