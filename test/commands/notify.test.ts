import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import t from 'tap';
import type { Test } from 'tap';

import { CliWorkspace } from '../cli.js';
import { certificate, freePort, headerOf, MailServer } from '../mail-server.js';
import { Outcomes } from '../outcomes.js';

const matrix = 'test/make/matrix';
const amd64 = 'library_1.2_debian_bookworm_linux-amd64';
const arm64 = 'library_1.2_debian_bookworm_linux-arm64';
const tool = 'tool_3.1_debian_bookworm_linux-amd64';

/** Names of the messages in a box. */
function box(workspace: CliWorkspace, name: string): readonly string[] {
  const folder = `out/notices/${name}`;
  return workspace.exists(folder) ? readdirSync(join(workspace.folder, folder)).sort() : [];
}

interface Arranged {
  readonly workspace: CliWorkspace;
  readonly outcomes: Outcomes;
}

/** A workspace with receivers of mail; the server listens on `port`. */
async function arrange(t: Test, notices = ''): Promise<Arranged> {
  const workspace = new CliWorkspace(t, matrix);
  if (notices !== '') workspace.edit('matrix/workspace.yaml', 'build_platform', `notices:\n${notices}build_platform`);
  return { workspace, outcomes: await Outcomes.of(workspace) };
}

function mailTo(port: number, receivers: string): string {
  return `  mail: { server: 'smtp://127.0.0.1:${String(port)}', from: builds@example.org }\n  receivers:\n${receivers}`;
}

async function startMail(t: Test, port = 0): Promise<{ readonly server: MailServer; readonly port: number }> {
  const server = new MailServer();
  const listening = await server.listen(port);
  t.teardown(async () => server.close());
  return { server, port: listening };
}

function titles({ mails }: MailServer, to: string): readonly string[] {
  return mails.filter((mail) => mail.to === to).map(({ source }) => headerOf(source, 'Subject').replace('[packmill] ', ''));
}

t.test('without receivers a message is a file that tells what, where, since when, how often, and how to go on', async (t) => {
  const { workspace, outcomes } = await arrange(t);
  outcomes.add(amd64, 'package');
  const stamp = outcomes.add(amd64, 'package');

  const first = await workspace.run('notify');
  const second = await workspace.run('notify');

  const path = `out/notices/messages/00000001-red-${amd64}.txt`;
  t.equal(first.stdout, `packmill: red: ${amd64}: package fault in step build: exit status 2\n  ${path}\n`);
  t.match(first, { exitCode: 0, stderr: '' });
  t.match(second, { exitCode: 0, stdout: '', stderr: '' });
  const text = workspace.read(path);
  t.match(text, /^Subject: red: library_1\.2_\S+: package fault in step build: exit status 2\nDate: /);
  t.match(
    text.slice(text.indexOf('\n\n') + 2),
    [
      `${amd64}: package fault in step build: exit status 2`,
      '',
      'Since      2026-01-01 00:00 UTC',
      'Failed     2 times',
      'Step       build',
      '',
      `Last lines of out/attempts/${amd64}/${stamp}/logs/build.log:`,
      '',
      '    one',
      '    two',
      '    attempt 2',
      '',
      `Enter the file system that it left: make shell-${amd64}`,
      '',
    ].join('\n'),
  );
  outcomes.add(amd64, 'built');
  await workspace.run('notify');
  t.match(
    workspace.read(`out/notices/messages/00000002-green-${amd64}.txt`),
    /no longer red: it is built\.\n\nWas red +since 2026-01-01 00:00 UTC\nFailed +2 times\n/,
  );
  t.same(box(workspace, 'outbox'), []);
  t.same(box(workspace, 'open'), []);
});

t.test('each receiver gets its packages and its kinds, in the order of the matrix', async (t) => {
  const { server, port } = await startMail(t);
  const { workspace, outcomes } = await arrange(
    t,
    mailTo(
      port,
      [
        '    - { mail: all@example.org, kinds: [red, green] }\n',
        '    - { mail: tool@example.org, packages: [tool] }\n',
        '    - { mail: both@example.org, packages: [tool], kinds: [red] }\n',
        '    - { mail: both@example.org, packages: [library], kinds: [red] }\n',
      ].join(''),
    ),
  );
  for (const target of [tool, arm64, amd64]) outcomes.add(target, 'package');
  outcomes.run(1, [['publish', 2]]);

  const ran = await workspace.run('notify');

  t.match(ran, { exitCode: 0, stderr: '' });
  const fault = 'package fault in step build: exit status 2';
  const order = ['red: step publish of the nightly run: exit status 2: the last line', ...[amd64, arm64, tool].map((name) => `red: ${name}: ${fault}`)];
  t.same(titles(server, 'all@example.org'), order);
  t.same(titles(server, 'both@example.org'), order);
  t.same(titles(server, 'tool@example.org'), [order[0], order[3]]);
  t.equal(new Set(server.mails.map(({ id }) => id)).size, server.mails.length);
});

