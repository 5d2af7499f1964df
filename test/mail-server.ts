import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

import type { SMTPServerOptions } from 'smtp-server';
import { SMTPServer } from 'smtp-server';
import type { Test } from 'tap';

/** A mail that a server has taken. */
export interface Mail {
  readonly to: string;
  readonly id: string;
  readonly source: string;
}

/** The value of a header, its lines put together again. */
export function headerOf(source: string, name: string): string {
  const head = source.slice(0, source.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ');
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? '';
}

/** A real mail server on this machine; `mails` has what it took, also what it then failed to answer. */
export class MailServer {
  readonly mails: Mail[] = [];
  /** Called before the server says that it took a mail; may keep it from doing so. */
  beforeAnswer: (mail: Mail) => Promise<void> | void = () => undefined;
  /** Whether it can be reached. */
  isUp = false;
  private readonly server: SMTPServer;

  constructor(options: SMTPServerOptions = {}) {
    this.server = new SMTPServer({
      authOptional: true,
      disableReverseLookup: true,
      disabledCommands: options.cert === undefined ? ['STARTTLS'] : [],
      closeTimeout: 100,
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const source = Buffer.concat(chunks).toString();
          const mail = { to: session.envelope.rcptTo[0]?.address ?? '', id: headerOf(source, 'Message-ID'), source };
          this.mails.push(mail);
          void Promise.resolve(this.beforeAnswer(mail)).then(() => {
            callback();
          });
        });
      },
      ...options,
    });
    // A client that is killed is what these tests are about.
    this.server.on('error', () => undefined);
  }

  async listen(port = 0): Promise<number> {
    await new Promise<void>((resolve) => {
      this.server.listen(port, '127.0.0.1', resolve);
    });
    this.isUp = true;
    return (this.server.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.isUp = false;
    await new Promise<void>((resolve) => {
      this.server.close(resolve);
    });
  }
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Key and certificate of a server that calls itself localhost. */
export async function certificate(t: Test): Promise<{ readonly key: string; readonly cert: string; readonly path: string }> {
  const { execa } = await import('execa');
  const folder = t.testdir();
  const path = `${folder}/cert.pem`;
  const words = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost',
  ];
  await execa('openssl', [...words, '-keyout', `${folder}/key.pem`, '-out', path]);
  return { key: readFileSync(`${folder}/key.pem`, 'utf8'), cert: readFileSync(path, 'utf8'), path };
}
