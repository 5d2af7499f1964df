import { inTurn, run } from './measure.js';
import { createNinjaGraph, hasNinja } from './ninja.js';
import { expectEqual, milliseconds, report, reportTime, sizeName } from './report.js';
import type { Workspace } from './workspace.js';
import { pin, targetsOfVersion } from './workspace.js';

/** Names of the targets that `make -n packages` would build, and how long it took to say so. */
function dryRun(workspace: Workspace): { readonly milliseconds: number; readonly targets: readonly string[] } {
  const dry = run({ argv: ['make', '-n', 'packages'], cwd: workspace.folder });
  const targets = [...dry.stdout.matchAll(/ --file dockerfiles\/(\S+)\.Dockerfile /g)].map(([, name = '']) => name);
  return { milliseconds: dry.milliseconds, targets };
}

/** Everything is built: make against ninja, and one target against a make that has nothing to read. */
function benchNull(workspace: Workspace): void {
  const size = sizeName(workspace.targets);
  const { folder } = workspace;
  const packages = { argv: ['make', 'packages'], cwd: folder } as const;
  expectEqual(`targets that are rebuilt although nothing changed`, dryRun(workspace).targets.length, 0);

  if (hasNinja()) {
    createNinjaGraph(workspace);
    const [make = 0, ninja = 0] = inTurn(15, [packages, { argv: ['ninja', 'packages'], cwd: folder }]);
    const ratio = make / ninja;
    reportTime(`make packages, ${size}, nothing to do`, make);
    reportTime(`ninja packages, the same graph`, ninja);
    report(`make over ninja`, ratio.toFixed(2), { text: '≤ 1.35', isMet: ratio <= 1.35 });
  } else {
    reportTime(`make packages, ${size}, nothing to do (no ninja to compare with)`, inTurn(9, [packages])[0] ?? 0);
  }

  workspace.write('trivial/GNUmakefile', 'MAKEFLAGS += -rR\n.PHONY: all\nall:\n');
  const target = 'app03_27.4_debian_07_linux-arm64';
  const [alone = 0, start = 0] = inTurn(41, [
    { argv: ['make', target], cwd: folder },
    { argv: ['make', 'all'], cwd: `${folder}/trivial` },
  ]);
  report(`make of one target, ${size}, over make's own start of ${milliseconds(start)}`, milliseconds(alone - start), {
    text: '≤ 5 ms',
    isMet: alone - start <= 5,
  });
}

/** A new pin for one version rebuilds that version, a new date of every file nothing. */
function benchChanges(workspace: Workspace): void {
  workspace.touchMatrix();
  expectEqual('targets that are rebuilt when every file of the matrix has a new date', dryRun(workspace).targets.length, 0);

  workspace.edit('matrix/packages/app02.yaml', pin('app02 3'), pin('another pin'));
  const bump = dryRun(workspace);
  const others = bump.targets.filter((name) => !name.startsWith('app02_27.3_'));
  expectEqual('targets of other versions that a bump rebuilds', others.length, 0);
  expectEqual('targets that a bump rebuilds', bump.targets.length, targetsOfVersion);
  reportTime(`make -n packages ${sizeName(workspace.targets)}, after a new pin for one version: ${String(bump.targets.length)} builds`, bump.milliseconds);
}

/** What make costs once the files are generated. */
export function benchMake(workspace: Workspace): void {
  const size = sizeName(workspace.targets);
  run({ argv: ['make', 'help'], cwd: workspace.folder });
  const dry = dryRun(workspace);
  expectEqual('targets that a new workspace builds', dry.targets.length, workspace.targets);
  const [median = 0] = inTurn(5, [{ argv: ['make', '-n', 'packages'], cwd: workspace.folder }]);
  reportTime(`make -n packages, ${size}, everything to do`, median, workspace.targets <= 1_000 ? 1000 : undefined);
  workspace.pretendBuilt();
  benchNull(workspace);
  benchChanges(workspace);
}
