import { createHash } from 'node:crypto';

import type { Status } from '../../model/attempt.js';
import { listOutages } from '../../plan/past-outages.js';
import { linkFrom, reportPage } from '../../plan/names.js';
import { isoOf } from '../../plan/row.js';
import { quoteXml } from '../quote.js';
import type { Report } from './report.js';
import { times } from './words.js';

/** How many entries the feed has at most. */
const most = 100;

interface Entry {
  /** Seconds since 1970. */
  readonly when: number;
  readonly target: string;
  readonly attempt: string;
  readonly title: string;
  readonly text: string;
}

/** The same for the same event in every report: a reader of the feed shows it once. The digest stands in the form of a UUID (RFC 9562, version 8). */
function identity({ target, attempt }: Pick<Entry, 'target' | 'attempt'>): string {
  const hex = createHash('sha256').update(`outage\0${target}\0${attempt}`).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function endOf({ started, seconds }: Status): number {
  return started + seconds;
}

function entriesOf(target: string, attempts: Parameters<typeof listOutages>[0]): readonly Entry[] {
  return listOutages(attempts).flatMap(({ began, ended, failures }) => {
    const first = began.status;
    const entries: Entry[] = [];
    if (ended?.status)
      entries.push({
        when: endOf(ended.status),
        target,
        attempt: ended.stamp,
        title: `${target} is built again`,
        text: `It had failed ${times(failures)}.`,
      });
    if (first)
      entries.push({
        when: endOf(first),
        target,
        attempt: began.stamp,
        title: `${target} fails`,
        text: `${first.step === '' ? '' : `Step ${first.step}: `}${first.reason === '' ? 'package fault' : first.reason}`,
      });
    return entries;
  });
}

/** Outages that began and that ended, as an Atom feed (RFC 4287): the newest first. */
export function renderFeed({ attempts, publisher }: Report): string {
  const entries = [...attempts]
    .flatMap(([target, of]) => entriesOf(target, of))
    .sort((a, b) => b.when - a.when || (identity(a) < identity(b) ? -1 : 1))
    .slice(0, most);
  const page = 'feed.atom';
  const items = entries.map(
    (entry) =>
      `<entry><id>${identity(entry)}</id><title>${quoteXml(entry.title)}</title><updated>${isoOf(entry.when) ?? ''}</updated>` +
      `<link rel="alternate" type="text/html" href="${linkFrom(page, reportPage('targets', entry.target))}"/><summary>${quoteXml(entry.text)}</summary></entry>\n`,
  );
  const title = `Outages: ${publisher}`;
  return (
    '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n' +
    `<id>${identity({ target: publisher, attempt: 'feed' })}</id><title>${quoteXml(title)}</title><updated>${isoOf(entries[0]?.when ?? 0) ?? ''}</updated>\n` +
    `<author><name>${quoteXml(publisher)}</name></author>\n<link rel="self" type="application/atom+xml" href="feed.atom"/><link rel="alternate" type="text/html" href="index.html"/>\n` +
    `${items.join('')}</feed>\n`
  );
}
