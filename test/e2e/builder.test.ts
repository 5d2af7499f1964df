import { dirname, resolve } from 'node:path';

import { execa } from 'execa';
import fastGlob from 'fast-glob';
import t from 'tap';

import { makeHere } from './engine.js';

const bad = "sed 's/^packages:.*/packages: 7/' /builder/cloud-init.yaml >/tmp/bad.yaml";
const dockerfile = `FROM base
RUN --mount=type=bind,from=steps,source=deb/apt-install,target=/apt-install /apt-install cloud-init
RUN --mount=type=bind,target=/builder cloud-init schema --config-file /builder/cloud-init.yaml
RUN --mount=type=bind,target=/builder ${bad}; ! cloud-init schema --config-file /tmp/bad.yaml
`;

t.test("the builder's user data has what cloud-init knows, by the schema of the Debian that it is for", async (t) => {
  await makeHere(['hello_2.10_debian_trixie_linux-amd64']);
  const base = fastGlob.sync('out/bases/debian_trixie_linux-amd64-*/index.json')[0] ?? '';

  const contexts = ['--build-context', `base=oci-layout://${resolve(dirname(base))}`, '--build-context', 'steps=templates/steps'];
  const { exitCode, all } = await execa(
    'docker',
    ['buildx', 'build', '--progress=plain', ...contexts, '--output=type=cacheonly', '--file=-', 'deploy/builder'],
    {
      input: dockerfile,
      all: true,
      reject: false,
    },
  );

  t.equal(exitCode, 0, all);
});
