import { execa } from 'execa';
import t from 'tap';

import { make } from './engine.js';

const target = 'mongooseim_6.2.1_debian_bookworm_linux-amd64';

t.test('MongooseIM, whose source is not pinned: the engine reads its Dockerfile and installs what its build needs', async (t) => {
  await make(process.cwd(), ['bases', 'DISTRO=debian_bookworm', 'PLATFORM=linux-amd64']);
  const { output } = await make(process.cwd(), ['-s', '-n', target]);
  const [, command = ''] = new RegExp(`^scripts/attempt ${target} .* -- (docker .*) --output \\S+ templates/steps$`, 'm').exec(output) ?? [];
  // Contexts that only later stages use need not be there.
  const words = command.replaceAll(/--build-context (need-\S+|source=\S+|packaging=\S+)/g, '');

  const ran = await execa('bash', ['-c', `${words} --target deps templates/steps`], { reject: false, all: true });

  t.equal(ran.exitCode, 0, ran.all.slice(-2000));
  t.match(ran.all.slice(0, 5000), /\[deps \d\/\d\] RUN/);
});
