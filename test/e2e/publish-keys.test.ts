import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

import { execa } from 'execa';
import t from 'tap';

import { AptClient, PublishingWorkspace, serve } from './publishing.js';

/** Command lines and environments of every process, as another user of the machine could see them at best. */
function processes(): string {
  const texts = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => ['cmdline', 'environ'].map((file) => `/proc/${pid}/${file}`))
    .map((path) => {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return ''; // it has ended
      }
    });
  return texts.join('\n');
}

t.test('one key follows the other, and clients that have both never see an error', async (t) => {
  const workspace = new PublishingWorkspace(t);
  await workspace.build('2.10', 'debian_bookworm');
  await workspace.make(['key']);
  await workspace.make(['publish']);
  const address = await serve(t, workspace);
  const keyring = workspace.path('out/repository/served/keys/packages.asc');
  const early = new AptClient(t, address, keyring, 'bookworm-probe-2-testing');

  const began = await workspace.make(['rotate-key']);
  const [old = '', fresh = ''] = [...began.output.matchAll(/^[0-9A-F]{40}/gm)].map(([fingerprint]) => fingerprint);
  t.match(began.output, 'make publish signs the repository anew');
  t.match(began.output, `make rotate-key RETIRE=${old}`);
  await workspace.make(['publish']);
  t.equal(await early.candidate(), '2.10-1~deb12', 'signed by both');
  const late = new AptClient(t, address, keyring, 'bookworm-probe-2-testing');

  t.match(await workspace.make(['rotate-key', `RETIRE=${old}`]), { exitCode: 0, output: new RegExp(`^${old} .* retired$`, 'm') });
  await workspace.make(['publish']);
  t.equal(await late.candidate(), '2.10-1~deb12');
  t.match(await early.run('apt-get', 'update'), { exitCode: 100, output: /NO_PUBKEY/ }, 'who has the old key alone cannot read it');
  t.match(await workspace.make(['rotate-key', `RETIRE=${fresh}`]), { exitCode: 2, output: 'it is the only key that signs' });
});

t.test('a key that has expired signs nothing', async (t) => {
  const workspace = new PublishingWorkspace(t);
  await workspace.build('2.10', 'debian_bookworm');
  await workspace.make(['key']);
  await workspace.make(['publish']);
  const before = workspace.served();
  const home = workspace.path('out/keys');
  const { stdout } = await execa('gpg', ['--homedir', home, '--batch', '--with-colons', '--list-keys']);
  const fingerprint = /^fpr:+([0-9A-F]{40})/m.exec(stdout)?.[1] ?? '';

  await execa('gpg', ['--homedir', home, '--batch', '--quick-set-expire', fingerprint, '10d']);
  await workspace.build('2.11', 'debian_bookworm');
  const warned = await workspace.make(['publish']);
  await execa('gpg', ['--homedir', home, '--batch', '--quick-set-expire', fingerprint, 'seconds=1']);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  await workspace.build('3.1', 'debian_bookworm');
  const after = workspace.served();
  const refused = await workspace.make(['publish']);

  t.match(warned, { exitCode: 0, output: new RegExp(`the key ${fingerprint} expires on \\d{4}-`) });
  t.not(after, before);
  t.match(refused, { exitCode: 2, output: `the key ${fingerprint} has expired` });
  t.equal(workspace.served(), after);
});

t.test('a passphrase is read from its file and is nowhere else', async (t) => {
  const workspace = new PublishingWorkspace(t);
  const canary = `canary-${String(Math.random()).slice(2)}`;
  const secret = workspace.path('secret');
  writeFileSync(secret, canary);
  await workspace.build('2.10', 'debian_bookworm');
  await workspace.build('2.10', 'rockylinux_8');
  const setting = `PASSPHRASE_FILE=${secret}`;
  await workspace.make(['key', setting]);
  const forget = async (): Promise<unknown> => execa('gpgconf', ['--homedir', workspace.path('out/keys'), '--kill', 'all']);
  await forget();

  writeFileSync(workspace.path('wrong'), 'wrong');
  const refused = await workspace.make(['publish', `PASSPHRASE_FILE=${workspace.path('wrong')}`]);
  await forget();
  let seen = false;
  const state = { running: true };
  const watcher = (async () => {
    while (state.running) {
      seen ||= processes().includes(canary);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const ran = await workspace.make(['publish', setting]);
  state.running = false;
  await watcher;

  t.match(refused, { exitCode: 2, output: /Bad passphrase/ });
  t.equal(ran.exitCode, 0, ran.output);
  t.notOk(seen, 'no command line and no environment has it');
  const found = await execa('grep', ['--recursive', '--files-with-matches', canary, workspace.folder], { reject: false });
  t.equal(found.stdout, secret);
  t.notMatch(ran.output, canary);
});

t.test('a key that people have is taken up from its file', async (t) => {
  const [donor, workspace] = [new PublishingWorkspace(t), new PublishingWorkspace(t)];
  const [fingerprint = ''] = /^[0-9A-F]{40}/m.exec((await donor.make(['key'])).output) ?? [];
  const file = workspace.path('secret.asc');
  await execa('gpg', ['--homedir', donor.path('out/keys'), '--batch', '--armor', '--output', file, '--export-secret-keys']);
  await workspace.build('2.10', 'debian_bookworm');

  t.match(await workspace.make(['key', 'KEY_FILE=none.asc']), { exitCode: 2, output: /can't open 'none\.asc'/ });
  t.match(await workspace.make(['key', `KEY_FILE=${file}`]), { exitCode: 0, output: new RegExp(`^${fingerprint} `, 'm') });
  t.match(await workspace.make(['publish']), { exitCode: 0 });
  t.match(workspace.read('out/repository/served/release.json'), fingerprint);
});

t.test('without its agent a key with a passphrase signs nothing, and says so', async (t) => {
  const workspace = new PublishingWorkspace(t);
  writeFileSync(workspace.path('secret'), 'a passphrase');
  await workspace.build('2.10', 'rockylinux_8');
  await workspace.make(['key', `PASSPHRASE_FILE=${workspace.path('secret')}`]);
  await execa('gpgconf', ['--homedir', workspace.path('out/keys'), '--kill', 'all']);

  const refused = await workspace.make(['publish']);

  t.equal(refused.exitCode, 2);
  t.match(refused.output, /^packmill: (gpg|rpmsign): .*/m);
  t.notMatch(refused.output, /^ {4}at /m, 'no stack trace');
  t.notOk(existsSync(workspace.path('out/repository/served')));
});