t.test('a server that is off changes nothing but the exit status, and gets everything in order when it is on again', async (t) => {
  const port = await freePort();
  const { workspace, outcomes } = await arrange(t, mailTo(port, '    - { mail: all@example.org, kinds: [red, green] }\n'));
  outcomes.add(amd64, 'package');
  outcomes.add(tool, 'package');

  const off = await workspace.run('notify');
  outcomes.add(amd64, 'built');
  const still = await workspace.run('notify');

  t.match(off, { exitCode: 75, stderr: /^packmill: mail to all@example\.org: .*ECONNREFUSED.*\npackmill: 2 messages wait in out\/notices\/outbox/ });
  t.match(still, { exitCode: 75, stderr: /3 messages wait/ });
  const [oldest = '', next = ''] = box(workspace, 'outbox');
  t.match(JSON.parse(workspace.read(`out/notices/outbox/${oldest}`)), { tries: 2, error: /ECONNREFUSED/ });
  t.match(JSON.parse(workspace.read(`out/notices/outbox/${next}`)), { tries: 0 }, 'the same server is tried once');
  const { server } = await startMail(t, port);
  const on = await workspace.run('notify');
  t.match(on, { exitCode: 0, stderr: '' });
  t.match(titles(server, 'all@example.org'), [`red: ${amd64}`, `red: ${tool}`, `green: ${amd64}`]);
  t.same(box(workspace, 'outbox'), []);
  t.equal(box(workspace, 'sent').length, 3);
  await workspace.run('notify');
  t.equal(server.mails.length, 3);
});

t.test('a recipient that is refused is told of once; the others get theirs', async (t) => {
  const server = new MailServer({
    onRcptTo: ({ address }, _, callback) => {
      callback(address === 'gone@example.org' ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null);
    },
  });
  const port = await server.listen();
  t.teardown(async () => server.close());
  const { workspace, outcomes } = await arrange(t, mailTo(port, '    - { mail: gone@example.org }\n    - { mail: all@example.org }\n'));
  outcomes.add(amd64, 'package');

  const ran = await workspace.run('notify');

  t.match(ran, { exitCode: 0, stderr: /^packmill: mail to gone@example\.org: never delivered: red: .*550 no such mailbox\n {2}out\/notices\/refused\/\S+\n$/ });
  t.equal(titles(server, 'all@example.org').length, 1);
  t.match(await workspace.run('notify'), { exitCode: 0, stderr: '' });
  t.equal(box(workspace, 'refused').length, 1);
});

