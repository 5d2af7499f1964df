import type { Attempt } from '../../model/attempt.js';
import { groupBy } from '../../plan/group-by.js';
import { linkFrom, reportPage } from '../../plan/names.js';
import type { Week } from '../../plan/trends.js';
import { weeksOf } from '../../plan/trends.js';
import { quoteHtml } from '../quote.js';
import type { Templates } from '../templates.js';
import { strictView } from '../templates.js';
import type { Report } from './report.js';
import { patterns } from './timeline.js';
import { durationOf, frame } from './words.js';

/** Pixels: of a week, of the space for numbers beside a picture, of the pictures' heights, and between them. */
const [week, beside, high, gap] = [30, 76, 96, 54];

function successOf({ built, failed }: Week): string {
  return built + failed === 0 ? '' : `${String(Math.round((built / (built + failed)) * 100))} %`;
}

function curve(weeks: readonly Week[], most: number): string {
  const points = weeks.flatMap(({ median }, index): (readonly [x: number, y: number])[] =>
    median === undefined ? [] : [[beside + (index + 0.5) * week, 20 + high - (median / most) * high]],
  );
  const path = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
  const dots = points.map(([x, y]) => `<circle class="point" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="3"/>`).join('');
  return `<path class="curve" d="${path}"/>${dots}`;
}

/** Built and failed attempts of each week on top of each other: failed ones striped. */
function columns(weeks: readonly Week[], y: number): string {
  return weeks
    .map((one, index) => {
      const all = one.built + one.failed;
      if (all === 0) return '';
      const good = (one.built / all) * high;
      const x = (beside + index * week + 4).toFixed(1);
      const rect = (look: string, top: number, height: number): string =>
        height <= 0 ? '' : `<rect class="${look}" x="${x}" y="${top.toFixed(1)}" width="${String(week - 8)}" height="${height.toFixed(1)}"/>`;
      return rect('fault', y, high - good) + rect('share', y + high - good, good);
    })
    .join('');
}

function trendSvg(id: string, weeks: readonly Week[]): string {
  const width = Math.max(320, beside + weeks.length * week + 8);
  const most = Math.max(1, ...weeks.map((one) => one.median ?? 0));
  const below = 20 + high + gap;
  const line = (y: number): string => `<path class="axis" d="M${String(beside)} ${String(y)}H${String(width)}"/>`;
  const text = (x: number, y: number, what: string): string => `<text x="${String(x)}" y="${String(y)}">${what}</text>`;
  const days = [0, weeks.length - 1]
    .filter((index, place) => place === 0 || index > 2)
    .map((index) => text(index === 0 ? beside : width - 74, below + high + 16, weeks[index]?.monday ?? ''));
  const last = weeks.at(-1);
  const title = `${id}: median build time and share of successful attempts in ${String(weeks.length)} weeks${last ? `, lately ${last.median === undefined ? 'nothing built' : durationOf(last.median)} and ${successOf(last)}` : ''}`;
  return (
    `<svg role="img" aria-label="${quoteHtml(title)}" width="${String(width)}" height="${String(below + high + 24)}">${patterns}` +
    text(0, 12, 'Median build time') +
    text(0, 26, durationOf(most)) +
    text(0, 20 + high, '0') +
    line(20) +
    line(20 + high) +
    curve(weeks, most) +
    text(0, below - 12, 'Attempts: built plain, failed striped') +
    text(0, below + 10, '100 %') +
    text(0, below + high, '0') +
    line(below + high) +
    columns(weeks, below) +
    days.join('') +
    '</svg>'
  );
}

/** Build time and success of each package over time, as pictures and as numbers. */
export function renderTrends(report: Report, packageOf: ReadonlyMap<string, string>, templates: Templates): string {
  const page = 'trends.html';
  const all = [...report.attempts].flatMap(([target, attempts]) =>
    attempts.map((attempt): readonly [string, Attempt] => [packageOf.get(target) ?? '', attempt]),
  );
  const known = new Set(report.cells.map((cell) => cell.package));
  const packages = [...groupBy(all, ([id]) => id)]
    .map(([id, of]) => ({ id, weeks: weeksOf(of.map(([, attempt]) => attempt)) }))
    .filter(({ id, weeks }) => known.has(id) && weeks.length > 0)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const body = templates.render(
    'trends.html.njk',
    strictView({
      packages: packages.map(({ id, weeks }) =>
        strictView({
          id: quoteHtml(`package-${id}`),
          name: quoteHtml(id),
          link: linkFrom(page, reportPage('packages', id)),
          svg: trendSvg(id, weeks),
          weeks: [...weeks].reverse().map((one) =>
            strictView({
              monday: one.monday,
              median: one.median === undefined ? '' : durationOf(one.median),
              built: one.built,
              failed: one.failed,
              success: successOf(one),
            }),
          ),
        }),
      ),
    }),
  );
  return frame(templates, page, 'Trends', body, report);
}
