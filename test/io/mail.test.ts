import { writeFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';

import type { SMTPServerOptions } from 'smtp-server';
import t from 'tap';
import type { Test } from 'tap';

import { sendMail } from '../../generator/io/mail.js';
import type { Delivery } from '../../generator/model/notice.js';
import { certificate, freePort, headerOf, MailServer } from '../mail-server.js';
import { noticeOf } from '../notice.js';

const from = 'builds@packages.example.org';
const to = 'erlang@example.org';

async function start(t: Test, options: SMTPServerOptions = {}): Promise<{ readonly server: MailServer; readonly address: string; readonly port: number }> {
  const server = new MailServer(options);
  const port = await server.listen();
  t.teardown(async () => server.close());
  return { server, address: `smtp://127.0.0.1:${String(port)}`, port };
}

async function send(server: string, milliseconds = 5000, passwordFile?: string): Promise<Delivery> {
  return sendMail({ server, from }, to, noticeOf(), passwordFile, milliseconds);
}

/** A server that says nothing but what it is told to, a line for each that it hears. */
async function scripted(t: Test, greet: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    greet(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `smtp://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

t.test('a server takes a mail with the headers that tell what it is', async (t) => {
  const { server, address } = await start(t);

  t.same(await send(address), { result: 'delivered' });

  const source = server.mails[0]?.source ?? '';
  t.equal(server.mails[0]?.to, to);
  t.equal(headerOf(source, 'Message-ID'), `<${'a'.repeat(32)}@packages.example.org>`);
  t.equal(headerOf(source, 'Date'), 'Thu, 01 Jan 2026 00:00:00 +0000');
  t.equal(headerOf(source, 'Auto-Submitted'), 'auto-generated');
  t.equal(headerOf(source, 'X-Packmill-Subject'), 'hello_1.2_debian_bookworm_linux-amd64');
  t.match(headerOf(source, 'Subject'), '[packmill] red: hello_1.2_debian_bookworm_linux-amd64');
  t.match(headerOf(source, 'From'), from);
  t.match(headerOf(source, 'Content-Type'), 'text/plain');
  t.match(source.replaceAll('=\r\n', ''), '\r\n.\r\nA line with a dot alone stands above.');
});

t.test('a recipient that is refused for good is refused, one that is refused for now is tried again', async (t) => {
  const refusing = (responseCode: number): SMTPServerOptions => ({
    onRcptTo: (_, __, callback) => {
      callback(Object.assign(new Error('no such mailbox'), { responseCode }));
    },
  });

  const never = await send((await start(t, refusing(550))).address);
  const later = await send((await start(t, refusing(451))).address);

  t.match(never, { result: 'refused', reason: /550 no such mailbox/ });
  t.match(later, { result: 'again', reason: /451 no such mailbox/, all: false });
});

t.test('a message that is refused for good is refused; a sender or a login that is refused is no fault of the message', async (t) => {
  const data = await start(t, {
    onData: (stream, _, callback) => {
      stream.resume();
      stream.on('end', () => {
        callback(Object.assign(new Error('too large'), { responseCode: 552 }));
      });
    },
  });
  const sender = await start(t, {
    onMailFrom: (_, __, callback) => {
      callback(Object.assign(new Error('who are you'), { responseCode: 550 }));
    },
  });

  t.match(await send(data.address), { result: 'refused', reason: /552 too large/ });
  t.match(await send(sender.address), { result: 'again', reason: /550 who are you/, all: true });
});

t.test('a server that is off, that hangs, or whose name nobody knows: everything for it waits', async (t) => {
  const port = await freePort();
  const silent = await scripted(t, () => undefined);
  const began = Date.now();

  t.match(await send(`smtp://127.0.0.1:${String(port)}`), { result: 'again', reason: /ECONNREFUSED/, all: true });
  t.match(await send(silent, 300), { result: 'again', reason: 'no answer in time', all: true });
  t.match(await send('smtp://mail.invalid'), { result: 'again', all: true });
  t.ok(Date.now() - began < 20_000);
});

t.test('a server that dribbles does not hold us longer than one that is silent', async (t) => {
  const address = await scripted(t, (socket) => {
    socket.write('220-wait\r\n');
    const timer = setInterval(() => socket.write('220-wait\r\n'), 50);
    socket.on('close', () => {
      clearInterval(timer);
    });
  });
  const began = Date.now();

  const delivery = await send(address, 500);

  t.match(delivery, { result: 'again', reason: 'no answer in time', all: true });
  t.ok(Date.now() - began < 3000);
});

t.test('a server that drops the connection at any point has taken nothing that we count as delivered', async (t) => {
  for (const word of ['EHLO', 'MAIL', 'RCPT', 'DATA', '.']) {
    const address = await scripted(t, (socket) => {
      socket.write('220 here\r\n');
      socket.on('data', (chunk) => {
        const lines = chunk.toString().trimEnd().split('\r\n');
        for (const line of lines) {
          if (line.startsWith(word)) {
            socket.destroy();
            return;
          }
          if (/^(EHLO|MAIL|RCPT)/.test(line)) socket.write('250 well\r\n');
          if (line.startsWith('DATA')) socket.write('354 go on\r\n');
        }
      });
    });

    t.match(await send(address), { result: 'again', all: true }, word);
  }
});

t.test('a server that is slow within its time is waited for', async (t) => {
  const { server, address } = await start(t);
  server.beforeAnswer = async () => new Promise((resolve) => setTimeout(resolve, 700));

  t.same(await send(address, 5000), { result: 'delivered' });
  t.match(await send(address, 300), { result: 'again', reason: 'no answer in time', all: true });
  t.equal(new Set(server.mails.map(({ id }) => id)).size, 1, 'what comes twice can be told');
});

t.test('a certificate that nobody vouches for is not trusted, with TLS from the start or after STARTTLS', async (t) => {
  const { key, cert } = await certificate(t);
  const secure = await start(t, { key, cert, secure: true });
  const starting = await start(t, { key, cert });

  for (const server of [`smtps://localhost:${String(secure.port)}`, `smtp://localhost:${String(starting.port)}`])
    t.match(await send(server), { result: 'again', reason: /self-signed/, all: true });
  t.same([...secure.server.mails, ...starting.server.mails], []);
});

t.test('a password is read from its file, and never sent without TLS', async (t) => {
  const passwordFile = join(t.testdir(), 'password');
  writeFileSync(passwordFile, 'secret\n');
  const asked: string[] = [];
  const { port } = await start(t, {
    allowInsecureAuth: true,
    onAuth: ({ password }, _, callback) => {
      asked.push(password ?? '');
      callback(null, { user: 'builds' });
    },
  });
  const address = `smtp://builds@127.0.0.1:${String(port)}`;

  t.match(await send(address), { result: 'again', reason: /MAIL_PASSWORD_FILE=/, all: true });
  t.match(await send(address, 5000, passwordFile), { result: 'again', reason: /STARTTLS/, all: true });
  t.match(await send(address, 5000, '/nowhere/password'), { result: 'again', reason: /ENOENT/, all: true });
  t.same(asked, []);
});
