import assert from 'node:assert/strict';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import t from 'tap';
import type { Test } from 'tap';

import { CliWorkspace } from '../cli.js';
import { headerOf, MailServer } from '../mail-server.js';
import { Outcomes } from '../outcomes.js';

const amd64 = 'library_1.2_debian_bookworm_linux-amd64';
const arm64 = 'library_1.2_debian_bookworm_linux-arm64';
/** KILLS= asks for more than what a usual run has the time for. */
const isThorough = process.env.KILLS !== undefined;

// Every kill and every recovery is a process of its own.
t.setTimeout(isThorough ? 3_600_000 : 600_000);

const receivers = ['all@example.org', 'library@example.org'];

/** Kills the program before the KILL_AT-th thing that it does to out/notices or says to a server. */
const killer = `
import fs from 'node:fs';
import net from 'node:net';
import { syncBuiltinESMExports } from 'node:module';
let left = Number(process.env.KILL_AT);
const count = () => {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
};
for (const name of ['openSync', 'writeSync', 'renameSync', 'rmSync', 'mkdirSync']) {
  const real = fs[name];
  fs[name] = (...args) => {
    if (name === 'writeSync' || (String(args[0]).includes('out/notices') && args[1] !== 'r')) count();
    return real(...args);
  };
}
const { write } = net.Socket.prototype;
net.Socket.prototype.write = function (...args) {
  if (this.remotePort) count();
  return write.apply(this, args);
};
syncBuiltinESMExports();
`;

/** A workspace whose messages go to two receivers of one mail server that can be switched on and off. */
class Scene {
  readonly server: MailServer[] = [];
  private port = 0;

  private constructor(
    readonly workspace: CliWorkspace,
    readonly outcomes: Outcomes,
    private readonly preload: string,
  ) {}

  static async start(t: Test): Promise<Scene> {
    const workspace = new CliWorkspace(t, 'test/make/matrix');
    const preload = join(t.testdir(), 'kill-at.mjs');
    writeFileSync(preload, killer);
    const scene = new Scene(workspace, await Outcomes.of(workspace), preload);
    await scene.switch(true);
    t.teardown(async () => scene.switch(false));
    const mail = `  mail: { server: 'smtp://127.0.0.1:${String(scene.port)}', from: builds@example.org }\n`;
    const who = `    - { mail: all@example.org, kinds: [red, green] }\n    - { mail: library@example.org, packages: [library], kinds: [red, green] }\n`;
    workspace.edit('matrix/workspace.yaml', 'build_platform', `notices:\n${mail}  receivers:\n${who}build_platform`);
    return scene;
  }

  async switch(isOn: boolean): Promise<void> {
    const running = this.server.at(-1);
    if (isOn === this.isOn) return;
    if (!isOn) await running?.close();
    else {
      const next = new MailServer();
      if (running) next.mails.push(...running.mails);
      this.port = await next.listen(this.port);
      this.server.push(next);
    }
    this.isOn = isOn;
  }

  private isOn = false;

  /** Runs notify; gives whether it came to its end. */
  async notify(killAt = 0): Promise<boolean> {
    const { exitCode } = await this.workspace.runWith(
      killAt === 0 ? {} : { NODE_OPTIONS: `--import=file://${this.preload}`, KILL_AT: String(killAt) },
      'notify',
    );
    assert.ok(exitCode === undefined || exitCode === 0 || exitCode === 75, String(exitCode));
    return exitCode !== undefined;
  }

  /** What a receiver has got, each once, in the order of its first arrival. */
  got(receiver: string): readonly string[] {
    const mails = (this.server.at(-1)?.mails ?? []).filter(({ to }) => to === receiver);
    const first = new Map([...mails].reverse().map((mail) => [mail.id, mail]));
    return mails
      .filter((mail) => first.get(mail.id) === mail)
      .map(({ source }) => headerOf(source, 'Subject').split(' ').slice(1, 3).join(' ').replace(/:$/, ''));
  }

