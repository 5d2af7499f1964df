import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { connect } from 'node:net';

import { createTransport } from 'nodemailer';

import type { Delivery, Notice } from '../model/notice.js';
import type { MailServer } from '../model/receiver.js';
import { describeNetworkError } from './network-error.js';

/** What nodemailer tells of a failure. */
interface MailError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
}

/** How a server is reached. */
interface Connection {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly user: string | undefined;
}

const ports = { smtp: 25, smtps: 465 } as const;

function connectionOf(server: string): Connection {
  const [, scheme, user, host = '', port] = /^(smtps?):\/\/(?:([^@]+)@)?(.*?)(?::(\d+))?$/.exec(server) ?? [];
  const secure = scheme === 'smtps';
  return {
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port: port === undefined ? ports[secure ? 'smtps' : 'smtp'] : Number(port),
    secure,
    user: user === undefined ? undefined : decodeURIComponent(user),
  };
}

async function connectTo({ host, port }: Connection, milliseconds: number): Promise<Socket> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(milliseconds) });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function readPassword(path: string): string {
  return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
}

/** Commands whose refusal is about this one message; any other, such as a login, fails for all of them. */
function isAboutMessage({ command, responseCode = 0 }: MailError): boolean {
  return responseCode >= 400 && (command === 'RCPT TO' || command === 'DATA');
}

/** The Message-ID of a message: whoever gets it twice, because this program was killed before it heard that the first was taken, can tell. */
export function messageIdOf({ id }: Notice, from: string): string {
  return `<${id}@${from.split('@')[1] ?? 'localhost'}>`;
}

/**
 * Hands a message to a mail server. TLS is used where the server offers it, its certificate is checked, and a password is never
 * sent without it.
 */
export async function sendMail(
  { server, from }: MailServer,
  to: string,
  notice: Notice,
  passwordFile: string | undefined,
  milliseconds: number,
): Promise<Delivery> {
  const connection = connectionOf(server);
  const { user } = connection;
  if (user !== undefined && passwordFile === undefined)
    return { result: 'again', reason: `MAIL_PASSWORD_FILE= does not say where the password of ${user} is`, all: true };
  let socket: Socket | undefined;
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('no answer in time'));
    }, milliseconds);
  });
  try {
    socket = await connectTo(connection, milliseconds);
    const transport = createTransport({
      host: connection.host,
      port: connection.port,
      secure: connection.secure,
      connection: socket,
      ...(user !== undefined && passwordFile !== undefined && { auth: { user, pass: readPassword(passwordFile) }, requireTLS: true }),
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const sent = transport.sendMail({
      from: { name: 'Packmill', address: from },
      to,
      subject: `[packmill] ${notice.title}`,
      text: notice.text,
      messageId: messageIdOf(notice, from),
      date: new Date(notice.created * 1000),
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Packmill-Subject': notice.subject },
    });
    await Promise.race([sent, tooSlow]);
    return { result: 'delivered' };
  } catch (error) {
    const about = isAboutMessage(error as MailError);
    const reason = describeNetworkError(error);
    return about && ((error as MailError).responseCode ?? 0) >= 500 ? { result: 'refused', reason } : { result: 'again', reason, all: !about };
  } finally {
    clearTimeout(timer);
    // What has not been answered by now shall not be taken later, behind our back.
    socket?.destroy();
  }
}
