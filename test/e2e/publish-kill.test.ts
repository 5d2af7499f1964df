import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';

import { execa } from 'execa';
import t from 'tap';

import type { Ran } from './engine.js';
import { AptClient, DnfClient, PublishingWorkspace, serve } from './publishing.js';

const kills = Number(process.env['KILLS'] ?? 8);
const [publishes, reads] = [Number(process.env['PUBLISHES'] ?? 4), Number(process.env['READS'] ?? 10)];

/** Runs make and kills all that it has started, as a power cut would, unless it is faster. */
async function makeAndKill(workspace: PublishingWorkspace, words: readonly string[], after: number): Promise<boolean> {
  const running = execa('make', [...words], { cwd: workspace.folder, reject: false, detached: true, stdio: 'ignore' });
  const timer = setTimeout(() => {
    if (running.pid !== undefined) process.kill(-running.pid, 'SIGKILL');
  }, after);
  const ran = await running;
  clearTimeout(timer);
  return ran.signal === 'SIGKILL';
}

t.test(`a publisher killed ${String(kills)} times at random: readers see the old state or the new one, and the next run is right`, async (t) => {
  const workspace = new PublishingWorkspace(t);
  await workspace.make(['key']);
  await workspace.build('2.10', 'debian_bookworm');
  await workspace.build('2.10', 'rockylinux_8');
  const began = Date.now();
  await workspace.make(['publish']);
  const duration = Date.now() - began;
  await workspace.make(['promote', 'FROM=testing', 'TO=stable']);
  const address = await serve(t, workspace);
  const client = new AptClient(t, address, workspace.path('out/repository/served/keys/packages.asc'), 'bookworm-probe-2');
  let killed = 0;

  for (let round = 1; round <= kills; round++) {
    const old = await client.candidate();
    const before = workspace.served();
    const verb = ['publish', 'promote', 'rollback', 'purge'][Math.floor(Math.random() * 4)] ?? '';
    const iteration = `ITERATION=${String(round + 1)}`;
    if (verb === 'publish' || verb === 'promote') await workspace.build('2.10', 'debian_bookworm', { iteration: round + 1 });
    if (verb === 'promote') await workspace.make(['publish', iteration]);
    const ids = readdirSync(workspace.path('out/repository/releases'));
    const target = ids[Math.floor(Math.random() * ids.length)] ?? '';
    const words =
      {
        publish: ['publish', iteration],
        promote: ['promote', 'FROM=testing', 'TO=stable'],
        rollback: ['rollback', 'CHANNEL=stable', `TO=${target}`],
        purge: ['purge', 'REALLY=1', 'RELEASES=2', 'DAYS=0'],
      }[verb] ?? [];

    if (await makeAndKill(workspace, words, Math.random() * duration)) killed++;
    const between = await client.candidate();
    const again = await workspace.make(words);
    const after = await client.candidate();

    const gone = verb === 'rollback' && /there is no release/.test(again.output);
    t.ok(again.exitCode === 0 || gone, `${words.join(' ')}: ${again.output}`);
    t.ok([old, after].includes(between), `${words.join(' ')}: ${between} is neither ${old} nor ${after}`);
    if (verb === 'promote') t.equal(after, `2.10-${String(round + 1)}~deb12`);
    if (verb === 'purge') t.equal(workspace.served(), before);
    t.match(readFileSync(workspace.path('out/repository/journal'), 'utf8'), `${workspace.served()} `, 'the journal knows what is served');
    t.strictSame(readdirSync(workspace.path('out/repository/staging')), [], 'nothing is left behind');
  }
  t.comment(`killed ${String(killed)} of ${String(kills)} before they ended`);
  t.ok(killed > 0);
});

t.test('two publishers at once: one says so and changes nothing', async (t) => {
  const workspace = new PublishingWorkspace(t);
  await workspace.make(['key']);
  await workspace.build('2.10', 'debian_bookworm');

  const both = await Promise.all([workspace.make(['publish']), workspace.make(['publish'])]);

  const refused = both.filter((ran) => ran.exitCode !== 0);
  t.equal(refused.length, 1);
  t.match(refused[0]?.output, 'another make is writing to out/repository');
});

t.test('apt and dnf read without an error while one release follows the other', async (t) => {
  const workspace = new PublishingWorkspace(t);
  await workspace.make(['key']);
  await workspace.build('2.10', 'debian_bookworm');
  await workspace.build('2.10', 'rockylinux_8');
  await workspace.make(['publish']);
  const address = await serve(t, workspace);
  const key = workspace.path('out/repository/served/keys/packages.asc');
  const apt = new AptClient(t, address, key, 'bookworm-probe-2-testing');
  const dnf = new DnfClient(t, address, key, 'rockylinux/8/x86_64/probe-2-testing');
  const count = { publishes: 0, apt: 0, dnf: 0 };
  const errors: string[] = [];
  const isDone = (): boolean => count.publishes >= publishes && count.apt >= reads && count.dnf >= reads;
  const repeat = async (client: 'apt' | 'dnf', read: () => Promise<readonly Ran[]>): Promise<void> => {
    while (!isDone()) {
      errors.push(...(await read()).filter((ran) => ran.exitCode !== 0).map((ran) => ran.output));
      count[client]++;
    }
  };
  const readers = [
    repeat('apt', async () => [await apt.run('apt-get', 'update'), await apt.run('apt-get', 'download', 'probe')]),
    repeat('dnf', async () => [await dnf.run('makecache')]),
  ];

  while (!isDone()) {
    count.publishes++;
    const iteration = count.publishes + 1;
    await workspace.build('2.10', 'debian_bookworm', { iteration });
    await workspace.build('2.10', 'rockylinux_8', { iteration });
    const ran = await workspace.make(['publish', `ITERATION=${String(iteration)}`]);
    if (ran.exitCode !== 0) errors.push(ran.output);
  }
  await Promise.all(readers);

  t.comment(`${String(count.apt)} reads by apt and ${String(count.dnf)} by dnf during ${String(count.publishes)} publishes`);
  t.same(errors, []);
});

t.test('a full disk ends a publisher with a clear error, and the served state stays', async (t) => {
  const workspace = new PublishingWorkspace(t);
  await workspace.make(['key']);
  await workspace.build('2.10', 'debian_bookworm');
  mkdirSync(workspace.path('out/repository'));
  await execa('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', workspace.path('out/repository')]);
  t.teardown(async () => execa('umount', [workspace.path('out/repository')]));
  t.match(await workspace.make(['publish']), { exitCode: 0 });
  const before = workspace.served();
  const filler = workspace.path('out/repository/filler');
  await execa('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4k'], { reject: false });

  await workspace.build('2.11', 'debian_bookworm');
  const refused = await workspace.make(['publish']);
  const client = new AptClient(t, await serve(t, workspace), workspace.path('out/repository/served/keys/packages.asc'), 'bookworm-probe-2-testing');
  const meanwhile = await client.candidate();
  rmSync(filler);
  const again = await workspace.make(['publish']);

  t.equal(refused.exitCode, 2);
  t.match(refused.output, /no space left/i);
  t.notMatch(refused.output, /^ {4}at /m, 'no stack trace');
  t.equal(meanwhile, '2.10-1~deb12');
  t.not(workspace.served(), before);
  t.equal(again.exitCode, 0, again.output);
  t.equal(await client.candidate(), '2.11-1~deb12');
});
