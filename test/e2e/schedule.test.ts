import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';
import t from 'tap';

import { renderCron, renderUnits } from '../../generator/render/schedule.js';

const names = ['plain', `a b%h "c" it's $x; d`];

t.test("systemd's own reader finds no fault with the units, and does with others", async (t) => {
  const folder = t.testdir({});
  const verify = async (isUser: boolean, ...files: readonly string[]): Promise<string> =>
    (await execa('systemd-analyze', [isUser ? '--user' : '--system', 'verify', ...files], { all: true, reject: false, env: { XDG_RUNTIME_DIR: tmpdir() } }))
      .all;

  for (const name of names) {
    for (const user of ['root', undefined]) {
      const units = renderUnits({ folder: join(folder, name), at: '02:30', path: '/opt/a b%p:/usr/bin', settings: ['-j2', 'A=$(id)%'] }, user);
      for (const [file, text] of units) writeFileSync(join(folder, file), text);
      const files = [...units.keys()].map((file) => join(folder, file));

      const said = await verify(user === undefined, ...files);
      t.notMatch(said, /packmill/, said);

      const [service = ''] = files;
      writeFileSync(service, readFileSync(service, 'utf8').replace('Type=oneshot', 'Type=once').replace('KillMode=', 'KilMode='));
      const faults = await verify(user === undefined, service);
      t.match(faults, /service type/);
      t.match(faults, /KilMode/);
    }
  }
});

t.test('a real crontab takes the lines, and cron runs the very command', { timeout: 180_000 }, async (t) => {
  const folder = t.testdir({});
  const tools = join(folder, 'my 5% tools');
  const workspace = join(folder, names[1] ?? '');
  for (const made of [tools, join(workspace, 'out')]) mkdirSync(made, { recursive: true });
  writeFileSync(join(tools, 'make'), '#!/bin/bash\nprintf "%s\\n" "$PWD" "$@" >words\n', { mode: 0o755 });
  const soon = new Date(Date.now() + 61_000);
  const at = `${String(soon.getHours()).padStart(2, '0')}:${String(soon.getMinutes()).padStart(2, '0')}`;
  const lines = renderCron({ folder: workspace, at, path: `${tools}:/usr/bin:/bin`, settings: ['A=100% of it'] });
  writeFileSync(join(folder, 'lines'), `${lines.join('\n')}\n`);

  // With file systems and processes of its own: neither this machine's crontabs nor its cron have to do with it, and what waits for a boot ends too.
  const script = `
    for covered in /var/spool/cron/crontabs /etc/cron.d /run; do mount -t tmpfs none "$covered"; done
    mount --bind /dev/null /etc/crontab
    chgrp crontab /var/spool/cron/crontabs && chmod 1730 /var/spool/cron/crontabs
    crontab - <"$1/lines"
    crontab -l | diff "$1/lines" - >&2
    cron -f & cron=$!
    for second in {1..130}; do [[ ! -s $2/words ]] || break; sleep 1; done
    kill $cron; cat "$2/words"`;
  const ran = await execa('unshare', ['--mount', '--pid', '--fork', '--kill-child', 'bash', '-euo', 'pipefail', '-c', script, 'bash', folder, workspace], {
    reject: false,
  });

  t.equal(ran.exitCode, 0, ran.stderr);
  t.same(ran.stdout.split('\n'), [workspace, '-C', workspace, 'nightly', 'A=100% of it']);
});
