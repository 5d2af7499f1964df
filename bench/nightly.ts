import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';

import { digestPackages } from '../generator/io/artifacts.js';
import { keyFiles } from '../generator/io/gpg.js';
import { manifestPath } from '../generator/io/write.js';
import { inTurn, run } from './measure.js';
import { createNinjaGraph, hasNinja } from './ninja.js';
import { expectEqual, milliseconds, report, reportTime } from './report.js';
import type { Workspace } from './workspace.js';

/** Pretends that every target was built, tested and published: with all that a nightly run looks at. */
function pretendNight(workspace: Workspace): void {
  const { folder } = workspace;
  workspace.pretendBuilt();
  for (const { file, inputs } of workspace.rules()) {
    const target = /^out\/packages\/([^/]+)\//.exec(file)?.[1];
    if (target === undefined) continue;
    const dockerfile = createHash('sha256')
      .update(readFileSync(join(folder, inputs[0] ?? '')))
      .digest('hex');
    const common = { target, base: 'own', result: 'built', fault: 'none', step: '', started: 1_700_000_000, seconds: 300, dockerfile, log: 'none' };
    const status = JSON.stringify({ ...common, sha256: createHash('sha256').update('').digest('hex') });
    workspace.write(`${dirname(file)}/status.json`, status);
    workspace.write(`out/attempts/${target}/20260101T000000Z-1/status.json`, status);
    run({ argv: ['ln', '-s', '20260101T000000Z-1', 'last'], cwd: join(folder, `out/attempts/${target}`) });
  }
  // A publisher remembers the packages that it has seen.
  const here = process.cwd();
  process.chdir(folder);
  run({ argv: ['make', 'key'], cwd: folder });
  mkdirSync('out/repository', { recursive: true });
  writeFileSync('out/repository/seen', digestPackages([manifestPath, ...keyFiles()]));
  process.chdir(here);
}

/** A docker client that only notes that it was called. */
function noteCalls(folder: string): void {
  writeFileSync(join(folder, 'docker'), `#!/bin/sh\necho "$*" >>'${folder}/calls'\nexit 1\n`, { mode: 0o755 });
}

/** What one fully cached build costs, in milliseconds; undefined without an engine. */
function warmBuild(): number | undefined {
  const folder = join(tmpdir(), `packmill-bench-warm-${String(process.pid)}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY Dockerfile /\n');
  try {
    const build = { argv: ['docker', 'buildx', 'build', '--quiet', '--output', `type=local,dest=${folder}/out`, folder], cwd: folder } as const;
    return inTurn(5, [build])[0];
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A nightly run that has nothing to do, against ninja with the same graph and against asking the engine for every cell. */
export function benchNightly(workspace: Workspace): void {
  const { folder, targets } = workspace;
  run({ argv: ['make', 'generate'], cwd: folder });
  pretendNight(workspace);
  noteCalls(folder);
  const night = { argv: ['make', 'nightly', `DOCKER=${folder}/docker`, 'OFFLINE=1'], cwd: folder } as const;
  const commands = [night, ...(hasNinja() ? [{ argv: ['ninja', 'packages'], cwd: folder } as const] : [])];
  if (hasNinja()) createNinjaGraph(workspace);
  const [nightly = 0, ninja] = inTurn(3, commands);
  expectEqual('calls of docker', existsSync(join(folder, 'calls')) ? 1 : 0, 0);
  const [last = ''] = readdirSync(join(folder, 'out/runs')).sort().reverse();
  const { steps } = JSON.parse(readFileSync(join(folder, 'out/runs', last, 'run.json'), 'utf8')) as { steps: { name: string; status: number }[] };
  expectEqual('steps that failed', steps.filter(({ status }) => status !== 0).length, 0);
  reportTime(`nightly, ${String(targets)} cells, nothing to do: ${steps.map(({ name }) => name).join(', ')}`, nightly, 30_000); // what the farm before needed for a pass that does nothing
  if (ninja !== undefined) report(`over ninja, which only compares dates (${milliseconds(ninja)})`, (nightly / ninja).toFixed(1));
  const warm = warmBuild();
  if (warm === undefined) return;
  const asked = warm * targets;
  report(`of one warm build for each cell (${milliseconds(warm)} × ${String(targets)})`, (nightly / asked).toFixed(4), {
    text: '< 0.1',
    isMet: nightly < asked / 10,
  });
}
