import type { Excerpt } from '../../model/excerpt.js';
import type { Cell } from '../../plan/cell.js';
import { linkFrom } from '../../plan/names.js';
import { quoteHtml } from '../quote.js';
import { strictView } from '../templates.js';
import type { Evidence } from './report.js';
import { plural } from './words.js';

/** An excerpt with its line numbers, as HTML; the lines that look wrong are marked. */
export function excerptHtml({ blocks }: Excerpt): string {
  return blocks
    .map((block) =>
      block
        .map(({ number, text, isError }) => {
          const shown = quoteHtml(text);
          return `<span class="line">${String(number)}</span> ${isError ? `<mark>${shown}</mark>` : shown}`;
        })
        .join('\n'),
    )
    .join('\n<span class="line" aria-hidden="true">⋮</span>\n');
}

/** The log of the last failure of a cell that is not well; without text where there is none. */
export function failureView({ outage, state }: Cell, { failure }: Evidence, page: string): object {
  if (!failure || (!outage && state !== 'waiting')) return strictView({ html: '', note: '', link: '' });
  const { errors } = failure.excerpt;
  const note =
    errors === 0
      ? 'No line looks like an error; these are the last.'
      : `${plural(errors, 'line')} of the log ${errors === 1 ? 'looks like an error' : 'look like errors'}.`;
  return strictView({ html: excerptHtml(failure.excerpt), note, link: linkFrom(page, failure.path) });
}
