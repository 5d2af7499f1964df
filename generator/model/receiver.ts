import * as z from 'zod';

import { Id, WebAddress } from './text.js';

/** What a message is about: something turned red, is green again, or a summary of a nightly run. */
export const kinds = ['red', 'green', 'digest'] as const;
export const Kind = z.enum(kinds);
export type Kind = z.infer<typeof Kind>;

/** An address that mail goes to or comes from. */
const MailAddress = z.string().regex(/^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/, 'expected an address such as builds@example.org');

/** Where webhooks are sent to. Without TLS only on this machine, as the address itself is often the secret. */
const WebhookAddress = z
  .string()
  .regex(/^(https:\/\/[A-Za-z0-9[]|http:\/\/(localhost|127\.0\.0\.1)[:/])[A-Za-z0-9._~:/?#@!$&*+,;=%[\]-]*$/, 'expected https://… without spaces or quotes');

/** The server that mail is handed to. */
const MailServer = z
  .strictObject({
    server: z
      .string()
      .regex(
        /^smtps?:\/\/([A-Za-z0-9._~%+:-]+@)?([A-Za-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?$/,
        'expected smtp:// or smtps:// and a server, such as smtp://user@mail.example.org:587',
      )
      .describe('A server, with the user to log in as; the password stands in the file that MAIL_PASSWORD_FILE= names.'),
    from: MailAddress.describe('Sender of every mail.'),
  })
  .refine(({ server }) => !/:[^/@]+@/.test(server), {
    path: ['server'],
    message: 'a password does not belong into the matrix: MAIL_PASSWORD_FILE= names a file with it',
  });
export type MailServer = z.infer<typeof MailServer>;

/** Somebody who is told: exactly one of mail and webhook. */
const Receiver = z
  .strictObject({
    mail: MailAddress.optional().describe('Address that mail is sent to.'),
    webhook: WebhookAddress.optional().describe('Address that JSON is posted to.'),
    packages: z.array(Id).min(1).optional().describe('Only these packages; without it all of them.'),
    kinds: z
      .array(Kind)
      .min(1)
      .default([...kinds])
      .describe('Only these kinds of message.'),
  })
  .refine(({ mail, webhook }) => (mail === undefined) !== (webhook === undefined), 'expected either mail or webhook');
export type Receiver = z.infer<typeof Receiver>;

/** Who is told of what turns red and green, and how. */
export const NoticeSettings = z.strictObject({
  mail: MailServer.optional(),
  report: WebAddress.optional().describe('Under which readers of messages reach out/report, without a slash at the end.'),
  receivers: z.array(Receiver).default([]).describe('Without any, messages are only written to out/notices/messages/.'),
});
export type NoticeSettings = z.infer<typeof NoticeSettings>;

/** One message goes to an address once, however many receivers name it. */
export const Address = z.templateLiteral([z.enum(['mail', 'webhook']), ':', z.string()]).or(z.literal('file'));
export type Address = z.infer<typeof Address>;

/** The address of a receiver. */
export function addressOf({ mail, webhook }: Receiver): Address {
  return mail === undefined ? `webhook:${webhook ?? ''}` : `mail:${mail}`;
}
