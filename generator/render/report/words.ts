import type { Cell, State } from '../../plan/cell.js';
import { linkFrom, servedFile } from '../../plan/names.js';
import { momentOf } from '../../plan/row.js';
import type { Templates } from '../templates.js';
import { strictView } from '../templates.js';
import { quoteHtml } from '../quote.js';
import type { Report } from './report.js';

/** A sign and a colour for each state, beside its word: nobody has to tell colours apart. */
const looks: Readonly<Record<State, readonly [sign: string, look: 'good' | 'bad' | 'wait' | 'plain']>> = {
  excluded: ['–', 'plain'],
  missing: ['○', 'plain'],
  waiting: ['…', 'wait'],
  building: ['▶', 'wait'],
  failed: ['✗', 'bad'],
  built: ['◐', 'wait'],
  tested: ['✓', 'good'],
  signed: ['✓', 'good'],
  published: ['✓', 'good'],
  retired: ['†', 'plain'],
};

/** Colour of a state. */
export function lookOf(state: State): string {
  return looks[state][1];
}

/** A state with its sign, as HTML. */
export function stateHtml(state: State): string {
  return `<span aria-hidden="true">${looks[state][0]}</span> ${state}`;
}

/** A duration as people read it: 42 s, 12 min, 3 h 05 min. */
export function durationOf(seconds: number): string {
  if (seconds < 60) return `${String(Math.round(seconds * 10) / 10)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min`;
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** A moment as HTML; nothing where nobody knows it. */
export function timeHtml(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  return `<time datetime="${new Date(seconds * 1000).toISOString()}">${momentOf(seconds).replace(' UTC', '')}</time>`;
}

/** `once`, `3 times`. */
export function times(count: number): string {
  return count === 1 ? 'once' : `${String(count)} times`;
}

/** `1 run`, `3 runs`. */
export function plural(count: number, word: string): string {
  return `${String(count)} ${word}${count === 1 ? '' : 's'}`;
}

/** Where the package of a cell can be had: as it is published, else as it was tested. */
export function downloadOf(cell: Cell, page: string, { packages }: Report): string | undefined {
  const [place] = cell.places;
  if (place) return linkFrom(page, servedFile(place.path));
  const path = cell.target && packages.get(cell.target.name);
  return path === undefined ? undefined : linkFrom(page, path);
}

/** A page of the report around its body, which is HTML; heading and title are text. */
export function frame(templates: Templates, page: string, heading: string, body: string, { publisher }: Report): string {
  const site = `Build report of ${publisher}`;
  return templates.render(
    'frame.html.njk',
    strictView({
      title: quoteHtml(heading === site ? site : `${heading} – ${site}`),
      heading: quoteHtml(heading),
      site: quoteHtml(site),
      root: '../'.repeat(page.split('/').length - 1),
      body: body.trimEnd(),
    }),
  );
}

/** Name of a target as HTML, which may be broken where its parts meet. */
export function nameHtml(name: string): string {
  return quoteHtml(name).replaceAll('_', '_<wbr>');
}

/** Name of a builder as people read it. */
export function builderName(builder: string): string {
  return builder === '' ? 'default' : builder;
}
