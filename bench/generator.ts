import type { Command } from './measure.js';
import { inTurn, run } from './measure.js';
import { expectEqual, reportScaled, reportTime, sizeName } from './report.js';
import type { Workspace } from './workspace.js';

/** Number of Dockerfiles whose dates differ between two looks. */
function countRewritten(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): number {
  return [...after].filter(([name, date]) => before.get(name) !== date).length;
}

/** Generation: the first, one with nothing changed, and one with a line that changes one target. */
export function benchGenerator(workspace: Workspace): void {
  const size = sizeName(workspace.targets);
  const generate: Command = { argv: ['node', 'out/generator/cli.mjs', 'generate'], cwd: workspace.folder };
  const nothing: Command = { argv: ['node', '--eval', ''], cwd: workspace.folder };
  const path = 'matrix/packages/app01.yaml';
  workspace.edit(
    path,
    '\noverrides:\n',
    "\noverrides:\n  - when: { version: '27.0', distro: debian_01, platform: linux/amd64 }\n    add: { configure: [--run=first] }\n",
  );

  reportTime(`generate ${size}, the first time`, run(generate).milliseconds);
  const before = workspace.dockerfileDates();
  expectEqual('Dockerfiles', before.size, workspace.targets);

  const [start = 0, unchanged = 0] = inTurn(9, [nothing, generate]);
  reportScaled(`generate ${size}, nothing changed`, unchanged, start, 350);
  expectEqual('Dockerfiles rewritten when nothing changed', countRewritten(before, workspace.dockerfileDates()), 0);

  const nextFlag = (round: number): void => {
    workspace.edit(path, /--run=[\w-]+/, `--run=${String(round)}`);
  };
  const [startAgain = 0, changed = 0] = inTurn(7, [nothing, { ...generate, before: nextFlag }]);
  reportScaled(`generate ${size}, one line changed`, changed, startAgain, 1000);
  expectEqual('Dockerfiles rewritten when a flag of one target changed', countRewritten(before, workspace.dockerfileDates()), 1);
}
