import t from 'tap';

import type { Cell } from '../../generator/plan/cell.js';
import { fieldKey, newestFirst, overview } from '../../generator/plan/overview.js';

function cell(version: string, distro: string, platform: string, state: Cell['state']): Cell {
  return {
    ...{ name: `hello_${version}_${distro}_${platform}`, package: 'hello', version, distro, platform, state, why: '', since: undefined, target: undefined },
    ...{ byName: undefined, outage: undefined, failures: 0, last: undefined, places: [], upgrade: undefined },
  };
}

t.test('a field has the newest version that is not excluded, and counts all', (t) => {
  const [grid] = overview([
    cell('1.9', 'debian_trixie', 'linux-amd64', 'tested'),
    cell('1.10', 'debian_trixie', 'linux-amd64', 'failed'),
    cell('1.11', 'debian_trixie', 'linux-amd64', 'excluded'),
    cell('1.9', 'debian_trixie', 'linux-386', 'excluded'),
    cell('1.9', 'debian_buster', 'linux-amd64', 'excluded'),
    cell('1.0', 'debian_woody', 'linux-amd64', 'retired'),
  ]);

  t.match(grid, { package: 'hello', distros: ['debian_trixie'], platforms: ['linux-amd64'], without: ['debian_buster', 'linux-386'] });
  const field = grid?.fields.get(fieldKey({ distro: 'debian_trixie', platform: 'linux-amd64' }));
  t.equal(field?.newest.version, '1.10');
  t.same(field?.counts, [
    { state: 'excluded', count: 1 },
    { state: 'failed', count: 1 },
    { state: 'tested', count: 1 },
  ]);
  t.end();
});

t.test('versions sort as versions, also those that are built on another; names that are none do no harm', (t) => {
  t.same(
    ['1.9', '1.10_27.0', 'odd', '1.10_27.1', '1.10-rc1'].sort(newestFirst).filter((label) => label !== 'odd'),
    ['1.10_27.1', '1.10_27.0', '1.10-rc1', '1.9'],
  );
  t.end();
});