  waiting(): number {
    const folder = join(this.workspace.folder, 'out/notices/outbox');
    return this.workspace.exists('out/notices/outbox') ? readdirSync(folder).filter((name) => name.endsWith('.json')).length : 0;
  }

  reset(): void {
    for (const folder of ['attempts', 'notices', 'packages']) rmSync(join(this.workspace.folder, 'out', folder), { recursive: true, force: true });
    for (const server of this.server) server.mails.length = 0;
    this.outcomes.forget();
  }
}

t.test('killed before anything that it does, the next call tells everybody exactly once', async (t) => {
  const scene = await Scene.start(t);
  let kills = 0;
  for (let at = 1; ; at += isThorough ? 1 : 4) {
    scene.reset();
    scene.outcomes.add(amd64, 'package');
    const isEnded = await scene.notify(at);
    if (isEnded) break;
    kills += 1;
    await scene.notify();
    for (const receiver of receivers) t.same(scene.got(receiver), [`red: ${amd64}`], `killed before step ${String(at)}`);
    t.equal(scene.waiting(), 0);
  }

  t.ok(kills > (isThorough ? 25 : 6), `killed at ${String(kills)} points`);
});

/** What happens to one of two targets, and how notify fares then: not called, called, or killed at some point. */
const happening = fc.record({
  what: fc.constantFrom('built', 'package', 'package', 'infrastructure', 'interrupted', 'killed', 'removed'),
  target: fc.constantFrom(amd64, arm64),
  isOn: fc.boolean(),
  notify: fc.oneof(
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 60 }) },
  ),
});

const library = 'matrix/packages/library.yaml';

/** Takes a target out of the matrix, looks, puts it back as it was, and looks again. */
async function remove(scene: Scene, target: string): Promise<void> {
  const before = scene.workspace.read(library);
  scene.workspace.write(
    library,
    `${before}exclude:\n  - when: { distro: debian_bookworm, platform: linux/${target === amd64 ? 'amd64' : 'arm64'} }\n    reason: no longer wanted\n`,
  );
  await scene.notify();
  scene.workspace.write(library, before);
  await scene.notify();
}

t.test('whatever happens, whenever it is killed, whether the server is on: one message when it turns red, one when it is green again', async (t) => {
  const scene = await Scene.start(t);
  let kills = 0;
  const live = async (
    happenings: readonly {
      what: 'built' | 'package' | 'infrastructure' | 'interrupted' | 'killed' | 'removed';
      target: string;
      isOn: boolean;
      notify: number | undefined;
    }[],
  ): Promise<void> => {
    scene.reset();
    await scene.notify();
    const told = new Map<string, string[]>([amd64, arm64].map((name) => [name, []]));
    const turn = (name: string, kind: 'red' | 'green'): void => {
      const own = told.get(name) ?? [];
      if ((own.length % 2 === 0) === (kind === 'red')) own.push(`${kind}: ${name}`);
    };
    for (const { what, target, isOn, notify } of happenings) {
      await scene.switch(isOn);
      if (what === 'removed') {
        const isRed = (told.get(target)?.length ?? 0) % 2 === 1;
        await remove(scene, target);
        if (isRed) for (const kind of ['green', 'red'] as const) turn(target, kind);
      } else scene.outcomes.add(target, what);
      if (what === 'package') turn(target, 'red');
      if (what === 'built') turn(target, 'green');
      if (notify !== undefined && !(await scene.notify(notify))) kills += 1;
    }
    await scene.switch(true);
    await scene.notify();
    assert.equal(scene.waiting(), 0);
    for (const receiver of receivers) {
      const got = scene.got(receiver);
      for (const [name, expected] of told)
        assert.deepEqual(
          got.filter((title) => title.endsWith(name)),
          expected,
        );
      assert.deepEqual(got, scene.got(receivers[0] ?? ''), 'everybody hears of it in the same order');
    }
  };

  await fc.assert(fc.asyncProperty(fc.array(happening, { minLength: 6, maxLength: 10 }), live), { numRuns: isThorough ? 20 : 3, endOnFailure: true });

  t.ok(kills > 0, `killed ${String(kills)} times`);
});
