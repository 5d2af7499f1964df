import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { execa } from 'execa';
import type { Test } from 'tap';
import t from 'tap';

import { LookUpError, lookUp } from '../../generator/io/upstream.js';
import { Upstream } from '../../generator/model/upstream.js';

/** A web server for one test; gives its address. */
async function serve(t: Test, answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

/** A git repository with these tags, each on a commit of its own; the branch maint-1 ends at the last but one. */
async function makeRepository(t: Test, tags: readonly string[]): Promise<string> {
  const folder = t.testdir();
  const git = async (...words: readonly string[]): Promise<unknown> =>
    execa('git', ['-c', 'user.name=Tests', '-c', 'user.email=tests@packmill.example', ...words], { cwd: folder });
  await git('init', '--quiet', '--initial-branch=main');
  for (const [index, tag] of tags.entries()) {
    await git('commit', '--quiet', '--allow-empty', '--message', tag);
    // Annotated and light ones in turn.
    await git('tag', ...(index % 2 === 0 ? ['--annotate', '--message', tag] : []), tag);
    if (index === tags.length - 2) await git('branch', 'maint-1');
  }
  return `file://${folder}`;
}

t.test('tags of a repository, with the commits behind annotated ones, and those alone that head a branch', async (t) => {
  const git = await makeRepository(t, ['v1.0', 'v1.1', 'v1.2', 'v2.0']);

  const all = await lookUp(Upstream.parse({ git, names: 'v{version}' }), '');
  const heads = await lookUp(Upstream.parse({ git, names: 'v{version}', heads: 'maint-*' }), '');

  t.same([...all.keys()], ['v1.0', 'v1.1', 'v1.2', 'v2.0']);
  t.equal(new Set(all.values()).size, 4);
  t.same([...heads], [['v1.2', all.get('v1.2')]]);
  await t.rejects(lookUp(Upstream.parse({ git: `${git}-none`, names: '{version}' }), ''), { message: /^git: .*does not appear to be a git repository/ });
  await t.rejects(lookUp(Upstream.parse({ git: await makeRepository(t, []), names: '{version}' }), ''), { message: /the answer names nothing/ });
});

t.test('releases are read page by page, without drafts', async (t) => {
  const address = await serve(t, (request, response) => {
    response.setHeader('content-type', 'application/json; charset=utf-8');
    if (request.url?.includes('page=2') === true) response.end('[{"tag_name":"v1"}]');
    else {
      response.setHeader('link', `<http://${request.headers.host ?? ''}/releases?page=2>; rel="next", <x>; rel="last"`);
      response.end('[{"tag_name":"v2"},{"tag_name":"v3","draft":true}]');
    }
  });

  t.same([...(await lookUp(Upstream.parse({ releases: `${address}/releases`, names: 'v{version}' }), '')).keys()], ['v2', 'v1']);
});

t.test('files that a page links to', async (t) => {
  const address = await serve(t, (_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<html><a href="../">up</a> <a href="a-1.0.tar.gz">a</a> <A HREF="/x/a-1.1%2Bdfsg.tar.gz">b</A></html>\n');
  });

  const names = await lookUp(Upstream.parse({ listing: `${address}/`, names: 'a-{version}.tar.gz' }), '');

  t.ok(names.has('a-1.0.tar.gz'));
  t.ok(names.has('a-1.1+dfsg.tar.gz'));
});

t.test('a server that misbehaves is an error, whatever it does', async (t) => {
  const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
    'HTTP 500': (response) => response.writeHead(500, { 'content-type': 'text/html' }).end('<html></html>'),
    'delivered application/zip in place of text/html': (response) => response.writeHead(200, { 'content-type': 'application/zip' }).end('<html></html>'),
    'the page was cut off': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html><a href="a-1.0.tar.gz">'),
    'the answer names nothing': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>'),
    terminated: (response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '1000' });
      response.write('<html>', () => response.destroy());
    },
  };
  for (const [message, answer] of Object.entries(answers)) {
    const address = await serve(t, (_, response) => {
      answer(response);
    });
    const failed = await lookUp(Upstream.parse({ listing: `${address}/`, names: 'a-{version}.tar.gz' }), '').catch((error: unknown) => error);
    t.type(failed, LookUpError, message);
    t.match((failed as Error).message, message === 'terminated' ? /other side closed|terminated|aborted/ : message);
  }
  const address = await serve(t, (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"message":"rate limit"}'));
  await t.rejects(lookUp(Upstream.parse({ releases: address, names: '{version}' }), ''), { message: /something else than a list of releases/ });
  await t.rejects(lookUp(Upstream.parse({ listing: 'http://127.0.0.1:1/', names: '{version}' }), ''), { message: /ECONNREFUSED|bad port/ });
});
