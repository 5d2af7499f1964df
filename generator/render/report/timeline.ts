import { median } from '../../plan/trends.js';
import type { Bar, Lane } from '../../plan/timeline.js';
import { quoteHtml } from '../quote.js';
import { builderName, durationOf, plural } from './words.js';

/** Pixels: of a lane, of the space for names of builders, and around. */
const [lane, names, top] = [26, 130, 24];

/** Pictures have patterns beside colours: stripes say failed, dots say that it was not the package's fault. */
export const patterns =
  '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="hatchback" width="6" height="6"/><path class="hatch" d="M0 6 6 0"/></pattern>' +
  '<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="dotback" width="6" height="6"/><circle class="dot" cx="3" cy="3" r="1.2"/></pattern></defs>';

function lookOf({ status }: Bar): readonly [look: string, sign: string] {
  if (status.result === 'built') return ['built', '✓'];
  return status.fault === 'package' ? ['failed', '✗'] : ['again', '…'];
}

function barSvg(bar: Bar, x: (seconds: number) => number, y: number): string {
  const { target, status } = bar;
  const [look, sign] = lookOf(bar);
  const from = x(status.started);
  const width = Math.max(3, x(status.started + status.seconds) - from - 1);
  const title = quoteHtml(`${target}: ${status.result}, ${durationOf(status.seconds)}`);
  // An svg of its own cuts off what does not fit into the bar. Text on a pattern needs a plain ground.
  const text =
    width < 24
      ? ''
      : look === 'built'
        ? `<text x="4" y="14">${sign} ${quoteHtml(target)}</text>`
        : `<rect x="2" y="2" width="${String(width - 4)}" height="${String(lane - 10)}" class="ground"/><text x="4" y="14">${sign} ${quoteHtml(target)}</text>`;
  return `<svg x="${from.toFixed(1)}" y="${String(y)}" width="${width.toFixed(1)}" height="${String(lane - 6)}"><title>${title}</title><rect class="${look}" width="100%" height="100%"/>${text}</svg>`;
}

/** Seconds between two marks of the axis, so that they stand about a hundred pixels apart. */
function stepOf(span: number, width: number): number {
  const wanted = (span / width) * 110;
  const steps = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 2 * 3600, 6 * 3600, 12 * 3600, 86_400];
  return steps.find((one) => one >= wanted) ?? Math.ceil(wanted / 86_400) * 86_400;
}

/** Attempts as bars over time, a row a lane; undefined when there are none. */
export function timelineSvg(lanes: readonly Lane[]): string | undefined {
  const bars = lanes.flatMap((one) => one.bars);
  if (bars.length === 0) return undefined;
  const start = Math.min(...bars.map(({ status }) => status.started));
  const span = Math.max(1, Math.max(...bars.map(({ status }) => status.started + status.seconds)) - start);
  // Wide enough that most bars can be told apart, and be named.
  const usual = Math.max(1, median(bars.map(({ status }) => status.seconds)) ?? 1);
  const width = Math.round(Math.min(6000, Math.max(900, (span / usual) * 80)));
  const x = (seconds: number): number => names + ((seconds - start) / span) * width;
  const height = top + lanes.length * lane + 4;
  const marks: string[] = [];
  const step = stepOf(span, width);
  for (let at = 0; at <= span; at += step) {
    const here = x(start + at).toFixed(1);
    marks.push(
      `<path class="axis" d="M${here} ${String(top - 4)}V${String(height)}"/><text x="${here}" y="14">${at === 0 ? 'start' : `+${durationOf(at)}`}</text>`,
    );
  }
  const rows = lanes.map(({ builder, bars: own }, index) => {
    const y = top + index * lane;
    const isFirst = index === 0 || lanes[index - 1]?.builder !== builder;
    const label = isFirst ? `<text x="0" y="${String(y + 14)}">${quoteHtml(builderName(builder).slice(0, 18))}</text>` : '';
    return label + own.map((bar) => barSvg(bar, x, y)).join('');
  });
  const description = `${plural(bars.length, 'attempt')} in ${plural(lanes.length, 'lane')} over ${durationOf(span)}. The table below has the same.`;
  return (
    `<svg role="img" aria-labelledby="timeline-title" width="${String(names + width + 60)}" height="${String(height)}"><title id="timeline-title">${description}</title>` +
    `${patterns}${marks.join('')}${rows.join('\n')}</svg>`
  );
}
