import t from 'tap';

import { planMatrix } from '../../generator/plan/plan.js';
import type { Target } from '../../generator/plan/target.js';
import { matrixOf, sound } from '../texts.js';

const workspace = sound.get('matrix/workspace.yaml') ?? '';

function planned(builder: string): Target {
  const texts = new Map([...sound, ['matrix/workspace.yaml', `${workspace}builders:\n  farm: ${builder}\n`]]);
  const found = planMatrix(matrixOf(texts)).targets.find((target) => target.platform === 'linux/arm64');
  if (!found) throw new Error('no target');
  return found;
}

t.test('a native node is preferred: nothing is cross-compiled or emulated for its platforms', (t) => {
  const { builder, method, buildPlatform, packaging, nativeBase } = planned(`{ platforms: [linux/arm64], driver: remote, nodes: [{ endpoint: 'tcp://x' }] }`);

  t.match({ builder, method, buildPlatform }, { builder: 'farm', method: 'native', buildPlatform: 'linux/arm64' });
  t.equal(packaging.base.platform, 'linux/arm64');
  t.equal(nativeBase, undefined);
  t.end();
});

t.test('a builder without such processors only takes the work', (t) => {
  const taken = planned(`{ platforms: [linux/arm64], native: false, driver: remote, nodes: [{ endpoint: 'tcp://x' }] }`);
  const left = planned(`{ platforms: [linux/s390x], driver: remote, nodes: [{ endpoint: 'tcp://x' }] }`);

  t.match(taken, { builder: 'farm', method: 'cross', buildPlatform: 'linux/amd64' });
  t.match(left, { builder: undefined, method: 'cross' });
  t.end();
});
