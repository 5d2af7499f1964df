import { readdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { Test } from 'tap';
import t from 'tap';

import type { Ran } from './workspace.js';
import { Workspace } from './workspace.js';

/** Stands for systemctl: it notes its words, and knows what is enabled and active. MANAGER is what its manager says of itself. */
const systemctl = `#!/bin/bash
set -eu
[[ $* == is-* ]] || echo "systemctl $*" >>"$CALLS"
[[ $1 != --user ]] || shift
mkdir -p "$STATE"
verb=$1; shift
case $verb in
  is-system-running) echo "$MANAGER"; [[ $MANAGER == running ]] ;;
  is-enabled) shift; for unit; do [[ -e $STATE/enabled-$unit ]]; done ;;
  is-active) [[ -e $STATE/active-$2 ]] ;;
  enable) for unit; do touch "$STATE/enabled-$unit"; done ;;
  restart) [[ -z \${BROKEN:-} ]] || { echo 'Job failed.' >&2; exit 1; }; touch "$STATE/active-$1" ;;
  disable) shift; for unit; do rm -f "$STATE/enabled-$unit" "$STATE/active-$unit"; done ;;
esac
`;

/** Stands for crontab(1). */
const crontab = `#!/bin/bash
set -eu
case $1 in
  -l) [[ -e $STATE-crontab ]] || { echo 'no crontab for me' >&2; exit 1; }; cat "$STATE-crontab" ;;
  -r) echo "crontab $*" >>"$CALLS"; rm "$STATE-crontab" ;;
  -) echo "crontab $*" >>"$CALLS"; cat >"$STATE-crontab.new"; mv "$STATE-crontab.new" "$STATE-crontab" ;;
esac
`;

class Machine extends Workspace {
  readonly state = join(this.folder, 'state');

  constructor(t: Test, programs: Readonly<Record<string, string>>) {
    super(t);
    for (const [name, text] of Object.entries(programs)) this.program(`bin/${name}`, text);
  }

  async schedule(words: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return this.make(['schedule', ...words], { STATE: this.state, SYSTEMD_UNITS: join(this.folder, 'units'), MANAGER: 'running', ...env });
  }

  units(): readonly string[] {
    return this.exists('units') ? readdirSync(join(this.folder, 'units')).sort() : [];
  }

  crontab(): string {
    return this.exists('state-crontab') ? this.read('state-crontab') : '';
  }
}

const offline = { MANAGER: 'offline' };

t.test('a timer is shown, installed, left alone the second time, and removed', async (t) => {
  const machine = new Machine(t, { systemctl, crontab });

  const shown = await machine.schedule(['SHOW=1']);
  t.equal(shown.exitCode, 0, shown.stderr);
  t.same([machine.units(), machine.takeCalls()], [[], []]);

  const installed = await machine.schedule(['AT=4:05', `SETTINGS=-j2 PACKAGE='tool library'`]);
  t.equal(installed.exitCode, 0, installed.stderr);
  const units = machine.units();
  const [boot, service, timer] = units;
  t.equal(units.length, 3);
  t.ok(timer?.startsWith(`packmill-${basename(machine.folder)}-`));
  for (const name of units) t.ok(installed.stdout.includes(`# ${machine.folder}/units/${name}\n${machine.read(`units/${name}`)}`), `${name} is shown as it is`);
  t.ok(machine.read(`units/${service ?? ''}`).includes(`make -C ${machine.folder} nightly -j2 "PACKAGE=tool library"\n`));
  t.match(machine.read(`units/${timer ?? ''}`), 'OnCalendar=*-*-* 04:05:00');
  t.same(machine.takeCalls(), ['systemctl daemon-reload', `systemctl enable ${timer ?? ''} ${boot ?? ''}`, `systemctl restart ${timer ?? ''}`]);

  const again = await machine.schedule(['AT=04:05', `SETTINGS=-j2 PACKAGE='tool library'`]);
  t.match(again, { exitCode: 0, stdout: `packmill: ${timer ?? ''} is there and waits; nothing was changed` });
  t.same(machine.takeCalls(), []);

  t.match(await machine.schedule(['REMOVE=1']), { exitCode: 0, stdout: 'packmill: stopped and removed' });
  t.same(machine.units(), []);
  t.match(machine.takeCalls(), [/^systemctl disable --now .*\.timer$/, /^systemctl stop .*\.service/, 'systemctl daemon-reload']);
  t.match(await machine.schedule(['REMOVE=1']), { exitCode: 0, stdout: 'packmill: nothing is scheduled for this folder; nothing was changed' });
  t.same(machine.takeCalls(), []);
});

t.test('another time replaces the units', async (t) => {
  const machine = new Machine(t, { systemctl });
  await machine.schedule();

  await machine.schedule(['AT=03:00']);

  const timer = machine.units().find((name) => !name.includes('-boot') && name.endsWith('.timer')) ?? '';
  t.equal(machine.units().length, 3);
  t.match(machine.read(`units/${timer}`), 'OnCalendar=*-*-* 03:00:00');
});

t.test('what systemctl says is told, and the way back', async (t) => {
  const machine = new Machine(t, { systemctl });

  const ran = await machine.schedule([], { BROKEN: '1' });

  t.match(ran, { exitCode: 2, stderr: 'packmill: systemctl: Job failed.\n  make schedule REMOVE=1 takes away what was written' });
  t.match(await machine.schedule(['REMOVE=1']), { exitCode: 0 });
  t.same(machine.units(), []);
});

t.test('without systemd it is cron, and what others have there stays', async (t) => {
  const machine = new Machine(t, { systemctl, crontab });
  machine.write('state-crontab', '1 1 * * * theirs\n');

  const shown = await machine.schedule(['SHOW=1'], offline);
  t.equal(machine.crontab(), '1 1 * * * theirs\n');
  const installed = await machine.schedule([], offline);
  t.equal(installed.exitCode, 0, installed.stderr);
  const [first, ...lines] = machine.crontab().trimEnd().split('\n');
  t.equal(first, '1 1 * * * theirs');
  t.match(lines, [/^# packmill nightly begin: /, /^30 2 \* \* \* cd /, /^@reboot sleep 900 && cd /, /^# packmill nightly end: /]);
  for (const { stdout } of [shown, installed]) t.ok(stdout.includes(lines.join('\n')), 'it is shown as it is');
  machine.takeCalls();

  t.match(await machine.schedule([], offline), { exitCode: 0, stdout: 'packmill: the crontab has these lines; nothing was changed' });
  t.same(machine.takeCalls(), []);
  t.match(await machine.schedule(['REMOVE=1'], offline), { exitCode: 0, stdout: 'packmill: removed from the crontab' });
  t.equal(machine.crontab(), '1 1 * * * theirs\n');
  t.match(await machine.schedule(['REMOVE=1'], offline), { exitCode: 0, stdout: 'nothing was changed' });
  t.same(machine.units(), []);
});

t.test('a crontab that had nothing else is removed with its last line', async (t) => {
  const machine = new Machine(t, { systemctl, crontab });
  await machine.schedule(['KIND=cron']);
  t.not(machine.crontab(), '');

  await machine.schedule(['REMOVE=1', 'KIND=cron']);

  t.notOk(machine.exists('state-crontab'));
});

t.test('one folder is never started by both', async (t) => {
  const machine = new Machine(t, { systemctl, crontab });
  await machine.schedule(['KIND=cron']);

  const refused = await machine.schedule();
  t.match(refused, { exitCode: 2, stderr: 'packmill: cron does it already; nothing was changed\n  make schedule REMOVE=1 first' });
  t.same(machine.units(), []);

  await machine.schedule(['REMOVE=1']);
  t.equal((await machine.schedule()).exitCode, 0);
  t.match(await machine.schedule(['KIND=cron']), { exitCode: 2, stderr: 'packmill: systemd does it already' });
});

t.test('a machine that has neither is told what it lacks', async (t) => {
  const machine = new Machine(t, {});
  await machine.make(['generate']);
  const tools = join(machine.folder, 'tools');
  machine.program('tools/systemctl', systemctl);
  symlinkSync(process.execPath, join(tools, 'node'));
  for (const name of ['bash', 'mkdir']) symlinkSync(`/bin/${name}`, join(tools, name));

  const ran = await machine.schedule([`PATH=${tools}`], offline);
  t.match(ran.stderr, 'packmill: systemd does not run here, and there is no crontab(1); nothing was changed');
  t.match(ran.stderr, 'Error 75');

  machine.program('tools/crontab', crontab);
  const bare = await machine.schedule([`PATH=${tools}`], offline);
  t.match(bare.stderr, 'packmill: make, docker: not on PATH, where the nightly run would look; nothing was changed');
  t.match(bare.stderr, 'Error 75');
  t.equal(machine.crontab(), '');
});

t.test('KIND= asks for one, and is told when it is not there', async (t) => {
  const machine = new Machine(t, { systemctl });

  const ran = await machine.schedule(['KIND=systemd'], offline);

  t.match(ran.stderr, 'packmill: systemd does not run here; nothing was changed');
  t.match(ran.stderr, 'Error 75');
  t.match(await machine.schedule(['KIND=systemd', 'SHOW=1'], offline), { exitCode: 0, stdout: /^ExecStart=/m }, 'it can be looked at all the same');
});

t.test('mistakes change nothing', async (t) => {
  const machine = new Machine(t, { systemctl, crontab });
  const cases: readonly (readonly [word: string, message: string])[] = [
    ['AT=24:00', 'packmill: "24:00" is no time of day'],
    ['AT=2:3', 'packmill: "2:3" is no time of day'],
    ['AT=02:30; id', 'packmill: "02:30; id" is no time of day'],
    ['SETTINGS=hello', 'packmill: SETTINGS has options and settings of make, not "hello"'],
    ["SETTINGS=A='b", "packmill: a quote is not closed in SETTINGS=A='b"],
    ['KIND=at', 'Invalid values'],
  ];

  for (const [word, message] of cases) {
    const ran = await machine.schedule([word]);
    t.equal(ran.exitCode, 2);
    t.ok(ran.stderr.includes(message), ran.stderr);
  }

  t.same([machine.units(), machine.takeCalls(), machine.crontab()], [[], [], '']);
});
