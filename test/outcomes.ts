import { createHash } from 'node:crypto';

import type { RunFile } from '../generator/model/run.js';
import type { CliWorkspace } from './cli.js';

export type Outcome = 'built' | 'package' | 'infrastructure' | 'interrupted' | 'killed';

interface Row {
  readonly name: string;
  readonly artifact: string;
}

/** Leaves on disk what attempts and nightly runs leave, without building anything. */
export class Outcomes {
  private readonly last = new Map<string, string>();
  private count = 0;

  private constructor(
    private readonly workspace: CliWorkspace,
    /** Where the package of each target would be. */
    private readonly artifacts: ReadonlyMap<string, string>,
  ) {}

  static async of(workspace: CliWorkspace): Promise<Outcomes> {
    await workspace.run('generate');
    const { stdout } = await workspace.run('status', '--json', '--full');
    return new Outcomes(workspace, new Map((JSON.parse(stdout) as readonly Row[]).map(({ name, artifact }) => [name, artifact])));
  }

  get targets(): readonly string[] {
    return [...this.artifacts.keys()];
  }

  /** Everything that was attempted has been removed from the disk. */
  forget(): void {
    this.last.clear();
  }

  /** One attempt; gives its name. */
  add(target: string, outcome: Outcome, run = ''): string {
    this.count += 1;
    const stamp = `20260101T${String(this.count).padStart(6, '0')}Z-1`;
    const folder = `out/attempts/${target}/${stamp}`;
    const artifact = this.artifacts.get(target) ?? '';
    const isThere = this.workspace.exists(artifact);
    if (isThere && outcome === 'package') this.workspace.remove(artifact);
    const dockerfile = createHash('sha256')
      .update(this.workspace.read(`dockerfiles/${target}.Dockerfile`))
      .digest('hex');
    const status = {
      target,
      base: 'own',
      result: outcome === 'built' || outcome === 'interrupted' ? outcome : 'failed',
      fault: outcome === 'package' || outcome === 'infrastructure' ? outcome : 'none',
      step: outcome === 'package' ? 'build' : '',
      reason: outcome === 'package' ? 'exit status 2' : '',
      started: 1_767_225_600 + this.count,
      seconds: 1,
      dockerfile,
      run,
      log: `${folder}/build.log`,
    };
    this.workspace.write(`${folder}/build.log`, 'it began\n');
    if (outcome === 'package') this.workspace.write(`${folder}/logs/build.log`, `one\n\u001b[31mtwo\u001b[0m\nattempt ${String(this.count)}\n`);
    if (outcome !== 'killed') this.workspace.write(`${folder}/status.json`, JSON.stringify(status));
    const before = this.last.get(target);
    if (before !== undefined) {
      this.workspace.write(`${folder}/previous`, `${before}\n`);
      this.workspace.remove(`out/attempts/${target}/last`);
    }
    this.workspace.link(`out/attempts/${target}/last`, stamp);
    this.last.set(target, stamp);
    if (outcome === 'built') {
      this.workspace.write(artifact, 'a package');
      this.workspace.write(`${artifact.slice(0, artifact.lastIndexOf('/'))}/status.json`, JSON.stringify(status));
    }
    return stamp;
  }

  /** A nightly run that has come as far as its notices. */
  run(number: number, steps: readonly (readonly [name: RunFile['steps'][number]['name'], status: number])[], left: readonly string[] = []): string {
    const id = `${String(number).padStart(6, '0')}-20260101T000000Z`;
    const file = {
      id,
      asked: '',
      started: 1_767_225_600,
      process: 1,
      steps: steps.map(([name, status]) => ({ name, status, seconds: 1, said: 'the last line' })),
    };
    this.workspace.write(`out/runs/${id}/run.json`, JSON.stringify(file));
    this.workspace.write(`out/runs/${id}/build.json`, JSON.stringify({ due: [], held: [], left, blocked: [] }));
    return id;
  }
}
