import { existsSync, readdirSync } from 'node:fs';

import { execa } from 'execa';
import t from 'tap';

import { digestFile } from '../../generator/io/read.js';
import { Elsewhere } from './engine.js';

const target = 'probe_2.10_debian_bookworm_linux-amd64';
const artifact = `out/packages/${target}/probe_2.10-1~deb12_amd64.deb`;
const kills = Number(process.env.KILLS ?? '8');

t.test(`killed at ${String(kills)} random moments, nothing is ever taken for a result that is none`, async (t) => {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  const started = Date.now();
  t.equal((await workspace.make([target, 'NO_CACHE=1'])).exitCode, 0);
  const duration = Date.now() - started;
  const undisturbed = digestFile(workspace.path(artifact));

  for (let kill = 1; kill <= kills; kill++) {
    await workspace.make(['clean']);
    const moment = Math.random() * duration;
    const running = execa('make', [target, 'NO_CACHE=1'], { cwd: workspace.folder, reject: false, detached: true, all: true, stdin: 'ignore' });
    await new Promise((resolve) => setTimeout(resolve, moment));
    if (running.pid !== undefined && running.exitCode === null) process.kill(-running.pid, 'SIGKILL');
    await running;

    if (existsSync(workspace.path(artifact)))
      t.equal(digestFile(workspace.path(artifact)), undisturbed, `an artifact after a kill at ${String(Math.round(moment))} ms is whole`);
    const after = await workspace.make([target]);
    t.equal(after.exitCode, 0, after.output);
    t.equal(digestFile(workspace.path(artifact)), undisturbed, `the run after a kill at ${String(Math.round(moment))} ms gives the undisturbed bytes`);
    t.same(readdirSync(workspace.path('out/packages')), [target], 'and nothing else is left');
  }
});
