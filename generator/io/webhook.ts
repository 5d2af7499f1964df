import type { Delivery, Notice } from '../model/notice.js';
import { describeNetworkError } from './network-error.js';

/** Statuses of a request that is refused now and may be taken later. */
const passing: readonly number[] = [408, 429];

/**
 * Posts a message as JSON. The header Idempotency-Key has its id: one that comes twice, because this program was killed before it
 * heard that the first was taken, has the same.
 */
export async function postNotice(url: string, notice: Notice, milliseconds: number): Promise<Delivery> {
  const { id, kind, subject, created, title, text, facts } = notice;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': id, 'user-agent': 'packmill' },
      body: JSON.stringify({ id, kind, subject, created, title, text, ...facts }),
      redirect: 'manual',
      signal: AbortSignal.timeout(milliseconds),
    });
    await answer.body?.cancel();
    const { status } = answer;
    if (status >= 200 && status < 300) return { result: 'delivered' };
    const reason = `the receiver answered ${String(status)}`;
    if (status >= 400 && status < 500 && !passing.includes(status)) return { result: 'refused', reason };
    return { result: 'again', reason, all: false };
  } catch (error) {
    return { result: 'again', reason: describeNetworkError(error), all: false };
  }
}
