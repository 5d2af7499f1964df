import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import t from 'tap';
import type { Test } from 'tap';

import { postNotice } from '../../generator/io/webhook.js';
import { freePort } from '../mail-server.js';
import { noticeOf } from '../notice.js';

async function start(t: Test, answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook?key=x`;
}

async function answering(t: Test, status: number): Promise<string> {
  return start(t, (request, response) => {
    request.resume();
    response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('some words');
  });
}

t.test('a message is posted as JSON, with an id that stays the same', async (t) => {
  const bodies: string[] = [];
  const heads: IncomingMessage[] = [];
  const url = await start(t, (request, response) => {
    heads.push(request);
    request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
    request.on('end', () => response.writeHead(204).end());
  });

  t.same(await postNotice(url, noticeOf(), 5000), { result: 'delivered' });

  const { title, text, subject, created, id } = noticeOf();
  t.same(JSON.parse(bodies.join('')), { id, kind: 'red', subject, created, title, text, package: 'hello', failures: 2 });
  t.match(heads[0], { method: 'POST', url: '/hook?key=x', headers: { 'content-type': 'application/json', 'idempotency-key': id } });
});

t.test('what a receiver says decides: taken, never, or later', async (t) => {
  for (const status of [200, 202]) t.same(await postNotice(await answering(t, status), noticeOf(), 5000), { result: 'delivered' }, String(status));
  for (const status of [400, 404, 410])
    t.same(await postNotice(await answering(t, status), noticeOf(), 5000), { result: 'refused', reason: `the receiver answered ${String(status)}` });
  for (const status of [301, 307, 408, 429, 500, 503])
    t.same(await postNotice(await answering(t, status), noticeOf(), 5000), { result: 'again', reason: `the receiver answered ${String(status)}`, all: false });
});

t.test('a receiver that hangs, that hangs up, or that is off is tried later', async (t) => {
  const hanging = await start(t, () => undefined);
  const dropping = await start(t, (request) => request.socket.destroy());
  const began = Date.now();

  t.match(await postNotice(hanging, noticeOf(), 300), { result: 'again', reason: 'no answer in time' });
  t.match(await postNotice(dropping, noticeOf(), 5000), { result: 'again' });
  t.match(await postNotice(`http://127.0.0.1:${String(await freePort())}/`, noticeOf(), 5000), { result: 'again', reason: /ECONNREFUSED/ });
  t.ok(Date.now() - began < 5000);
});
