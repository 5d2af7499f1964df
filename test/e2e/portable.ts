import { readFileSync } from 'node:fs';

import type { Elsewhere } from './engine.js';

/** A target of the probe. */
export const cell = (distro: string): string => `probe_2.10_debian_${distro}_linux-amd64`;

/** The log of a target's step that compiles. */
export function log(workspace: Elsewhere, target: string): string {
  return readFileSync(workspace.path(`out/packages/${target}/logs/build.log`), 'utf8');
}

/** Two files of the same content, whose names Debian 11 puts in another order than Debian 12. */
const names = ['😀', 'a'].map((name) => `--- /dev/null\n+++ b/${name}\n@@ -0,0 +1 @@\n+same\n`).join('');

/** A recipe whose build makes one file that fits every system, at a cost, and one that does not. What other runs left is of another script. */
export function recipe(workspace: Elsewhere): void {
  workspace.edit('matrix/packages/probe.yaml', '  cross: true', '  prebuilt: true\n  patches: [names.patch]');
  workspace.write('matrix/packages/probe/patches/names.patch', names);
  workspace.write(
    'matrix/packages/probe/build',
    `#!/bin/bash
# ${String(process.hrtime.bigint())}
set -eu
if [ -n "\${PREBUILT:-}" ]; then
    cp "$PREBUILT/fits" .
else
    echo 'made for every system'
    echo fits >fits
fi
printf '#!/bin/sh\\necho probe\\n' >probe
chmod +x probe
if [ -n "\${PORTABLE:-}" ]; then tar -cf "$PORTABLE" fits; fi
`,
  );
}
