import { sendMail } from '../io/mail.js';
import { forgetSent, noteTry, putAway, readOutbox, writeMessage } from '../io/outbox.js';
import { postNotice } from '../io/webhook.js';
import type { Delivery, Notice } from '../model/notice.js';
import type { Address, NoticeSettings } from '../model/receiver.js';
import { addressesOf } from '../plan/receivers.js';

/** How messages are delivered. */
export interface Carrier {
  readonly settings: NoticeSettings;
  /** A file with the password of the mail server. */
  readonly passwordFile: string | undefined;
  /** How long a server may take for one message. */
  readonly milliseconds: number;
}

/** The server that an address depends on: where it fails, nothing else for it is tried. */
function serverOf(address: Address): string {
  return address.startsWith('mail:') ? 'mail' : address;
}

async function deliverOne(notice: Notice, { settings, passwordFile, milliseconds }: Carrier): Promise<Delivery> {
  const { address } = notice;
  if (address === 'file') {
    process.stdout.write(`packmill: ${notice.title}\n  ${writeMessage(notice)}\n`);
    return { result: 'delivered' };
  }
  if (!addressesOf(settings.receivers).includes(address)) return { result: 'refused', reason: 'the matrix has no such receiver any more' };
  const to = address.slice(address.indexOf(':') + 1);
  if (address.startsWith('webhook:')) return postNotice(to, notice, milliseconds);
  if (!settings.mail) throw new Error('Internal error: a receiver of mail without a server');
  return sendMail(settings.mail, to, notice, passwordFile, milliseconds);
}

/** Words that tell an address without its secret: what stands behind the host of a webhook often is one. */
function describe(address: Address): string {
  return address.startsWith('webhook:') ? `webhook ${new URL(address.slice('webhook:'.length)).host}` : address.replace(':', ' to ');
}

/**
 * Tries to deliver everything that waits, the oldest first, each address in that order: behind one that could not be delivered now,
 * nothing else is tried for it. Gives how many still wait.
 */
export async function deliver(carrier: Carrier): Promise<number> {
  const { notices, strange } = readOutbox();
  for (const path of strange) process.stderr.write(`packmill: ${path}: not a message; mend it or remove it\n`);
  const failing = new Map<string, string>();
  let waiting = strange.length;
  for (const notice of notices) {
    const { address } = notice;
    if (failing.has(address) || failing.has(serverOf(address))) {
      waiting += 1;
      continue;
    }
    const delivery = await deliverOne(notice, carrier);
    if (delivery.result === 'delivered') putAway(notice, 'sent');
    else if (delivery.result === 'refused') {
      const path = putAway(noteTry(notice, delivery.reason), 'refused');
      process.stderr.write(`packmill: ${describe(address)}: never delivered: ${notice.title}: ${delivery.reason}\n  ${path}\n`);
    } else {
      noteTry(notice, delivery.reason);
      failing.set(delivery.all ? serverOf(address) : address, delivery.reason);
      process.stderr.write(`packmill: ${describe(address)}: ${delivery.reason}\n`);
      waiting += 1;
    }
  }
  forgetSent();
  return waiting;
}
