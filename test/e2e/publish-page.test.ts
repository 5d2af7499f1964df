import type { Page } from 'puppeteer-core';
import t from 'tap';

import { browse, findBarriers } from './browser.js';
import { PublishingWorkspace, serve } from './publishing.js';

async function textOf(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, (element) => element.textContent);
}

t.test('the page can be read in a browser: wide and narrow, light and dark, with and without scripts', async (t) => {
  const workspace = new PublishingWorkspace(t);
  workspace.edit('matrix/workspace.yaml', 'packaging_distro:', "publishing: { address: 'https://packages.packmill.example' }\npackaging_distro:");
  await workspace.make(['key']);
  for (const version of ['2.10', '3.1', '4.0-rc1'])
    for (const distro of ['debian_bookworm', 'debian_trixie', 'rockylinux_8'] as const) await workspace.build(version, distro);
  await workspace.make(['publish']);
  await workspace.make(['promote', 'FROM=testing', 'TO=stable']);
  const address = await serve(t, workspace);
  const browser = await browse(t);

  for (const [width, scheme] of [
    [1280, 'light'],
    [360, 'dark'],
  ] as const) {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('requestfailed', (request) => errors.push(request.url()));
    await page.setViewport({ width, height: 1000 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.goto(address, { waitUntil: 'networkidle0' });

    t.same(errors, []);
    t.same(await findBarriers(page), [], `${scheme}, ${String(width)} pixels`);
    t.equal(await page.evaluate('document.documentElement.scrollWidth'), width, 'nothing has to be scrolled sideways');
    const commands = await textOf(page, '#debian_bookworm-bookworm-probe-2 ~ pre code');
    t.match(commands, `${address}/keys/packages.asc`, 'commands name the address under which the page is read');
    t.match(await textOf(page, '#changes ~ details[open] summary'), /UTC: promote testing stable$/);
    const shots = process.env['SCREENSHOTS'];
    if (shots !== undefined) await page.screenshot({ path: `${shots}/page-${String(width)}-${scheme}.png` });
    const links = (await page.$$eval('a[href]', (all) => all.map((a) => a.href))).filter((href) => !href.includes('#'));
    const answers = await Promise.all([...new Set(links)].map(async (href) => [href, (await fetch(href, { method: 'HEAD' })).status] as const));
    t.same(
      answers.filter(([, status]) => status !== 200),
      [],
      `all of ${String(answers.length)} links lead somewhere`,
    );
    await page.close();
  }

  const plain = await browser.newPage();
  await plain.setJavaScriptEnabled(false);
  await plain.goto(address);
  const html = await plain.content();
  t.match(html, 'https://packages.packmill.example/keys/packages.asc');
  t.match(html, 'apt-get install probe');
});
