import type { Cell } from '../../plan/cell.js';
import { isDone } from '../../plan/cell.js';
import { groupBy } from '../../plan/group-by.js';
import { linkFrom, reportPage } from '../../plan/names.js';
import { countStates, fieldKey, newestFirst } from '../../plan/overview.js';
import { momentOf } from '../../plan/row.js';
import { quoteHtml } from '../quote.js';
import type { Templates } from '../templates.js';
import { strictView } from '../templates.js';
import type { Pages, Report } from './report.js';
import { targetOf } from './report.js';
import { downloadOf, frame, lookOf, plural, stateHtml } from './words.js';

/** Reasons of exclusions, and of being built only by name, with their numbers: one sentence stands for many cells. */
type Reasons = ReadonlyMap<string, { readonly number: number; readonly count: number }>;

/** A list of versions that is longer is folded up. */
const longest = 40;

/** Why nobody builds a cell that he did not name. */
function reasonOf({ state, why, byName }: Cell): string | undefined {
  if (state === 'excluded') return why;
  return state === 'missing' ? byName : undefined;
}

function numberReasons(cells: readonly Cell[]): Reasons {
  const given = cells.flatMap((cell) => reasonOf(cell) ?? []);
  return new Map([...groupBy(given, (reason) => reason)].map(([reason, of], index) => [reason, { number: index + 1, count: of.length }]));
}

function noteOf(cell: Cell, reasons: Reasons): string {
  const reason = reasonOf(cell);
  if (reason === undefined) return '';
  const number = String(reasons.get(reason)?.number ?? 0);
  return ` <a href="#reason-${number}" title="${quoteHtml(reason)}">${cell.state === 'excluded' ? `reason ${number}` : 'only by name'}</a>`;
}

const empty = strictView({ id: '', look: 'plain', state: '', link: '', note: '', download: '', format: '', since: '' });

function fieldView(cell: Cell | undefined, page: string, report: Report, pages: Pages, reasons: Reasons): object {
  if (!cell) return empty;
  const { name, state, since } = cell;
  const download = downloadOf(cell, page, report) ?? '';
  return strictView({
    id: quoteHtml(name),
    look: lookOf(state),
    state: stateHtml(state),
    link: pages.has(targetOf(cell)) ? linkFrom(page, reportPage('targets', targetOf(cell))) : '',
    note: noteOf(cell, reasons),
    download,
    format: `${isDone(cell) ? '' : 'earlier '}${/\.(deb|rpm)$/.exec(download)?.[1] ?? 'package'}`,
    since: since === undefined || state === 'missing' ? '' : momentOf(since).slice(0, 10),
  });
}

/** Of cells that are all excluded for one reason: the sentence that stands for a whole row or version. */
function withoutOf(cells: readonly Cell[], reasons: Reasons): string {
  const groups = [...groupBy(cells, (cell) => cell.distro)].map(
    ([distro, of]) => [distro, [...new Set(of.map((cell) => reasons.get(cell.why)?.number ?? 0))].sort((a, b) => a - b)] as const,
  );
  const byReason = groupBy(groups, ([, numbers]) => numbers.join(' '));
  return [...byReason]
    .map(([numbers, of]) => {
      const links = numbers.split(' ').map((number) => `<a href="#reason-${number}">reason ${number}</a>`);
      return `${quoteHtml(of.map(([distro]) => distro).join(', '))} (${links.join(', ')})`;
    })
    .join('; ');
}

function versionView(version: string, cells: readonly Cell[], page: string, report: Report, pages: Pages, reasons: Reasons): object {
  const byDistro = [...groupBy(cells, (cell) => cell.distro)].sort(([a], [b]) => (a < b ? -1 : 1));
  const isOut = (of: readonly Cell[]): boolean => of.every((cell) => cell.state === 'excluded' && !pages.has(targetOf(cell)) && cell.places.length === 0);
  const rows = byDistro.filter(([, of]) => !isOut(of));
  const without = byDistro.filter(([, of]) => isOut(of)).flatMap(([, of]) => of);
  const platforms = [...new Set(rows.flatMap(([, of]) => of.map((cell) => cell.platform)))].sort();
  const fields = new Map(cells.map((cell) => [fieldKey(cell), cell]));
  return strictView({
    id: quoteHtml(`version-${version}`),
    version: quoteHtml(version.replace('_', ' on ')),
    counts: countStates(cells)
      .map(({ state, count }) => `${String(count)} ${state}`)
      .join(', '),
    platforms: platforms.map(quoteHtml),
    rows: rows.map(([distro]) =>
      strictView({
        distro: quoteHtml(distro),
        fields: platforms.map((platform) => fieldView(fields.get(fieldKey({ distro, platform })), page, report, pages, reasons)),
      }),
    ),
    without: without.length === 0 ? '' : `Excluded on all platforms: ${withoutOf(without, reasons)}.`,
  });
}

/** The page of a package: every cell of it, version by version, the newest first. */
export function renderPackage(id: string, cells: readonly Cell[], report: Report, pages: Pages, templates: Templates): string {
  const page = reportPage('packages', id);
  const reasons = numberReasons(cells);
  const versions = [...groupBy(cells, (cell) => cell.version)].sort(([a], [b]) => newestFirst(a, b));
  const body = templates.render(
    'package.html.njk',
    strictView({
      name: quoteHtml(id),
      isLong: versions.length > longest,
      counts: countStates(cells).map(({ state, count }) => strictView({ look: lookOf(state), state: stateHtml(state), count })),
      versions: versions.map(([version, of]) => versionView(version, of, page, report, pages, reasons)),
      reasons: [...reasons].map(([why, { number, count }]) => strictView({ number, text: quoteHtml(why), count: plural(count, 'cell') })),
    }),
  );
  return frame(templates, page, id, body, report);
}
