import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';

import { execa } from 'execa';
import t from 'tap';

import { readAttempts } from '../../generator/io/attempts.js';
import { listOutages } from '../../generator/plan/past-outages.js';
import { freePort, headerOf, MailServer } from '../mail-server.js';
import { Workspace } from './workspace.js';

const rounds = Number(process.env.ROUNDS ?? 6);
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const fates = ['', '', 'build', 'smoke', 'engine'] as const;

t.test('whatever fails, is killed, or cannot be reached: each outage is one mail when it begins and one when it ends', { timeout: 900_000 }, async (t) => {
  t.comment(`SEED=${String(seed)}`);
  const random = randomFrom(seed);
  const workspace = new Workspace(t);
  const port = await freePort();
  const servers: MailServer[] = [];
  const serve = async (isWanted: boolean): Promise<void> => {
    const last = servers.at(-1);
    if (last?.isUp === isWanted) return;
    if (last?.isUp === true) await last.close();
    else if (isWanted) await servers[servers.push(new MailServer()) - 1]?.listen(port);
  };
  t.teardown(async () => serve(false));
  const settings = `nightly: { retries: 0 }\nnotices: { mail: { server: 'smtp://127.0.0.1:${String(port)}', from: a@example.org }, receivers: [{ mail: b@example.org, kinds: [red, green] }] }\n`;
  workspace.write('matrix/workspace.yaml', workspace.read('matrix/workspace.yaml') + settings);
  // What becomes of a target stands in a file of its name.
  workspace.edit(
    'bin/docker',
    'if [[ -n ${ONLY:-}',
    'if [[ $* =~ dockerfiles/([^ ]+)\\.Dockerfile && -s fates/${BASH_REMATCH[1]} ]]; then FAIL=$(<"fates/${BASH_REMATCH[1]}"); fi\nif [[ -n ${ONLY:-}',
  );
  mkdirSync(join(workspace.folder, 'fates'));
  await workspace.make(['fetch', 'bases']);
  await workspace.make(['notify']);
  const targets = readdirSync(join(workspace.folder, 'dockerfiles')).map((name) => name.replace('.Dockerfile', ''));
  const env = { PATH: `${workspace.folder}/bin:${process.env.PATH ?? ''}`, CALLS: `${workspace.folder}/calls`, FAIL: '', SLOW: '0.5', HOME: workspace.folder };

  for (let round = 0; round <= rounds; round++) {
    const isLast = round === rounds;
    for (const target of targets) {
      const fate = isLast ? '' : (fates[Math.floor(random() * fates.length)] ?? '');
      writeFileSync(join(workspace.folder, 'fates', target), fate);
      if (random() < 0.5) rmSync(join(workspace.folder, 'out/packages', target), { recursive: true, force: true });
    }
    await serve(isLast || random() < 0.6);
    const goals = isLast ? ['-k', '-j4', 'packages', 'SLOW=0'] : ['-k', `-j${String(1 + Math.floor(random() * 4))}`, 'packages'];
    const making = execa('setsid', ['make', ...goals], { cwd: workspace.folder, env, extendEnv: false, reject: false });
    if (!isLast && random() < 0.4) {
      await setTimeout(1000 + random() * 3000);
      if (making.exitCode === null && making.pid !== undefined) process.kill(-making.pid, 'SIGKILL');
    }
    await making;
    const telling = execa('setsid', ['make', 'notify'], { cwd: workspace.folder, env, extendEnv: false, reject: false });
    if (!isLast && random() < 0.4) {
      await setTimeout(200 + random() * 800);
      if (telling.exitCode === null && telling.pid !== undefined) process.kill(-telling.pid, 'SIGKILL');
    }
    await telling;
  }

  const here = process.cwd();
  process.chdir(workspace.folder);
  const histories = targets.map((target) => [target, listOutages(readAttempts(target))] as const);
  process.chdir(here);
  const ids = new Map(servers.flatMap((server) => server.mails).map(({ id, source }) => [id, headerOf(source, 'Subject')]));
  for (const [target, outages] of histories) {
    const subjects = [...ids.values()].filter((subject) => subject.includes(target));
    t.equal(subjects.length, 2 * outages.length, `${target}: ${String(outages.length)} outages`);
    t.ok(
      outages.every((outage) => outage.ended),
      'all is mended',
    );
  }
  t.ok(
    histories.some(([, outages]) => outages.length > 0),
    'there were outages',
  );
});
