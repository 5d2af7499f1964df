import { readdirSync } from 'node:fs';

import t from 'tap';

import { Elsewhere } from './engine.js';

export const target = 'probe_2.10_debian_bookworm_linux-amd64';
export const recipe = 'matrix/packages/probe';

/** A way in which a package can be at fault: the step that must say so, and what it says. */
export interface Fault {
  readonly title: string;
  readonly step: string;
  readonly says: string;
  readonly spoil: (workspace: Elsewhere) => void;
}

/** A test of each fault. */
export function expectFaults(faults: readonly Fault[]): void {
  for (const { title, step, says, spoil } of faults) {
    t.test(`${title} is a package fault in step ${step}`, async (t) => {
      const workspace = new Elsewhere(t, 'test/e2e/matrix');
      spoil(workspace);

      const ran = await workspace.make([target]);

      t.match(ran.output, `${target}: package fault in step ${step}`);
      t.match(ran.output, says);
      t.match(ran.output, 'Error 1');
      t.same(readdirSync(workspace.path('out/packages')), [], 'no artifact');
    });
  }
}
