import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import fastGlob from 'fast-glob';
import t from 'tap';

import { CliWorkspace } from '../cli.js';
import { inventMatrix, Past } from '../invented.js';
import { browse, findBarriers } from './browser.js';

const workspace = new CliWorkspace(t);
const site = join(workspace.folder, 'out/report');

function idsOf(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? ''));
}

/** Links of all pages that lead nowhere: to no file, or to no place in a page. */
function findBroken(): { readonly links: number; readonly broken: readonly string[] } {
  const pages = fastGlob.sync('**/*.html', { cwd: site });
  const ids = new Map(pages.map((page) => [join(site, page), idsOf(readFileSync(join(site, page), 'utf8'))]));
  const broken: string[] = [];
  let links = 0;
  for (const page of pages) {
    const html = readFileSync(join(site, page), 'utf8');
    for (const href of new Set([...html.matchAll(/ href="([^"]+)"/g)].map(([, found]) => found ?? ''))) {
      links++;
      const [path = '', place] = href.split('#').map(decodeURIComponent);
      const file = path === '' ? join(site, page) : resolve(dirname(join(site, page)), path);
      if (!existsSync(file) || (place !== undefined && !ids.get(file)?.has(place))) broken.push(`${page}: ${href}`);
    }
  }
  return { links, broken };
}

async function timeReport(): Promise<{ readonly seconds: number; readonly said: string }> {
  const began = performance.now();
  const { exitCode, stdout, stderr } = await workspace.run('report');
  t.equal(exitCode, 0, stderr);
  return { seconds: (performance.now() - began) / 1000, said: stdout };
}

t.before(async () => {
  inventMatrix(workspace, { packages: 5, versions: 25, distros: 10 });
  await workspace.run('generate');
  await new Past(workspace.folder, 14).invent(workspace);
});

t.test('5,000 cells are reported in seconds, and the same again takes a moment', async (t) => {
  const first = await timeReport();
  const second = await timeReport();

  t.match(first.said, /5000 cells; \d{4} files written, 0 removed/);
  t.match(second.said, 'nothing has changed');
  t.comment(`first ${first.seconds.toFixed(1)} s, second ${second.seconds.toFixed(2)} s`);
  t.ok(first.seconds < 120, `${String(first.seconds)} s`);
  t.ok(second.seconds < 10, `${String(second.seconds)} s`);
});

t.test('every link of every page leads somewhere', (t) => {
  const { links, broken } = findBroken();

  t.ok(links > 30_000, String(links));
  t.same(broken.slice(0, 5), []);
  t.end();
});

t.test('the report can be read in a browser without scripts: wide and narrow, light and dark', async (t) => {
  const browser = await browse(t);
  const failed = fastGlob.sync('targets/*.html', { cwd: site }).find((path) => readFileSync(join(site, path), 'utf8').includes('<mark>')) ?? '';
  const run = fastGlob.sync('runs/0*.html', { cwd: site }).sort()[3] ?? '';
  for (const path of ['index.html', 'packages/erlang.html', failed, run, 'runs/index.html', 'trends.html']) {
    for (const [width, scheme] of [
      [1280, 'light'],
      [360, 'dark'],
      [320, 'light'],
    ] as const) {
      const page = await browser.newPage();
      const missing: string[] = [];
      page.on('requestfailed', (request) => missing.push(request.url()));
      await page.setViewport({ width, height: 1000 });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      const began = performance.now();
      await page.goto(`file://${site}/${path}`);
      const seconds = (performance.now() - began) / 1000;

      t.same(missing, []);
      t.ok(seconds < 15, `${path} opens in ${seconds.toFixed(2)} s`);
      t.equal(await page.evaluate('document.documentElement.scrollWidth'), width, `${path}: nothing has to be scrolled sideways at ${String(width)} pixels`);
      t.equal(await page.evaluate("document.querySelectorAll('script').length"), 0);
      if (width !== 320) t.same(await findBarriers(page), [], `${path}: ${scheme}, ${String(width)} pixels`);
      const shots = process.env['SCREENSHOTS'];
      if (shots !== undefined) await page.screenshot({ path: `${shots}/report-${path.replaceAll('/', '-')}-${String(width)}.png` });
      await page.close();
    }
  }
});
