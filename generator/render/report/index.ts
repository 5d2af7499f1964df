import type { Cell } from '../../plan/cell.js';
import { linkFrom, reportPage } from '../../plan/names.js';
import type { Count, Field, Grid } from '../../plan/overview.js';
import { countStates, fieldKey, overview } from '../../plan/overview.js';
import { momentOf } from '../../plan/row.js';
import { quoteHtml } from '../quote.js';
import type { Templates } from '../templates.js';
import { strictView } from '../templates.js';
import type { Report } from './report.js';
import { targetOf } from './report.js';
import { runTable } from './runs.js';
import { frame, lookOf, nameHtml, plural, stateHtml, timeHtml, times } from './words.js';

/** How many outages and runs stand on the page as it opens. */
const [shownOutages, shownRuns] = [20, 10];

const page = 'index.html';

/** `12 tested, 1 failed`. */
function countsOf(counts: readonly Count[]): string {
  return counts.map(({ state, count }) => `${String(count)} ${state}`).join(', ');
}

function fieldView(field: Field | undefined, where: string): object {
  if (!field) return strictView({ state: '', look: '', link: '', version: '', counts: '' });
  const { newest, counts } = field;
  return strictView({
    state: stateHtml(newest.state),
    look: lookOf(newest.state),
    link: `${where}#${encodeURIComponent(newest.name)}`,
    version: quoteHtml(newest.version.replace('_', ' on ')),
    counts: countsOf(counts),
  });
}

function gridView(grid: Grid, cells: readonly Cell[]): object {
  const link = linkFrom(page, reportPage('packages', grid.package));
  return strictView({
    id: quoteHtml(`package-${grid.package}`),
    name: quoteHtml(grid.package),
    link,
    counts: countsOf(countStates(cells.filter((cell) => cell.package === grid.package))),
    platforms: grid.platforms.map(quoteHtml),
    without: quoteHtml(grid.without.join(', ')),
    rows: grid.distros.map((distro) =>
      strictView({
        distro: quoteHtml(distro),
        fields: grid.platforms.map((platform) => fieldView(grid.fields.get(fieldKey({ distro, platform })), link)),
      }),
    ),
  });
}

/** Cells with an outage, each target once, the newest outage first. */
function outageRows(report: Report): readonly object[] {
  const own = report.cells.filter((cell) => cell.outage !== undefined && targetOf(cell) === cell.name);
  const since = (cell: Cell): number => cell.outage?.since ?? 0;
  return [...own]
    .sort((a, b) => since(b) - since(a) || (a.name < b.name ? -1 : 1))
    .map((cell) =>
      strictView({
        link: linkFrom(page, reportPage('targets', targetOf(cell))),
        name: nameHtml(cell.name),
        since: timeHtml(cell.outage?.since),
        failures: times(cell.outage?.failures ?? 0),
        step: quoteHtml(cell.last?.status?.step ?? ''),
        why: quoteHtml(cell.state === 'failed' ? (cell.last?.status?.reason ?? '') : `${cell.state}: ${cell.why}`),
      }),
    );
}

function outageParts(rows: readonly object[]): readonly object[] {
  const part = (of: readonly object[], summary: string): object => strictView({ label: summary, summary, rows: of });
  const [shown, more] = [rows.slice(0, shownOutages), rows.slice(shownOutages)];
  const all = rows.length === 1 ? '1 cell fails because of itself' : `${String(rows.length)} cells fail because of themselves`;
  return [
    ...(shown.length > 0 ? [part(shown, more.length > 0 ? `${all}; the ${String(shown.length)} newest` : all)] : []),
    ...(more.length > 0 ? [part(more, `The other ${String(more.length)}`)] : []),
  ];
}

/** The first page: what needs attention, the last runs, and an overview of every package. */
export function renderIndex(report: Report, templates: Templates): string {
  const { cells, runs, publisher, now } = report;
  const body = templates.render(
    'index.html.njk',
    strictView({
      now: momentOf(now).replace(' UTC', ''),
      total: plural(cells.length, 'cell'),
      counts: countStates(cells).map(({ state, count }) => strictView({ look: lookOf(state), state: stateHtml(state), count })),
      outages: outageParts(outageRows(report)),
      runs: runs.length > 0 ? runTable(runs.slice(0, shownRuns), page, 'The last runs', templates) : '',
      grids: overview(cells).map((grid) => gridView(grid, cells)),
    }),
  );
  return frame(templates, page, `Build report of ${publisher}`, body, report);
}
