import fc from 'fast-check';
import t from 'tap';

import { scheduleName } from '../../generator/plan/names.js';
import { editCrontab, renderCron, renderUnits, unitNames, UnmarkedEnd, whyNotWritten } from '../../generator/render/schedule.js';

const plain = { folder: '/srv/packages', at: '02:30', path: '/usr/local/bin:/usr/bin', settings: ['-j2', 'PACKAGE=hello erlang'] };
const hostile = { folder: `/srv/a b%h "c" it's $x`, at: '23:05', path: '/opt/a b%p/bin:/usr/bin', settings: ['A=$(id)%'] };

function linesOf(text: string | undefined, key: string): readonly string[] {
  return (text ?? '').split('\n').filter((line) => line.startsWith(`${key}=`));
}

t.test('a name is readable, allowed, and of one folder alone', (t) => {
  t.match(scheduleName('/srv/packages'), /^packmill-packages-[0-9a-f]{8}$/);
  t.not(scheduleName('/srv/packages'), scheduleName('/home/packages'));
  fc.assert(
    fc.property(fc.string(), (folder) => {
      t.match(scheduleName(`/${folder}`), /^packmill-([A-Za-z0-9]+-)*[0-9a-f]{8}$/);
    }),
  );
  t.end();
});

t.test('the service runs make in its folder, for as long as it takes, and is interrupted as by a person', (t) => {
  const service = renderUnits(plain, 'root').get(unitNames(plain.folder).service);

  t.same(linesOf(service, 'ExecStart'), ['ExecStart=/usr/bin/env make -C /srv/packages nightly -j2 "PACKAGE=hello erlang"']);
  t.same(linesOf(service, 'WorkingDirectory'), ['WorkingDirectory=/srv/packages']);
  t.same(linesOf(service, 'Environment'), ['Environment=PATH=/usr/local/bin:/usr/bin']);
  for (const line of ['Type=oneshot', 'User=root', 'Nice=10', 'TimeoutStartSec=infinity', 'KillSignal=SIGINT', 'KillMode=control-group'])
    t.ok(service?.split('\n').includes(line), line);
  t.end();
});

t.test('one timer is for the night, one for what a reboot interrupted', (t) => {
  const names = unitNames(plain.folder);
  const units = renderUnits(plain, 'root');

  t.same([...units.keys()], [names.service, names.timer, names.boot]);
  t.same(linesOf(units.get(names.timer), 'OnCalendar'), ['OnCalendar=*-*-* 02:30:00']);
  t.same(linesOf(units.get(names.timer), 'Persistent'), ['Persistent=true']);
  t.same(linesOf(units.get(names.timer), 'OnBootSec'), [], 'it is past when the timer is installed, and would start a run at once');
  t.same(linesOf(units.get(names.boot), 'OnBootSec'), ['OnBootSec=15min']);
  for (const name of [names.timer, names.boot]) t.same(linesOf(units.get(name), 'Unit'), [`Unit=${names.service}`]);
  t.end();
});

t.test("a user's own units name no user and no units of the system", (t) => {
  const service = renderUnits(plain, undefined).get(unitNames(plain.folder).service) ?? '';

  t.notMatch(service, /^(User|After|Wants)=/m);
  t.end();
});

t.test('hostile names are quoted as each setting wants it', (t) => {
  const service = renderUnits(hostile, 'root').get(unitNames(hostile.folder).service);

  t.same(linesOf(service, 'ExecStart'), [String.raw`ExecStart=/usr/bin/env make -C "/srv/a b%%h \"c\" it's $$x" nightly "A=$$$$(id)%%"`]);
  t.same(linesOf(service, 'WorkingDirectory'), [`WorkingDirectory=/srv/a b%%h "c" it's $x`]);
  t.same(linesOf(service, 'Environment'), ['Environment="PATH=/opt/a b%%p/bin:/usr/bin"']);
  t.end();
});

t.test('cron has a line for the night and one for a reboot, between markers', (t) => {
  t.same(renderCron(plain), [
    '# packmill nightly begin: /srv/packages',
    "30 2 * * * cd /srv/packages && env PATH=/usr/local/bin:/usr/bin nice make -C /srv/packages nightly -j2 'PACKAGE=hello erlang' >out/nightly.log 2>&1",
    "@reboot sleep 900 && cd /srv/packages && env PATH=/usr/local/bin:/usr/bin nice make -C /srv/packages nightly -j2 'PACKAGE=hello erlang' >out/nightly.log 2>&1",
    '# packmill nightly end: /srv/packages',
  ]);
  t.match(
    renderCron(hostile)[1],
    String.raw`5 23 * * * cd '/srv/a b\%h "c" it'\''s $x' && env 'PATH=/opt/a b\%p/bin:/usr/bin' nice make -C '/srv/a b\%h "c" it'\''s $x' nightly`,
  );
  t.end();
});

t.test("other people's lines and other workspaces are left alone", (t) => {
  const others = 'MAILTO=me\n# packmill nightly begin: /srv/packages2\n1 2 * * * true\n# packmill nightly end: /srv/packages2\n';
  const block = renderCron(plain);

  const once = editCrontab(others, plain.folder, block);
  const followed = `${once}5 5 * * * false\n`;
  const later = editCrontab(followed, plain.folder, renderCron({ ...plain, at: '04:00' }));

  t.equal(once, `${others}${block.join('\n')}\n`);
  t.equal(editCrontab(once, plain.folder, block), once);
  t.equal(later, followed.replace('30 2 *', '0 4 *'));
  t.equal(editCrontab(later, plain.folder, []), `${others}5 5 * * * false\n`);
  t.equal(editCrontab(others, plain.folder, []), others);
  t.equal(editCrontab('', plain.folder, block), `${block.join('\n')}\n`);
  t.equal(editCrontab(`${block.join('\n')}\n`, plain.folder, []), '');
  t.equal(editCrontab('1 1 * * * true', plain.folder, block), `1 1 * * * true\n${block.join('\n')}\n`, 'a last line without an end');
  t.end();
});

t.test('lines without their end are nothing to guess about', (t) => {
  t.throws(
    () => editCrontab('# packmill nightly begin: /srv/packages\n1 1 * * * other\n', plain.folder, []),
    new UnmarkedEnd('# packmill nightly end: /srv/packages'),
  );
  t.end();
});

t.test('what units or cron cannot have is told', (t) => {
  for (const kind of ['systemd', 'cron'] as const) {
    t.equal(whyNotWritten(hostile.folder, kind), undefined);
    t.type(whyNotWritten('/srv/a\nb', kind), 'string');
    t.type(whyNotWritten('/srv/\ufffd', kind), 'string');
  }
  t.type(whyNotWritten('/srv/a ', 'systemd'), 'string');
  t.type(whyNotWritten('/srv/a\\', 'systemd'), 'string');
  t.equal(whyNotWritten('/srv/a\\b', 'systemd'), undefined);
  t.type(whyNotWritten('/srv/a\\b', 'cron'), 'string');
  t.end();
});