t.test('webhooks that hang or fail do not hold the others up, and are tried again', async (t) => {
  const posts: string[] = [];
  let status = 500;
  const hooks = createServer((request, response) => {
    posts.push(`${request.url ?? ''} ${String(request.headers['idempotency-key'])}`);
    request.resume();
    if (request.url === '/good') response.writeHead(200).end();
    else if (request.url === '/gone') response.writeHead(410).end();
    else if (status === 500 && request.url === '/hanging') return;
    else response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => {
    hooks.listen(0, '127.0.0.1', resolve);
  });
  t.teardown(() => {
    hooks.closeAllConnections();
    hooks.close();
  });
  const { port } = hooks.address() as AddressInfo;
  const receivers = ['hanging', 'failing', 'gone', 'good'].map((name) => `    - { webhook: 'http://127.0.0.1:${String(port)}/${name}' }\n`).join('');
  const { workspace, outcomes } = await arrange(t, `  receivers:\n${receivers}`);
  outcomes.add(amd64, 'package');
  outcomes.add(arm64, 'package');

  const ran = await workspace.runWith({ NOTICE_TIMEOUT: '1' }, 'notify');

  t.match(ran, { exitCode: 75, stderr: /4 messages wait/ });
  const count = (name: string): number => posts.filter((post) => post.startsWith(`/${name} `)).length;
  t.same(['hanging', 'failing', 'gone', 'good'].map(count), [1, 1, 2, 2]);
  t.notMatch(ran.stderr, '/hanging', 'the path of a webhook is often its secret');
  status = 200;
  t.match(await workspace.runWith({ NOTICE_TIMEOUT: '1' }, 'notify'), { exitCode: 0, stderr: '' });
  t.same(['hanging', 'failing', 'gone', 'good'].map(count), [3, 3, 2, 2]);
  t.equal(new Set(posts).size, 8, 'what is tried again has the same id');
  t.equal(box(workspace, 'refused').length, 2);
});

t.test('a maintainer gets one digest for a run, and none when it says nothing new', async (t) => {
  const { server, port } = await startMail(t);
  const { workspace, outcomes } = await arrange(
    t,
    mailTo(
      port,
      '    - { mail: library@example.org, packages: [library] }\n    - { mail: tool@example.org, packages: [tool] }\n    - { mail: only@example.org, kinds: [digest] }\n',
    ),
  );
  const run = outcomes.run(1, [['build', 2]], [tool]);
  outcomes.add(arm64, 'built', run);
  outcomes.add(amd64, 'package', run);

  t.match(await workspace.runWith({ RUN: run }, 'notify'), { exitCode: 0 });
  await workspace.runWith({ RUN: run }, 'notify');

  t.same(titles(server, 'library@example.org'), [
    `red: ${amd64}: package fault in step build: exit status 2`,
    `nightly run ${run}: 1 built, 1 failed, 0 published, 0 left`,
  ]);
  t.same(titles(server, 'tool@example.org'), [`nightly run ${run}: 0 built, 0 failed, 0 published, 1 left`]);
  t.same(titles(server, 'only@example.org'), [`nightly run ${run}: 1 built, 1 failed, 0 published, 1 left`]);
  const text =
    server.mails
      .find(({ to }) => to === 'only@example.org')
      ?.source.replaceAll('=\r\n', '')
      .replaceAll('\r\n', '\n') ?? '';
  t.match(
    text,
    `Turned red (1)\n  ${amd64}: package fault in step build: exit status 2\n\nBuilt (1)\n  ${arm64}\n\nFailed (1)\n  ${amd64}: package fault in step build: exit status 2\n\nLeft for the next run: no time or money (1)\n  ${tool}\n`,
  );
  const again = outcomes.run(2, [['build', 2]]);
  outcomes.add(amd64, 'package', again);
  t.match(await workspace.runWith({ RUN: again }, 'notify'), { exitCode: 0 });
  t.equal(server.mails.length, 4, 'that it failed again is no news');
});

t.test('a receiver that was taken out of the matrix gets nothing more, and does not keep others waiting', async (t) => {
  const port = await freePort();
  const { workspace, outcomes } = await arrange(t, mailTo(port, '    - { mail: all@example.org }\n    - { mail: gone@example.org }\n'));
  outcomes.add(amd64, 'package');
  await workspace.run('notify');
  workspace.edit('matrix/workspace.yaml', '    - { mail: gone@example.org }\n', '');
  const { server } = await startMail(t, port);

  const ran = await workspace.run('notify');

  t.match(ran, { exitCode: 0, stderr: /gone@example\.org: never delivered: .*: the matrix has no such receiver any more/ });
  t.equal(server.mails.length, 1);
});

t.test('a server that asks for a password over TLS gets it', async (t) => {
  const { key, cert, path } = await certificate(t);
  const passwords: string[] = [];
  const server = new MailServer({
    key,
    cert,
    authOptional: false,
    onAuth: ({ username, password }, _, callback) => {
      passwords.push(`${username ?? ''}:${password ?? ''}`);
      if (password === 'secret') callback(null, { user: 'builds' });
      else callback(new Error('wrong password'));
    },
  });
  const port = await server.listen();
  t.teardown(async () => server.close());
  const { workspace, outcomes } = await arrange(t, mailTo(port, '    - { mail: all@example.org }\n').replace('127.0.0.1', 'builds%40example.org@localhost'));
  workspace.write('password', 'wrong\n');
  outcomes.add(amd64, 'package');
  const environment = { NODE_EXTRA_CA_CERTS: path, MAIL_PASSWORD_FILE: 'password' };

  const wrong = await workspace.runWith(environment, 'notify');
  workspace.write('password', 'secret\n');
  const right = await workspace.runWith(environment, 'notify');

  t.match(wrong, { exitCode: 75, stderr: /Invalid login/ });
  t.match(right, { exitCode: 0, stderr: '' });
  t.same(passwords, ['builds@example.org:wrong', 'builds@example.org:secret']);
  t.equal(server.mails.length, 1);
});

t.test('a file in the outbox that is no message is told of and left alone', async (t) => {
  const { workspace } = await arrange(t);
  workspace.write('out/notices/outbox/00000001-x.json', '{ "a": ');

  t.match(await workspace.run('notify'), { exitCode: 75, stderr: /^packmill: out\/notices\/outbox\/00000001-x\.json: not a message; mend it or remove it\n/ });
  t.ok(workspace.exists('out/notices/outbox/00000001-x.json'));
  t.match(await workspace.runWith({ NOTICE_TIMEOUT: 'soon' }, 'notify'), { exitCode: 2, stderr: /NOTICE_TIMEOUT: expected whole seconds/ });
});
