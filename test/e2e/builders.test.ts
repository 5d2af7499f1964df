import t from 'tap';

import { arm64, workspaceWith } from './builders.js';

t.test('a builder that nobody made, or that cannot be reached, is an infrastructure fault that names it', async (t) => {
  const { workspace, env } = workspaceWith(t, 'unix:///nonexistent/docker.sock');

  const unmade = await workspace.make([arm64], env);
  await workspace.make(['builders'], env);
  const unreachable = await workspace.make([arm64], env);

  for (const ran of [unmade, unreachable]) {
    t.match(ran.output, `${arm64}: infrastructure fault`);
    t.match(ran.output, /second|nonexistent/);
    t.match(ran.output, 'Error 75');
  }
});
