import { isoOf, rowOf } from '../../plan/row.js';
import { quoteCsv } from '../quote.js';
import type { Report } from './report.js';
import { targetOf } from './report.js';

/** The ledger for programs, a line a cell. */
export function renderJson({ cells }: Report): string {
  return `[\n${cells.map((cell) => JSON.stringify(rowOf(cell))).join(',\n')}\n]\n`;
}

const columns = ['name', 'package', 'version', 'distro', 'platform', 'state', 'why', 'since', 'target', 'failed_since', 'failed_times', 'published'] as const;

/** The ledger for spreadsheets (RFC 4180), a row a cell. */
export function renderCsv({ cells }: Report): string {
  const rows = cells.map((cell) => [
    cell.name,
    cell.package,
    cell.version,
    cell.distro,
    cell.platform,
    cell.state,
    cell.why,
    isoOf(cell.since) ?? '',
    targetOf(cell),
    isoOf(cell.outage?.since) ?? '',
    cell.outage ? String(cell.outage.failures) : '',
    [...new Set(cell.places.map((place) => place.channel))].join(' '),
  ]);
  return [columns, ...rows].map((row) => `${row.map(quoteCsv).join(',')}\r\n`).join('');
}
