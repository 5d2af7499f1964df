import * as z from 'zod';

import { Address, Kind } from './receiver.js';
import { Line } from './text.js';

/** A file of out/notices/open/: something is red, and it has been told. */
export const Outage = z.strictObject({
  subject: Line.describe('A target, step-<step> of the nightly run, or infrastructure.'),
  number: z.int().min(1).describe('The how-manieth outage of this subject it is.'),
  first: Line.describe('The attempt or run that it began with.'),
  last: Line.describe('The attempt or run that failed last.'),
  since: z.int().describe('Seconds since 1970.'),
  failures: z.int().min(1).describe('How often it has failed since.'),
});
export type Outage = z.infer<typeof Outage>;

/** seen.json: down to where everything has been judged. What came later is news. */
export const Seen = z.strictObject({
  attempts: z.record(z.string(), Line).describe('The last attempt that had ended, by target.'),
  run: z.string().describe('The last nightly run; empty before the first.'),
  digest: z.string().describe('The last nightly run that there is a digest of.'),
  outages: z.record(z.string(), z.int().min(1)).describe('How many outages there were, by subject.'),
  notices: z.int().min(0).describe('How many messages there were.'),
});
export type Seen = z.infer<typeof Seen>;

/** What a program that gets a message wants to know of it. */
export const Facts = z.strictObject({
  package: z.string().optional(),
  version: z.string().optional(),
  distro: z.string().optional(),
  platform: z.string().optional(),
  run: z.string().optional(),
  since: z.int().optional(),
  failures: z.int().optional(),
  step: z.string().optional(),
  reason: z.string().optional(),
  log: z.string().optional(),
  report: z.string().optional(),
});
export type Facts = z.infer<typeof Facts>;

/** A file of out/notices/outbox/, sent/ or refused/: one message for one address. */
export const Notice = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  number: z.int().min(1).describe('Messages are sent in this order.'),
  address: Address,
  kind: Kind,
  subject: Line,
  created: z.int().describe('Seconds since 1970.'),
  title: Line,
  text: z.string(),
  facts: Facts,
  tries: z.int().min(0).describe('How often it could not be delivered.'),
  error: z.string().describe('Why it could not be delivered the last time.'),
});
export type Notice = z.infer<typeof Notice>;

/** pending.json: everything that one call has found out. Once it is there, it is the case. */
export const Pending = z.strictObject({ seen: Seen, open: z.array(Outage), closed: z.array(Line), notices: z.array(Notice) });
export type Pending = z.infer<typeof Pending>;

/** What came of trying to deliver a message: `again` may be tried later, and with `all` so may everything else for this server. */
export type Delivery =
  | { readonly result: 'delivered' }
  | { readonly result: 'refused'; readonly reason: string }
  | { readonly result: 'again'; readonly reason: string; readonly all: boolean };
