import type { Test } from 'tap';

import { Elsewhere } from './engine.js';

export const amd64 = 'probe_2.10_debian_bookworm_linux-amd64';
export const arm64 = 'probe_2.10_debian_bookworm_linux-arm64';

/** The probe's workspace with a builder for arm64, and docker settings of its own. */
export function workspaceWith(t: Test, host: string): { readonly workspace: Elsewhere; readonly env: Readonly<Record<string, string>> } {
  const workspace = new Elsewhere(t, 'test/e2e/matrix');
  const builders = `builders:\n  second: { platforms: [linux/arm64], native: false, driver: context, nodes: [{ endpoint: '${host}' }] }\n`;
  workspace.write('matrix/workspace.yaml', workspace.read('matrix/workspace.yaml') + builders);
  return { workspace, env: { DOCKER_CONFIG: workspace.path('docker') } };
}
