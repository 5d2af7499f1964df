import { execa } from 'execa';

import { builderCalls } from '../render/builders.js';
import { quoteShell } from '../render/quote.js';
import { UserError } from './user-error.js';
import { openWorkspace } from './workspace.js';

const docker = process.env.DOCKER ?? 'docker';

/** Whether docker knows a builder of this name; it says nothing of whether its nodes answer. */
async function isKnown(name: string): Promise<boolean> {
  const { stdout } = await execa(docker, ['buildx', 'ls', '--format', '{{.Name}}'], { reject: false });
  return stdout.split('\n').some((line) => line.replace(/\*$/, '').trim() === name);
}

/** Creates the builders of matrix/workspace.yaml that docker does not know yet. With `show` their docker calls are only printed. */
export async function builders(show: boolean): Promise<number> {
  const all = Object.entries(openWorkspace().matrix.workspace.builders);
  if (all.length === 0) throw new UserError('packmill: matrix/workspace.yaml has no builders\n  CONTRIBUTING.md shows what a builder looks like\n');
  for (const [name, builder] of all) {
    const calls = builderCalls(name, builder);
    if (show) {
      for (const call of calls) process.stdout.write(`${[docker, ...call].map(quoteShell).join(' ')}\n`);
      continue;
    }
    if (await isKnown(name)) {
      process.stderr.write(`packmill: builder ${name} is there; docker buildx rm ${name} lets make builders create it anew\n`);
      continue;
    }
    for (const call of calls) {
      const ran = await execa(docker, [...call], { reject: false });
      if (ran.failed) throw new UserError(`packmill: builder ${name} could not be created\n  ${ran.stderr.trim().split('\n').at(-1) ?? ''}\n`);
    }
    process.stderr.write(`packmill: builder ${name} takes ${builder.platforms.join(', ')}\n`);
  }
  return 0;
}
