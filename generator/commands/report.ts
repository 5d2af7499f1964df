import { fileURLToPath } from 'node:url';

import { digestInputs } from '../io/read.js';
import { digestReportInputs } from '../io/report-inputs.js';
import { readSettingsText } from '../io/settings.js';
import { isUnchanged } from '../io/write.js';
import { layoutIndex, reportFolder } from '../plan/names.js';

/** Remembers the files of the report. */
export const reportManifest = `${reportFolder}/.manifest.json`;

/** Writes the report of a workspace, unless nothing has changed since the last. */
export async function report(): Promise<number> {
  const generator = fileURLToPath(import.meta.url);
  const settings = readSettingsText();
  const given = [...settings.matchAll(/oci-layout:\/\/([^\s'"]+)/g)].map(([, folder]) => layoutIndex(folder ?? ''));
  const inputs = digestReportInputs([digestInputs(settings, generator, ['templates/report/*'])], given);
  const page = `${reportFolder}/index.html`;
  if (isUnchanged(inputs, reportManifest)) {
    process.stdout.write(`${page}: nothing has changed\n`);
    return 0;
  }
  // Only now, as it takes longer to load than to see that nothing changed.
  const { makeReport } = await import('./make-report.js');
  process.stdout.write(`${page}: ${makeReport(inputs, generator, Date.now() / 1000)}\n`);
  return 0;
}
