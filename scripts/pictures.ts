/** Writes the pictures of the README from the sample estate: npm run pictures, wherever Chromium is installed. */
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { openEvidenceFolder } from '../shared/offline/evidence-folder.ts';
import { auditEvidence } from '../shared/pipeline/audit.ts';
import { collectEvidence } from '../shared/pipeline/collect.ts';
import { renderWholePage } from '../shared/pipeline/tell-html.ts';
import { renderAlertPage } from './alert-page.ts';
import { tellSample } from './sample-alert.ts';

const ESTATE = 'events/estate';
/** When the estate was collected; the script `demo` names the same time. */
const NOW = '2026-11-21T03:00:00Z';

interface Picture {
  readonly name: string;
  readonly html: string;
  readonly width: number;
  readonly height: number;
  /** What of the page is shown; null: its top, as high as the window. */
  readonly part: string | null;
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const report = await renderWholePage(auditEvidence(await collectEvidence(openEvidenceFolder(ESTATE)), NOW));
const pictures: readonly Picture[] = [
  { name: 'report', html: report, width: 1200, height: 720, part: null },
  { name: 'ways', html: report, width: 1300, height: 900, part: 'svg.picture.wide' },
  { name: 'alert', html: renderAlertPage(await tellSample(ESTATE)), width: 1200, height: 900, part: 'body' },
];
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
for (const picture of pictures) await take(browser, picture);
await browser.close();

async function take(opened: Browser, { name, html, width, height, part }: Picture): Promise<void> {
  const page = await opened.newPage({ viewport: { width, height }, colorScheme: 'light' });
  await page.setContent(html);
  await page.evaluate('for (const fold of document.querySelectorAll("details")) fold.open = true');
  const path = `docs/images/${name}.png`;
  if (part === null) await page.screenshot({ path });
  else await page.locator(part).first().screenshot({ path });
  console.log(path);
  await page.close();
}
