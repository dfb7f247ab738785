import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderWholePage } from '../../shared/pipeline/tell-html.ts';
import { AXE, hasBrowser, openBrowser, visit } from '../support/browser.ts';
import { auditEstate, listFindings } from '../support/estate.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { reportNaming } from '../support/hostile-report.ts';
import { report } from '../support/report.ts';
import { makeFolder } from '../support/temp-folder.ts';

let browser: Browser;
let demo: string;

function addressOf(text: string): string {
  return pathToFileURL(join(makeFolder({ 'report.html': text }), 'report.html')).href;
}

async function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > innerWidth');
}

async function openEverything(page: Page): Promise<void> {
  await page.evaluate('for (const fold of document.querySelectorAll("details")) fold.open = true');
}

/** Rules broken, each with the first element that breaks it. */
async function listViolations(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ content: AXE });
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.length, nodes[0].html, nodes[0].failureSummary].join(", ")))',
  );
}

describe.skipIf(!hasBrowser)('the report in a browser', () => {
  beforeAll(async () => {
    browser = await openBrowser();
    demo = await renderWholePage(await auditEstate());
  }, 30_000);
  afterAll(async () => browser?.close());

  test.each([390, 1440])('fits a window of %i pixels, folded and open, and makes no noise', async (width) => {
    const { page, noise } = await visit(browser, { url: addressOf(demo), width, scheme: 'light' });

    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'Keyholder report of 21 Nov 2026 03:00 UTC',
    );
    expect(await isTooWide(page)).toBe(false);
    await openEverything(page);
    expect(await isTooWide(page)).toBe(false);
    expect(noise).toEqual([]);
  });

  test.each([390, 600, 1440])('keeps each label of the filter on one line at %i pixels', async (width) => {
    const { page } = await visit(browser, { url: addressOf(demo), width, scheme: 'light' });

    const lines: readonly number[] =
      await page.evaluate(`[...document.querySelectorAll('.filter label')].map((label) => {
      const range = document.createRange();
      range.selectNodeContents(label.firstChild);
      return range.getClientRects().length;
    })`);

    expect(lines).toEqual([1, 1]);
  });

  test.each([600, 1440])('shows the heading that a link leads to below the filter at %i pixels', async (width) => {
    const { page } = await visit(browser, { url: addressOf(demo), width, scheme: 'light' });
    await page.getByLabel('Severity').selectOption('critical');

    await page.locator('.index a:visible').last().click();
    const [bar, heading] = await Promise.all([
      page.locator('.filter').boundingBox(),
      page.locator('section.cluster:target h2').boundingBox(),
    ]);

    expect(bar?.y).toBe(0);
    expect(heading?.y).toBeGreaterThanOrEqual(bar?.height ?? Number.NaN);
  });

  test('filters by text and by severity, and says how much is shown', async () => {
    const { page } = await visit(browser, { url: addressOf(demo), width: 1440, scheme: 'light' });
    const all = await page.locator('.case:visible').count();

    await page.getByLabel('Search').fill('flux-system/gitops');
    const found = await page.locator('[data-row]:not([data-row="cluster"]):visible').allTextContents();
    const clusters = await page.locator('section.cluster:visible h2, .index tbody tr:visible a').allTextContents();
    const told = await page.locator('output').textContent();
    await page.getByLabel('Search').fill('');
    await page.getByLabel('Severity').selectOption('critical');
    const critical = await page.locator('.case:visible').count();

    expect(found.length).toBeGreaterThan(1);
    expect(found.filter((text) => !text.includes('flux-system/gitops'))).toEqual([]);
    expect(clusters).toEqual(['payments', 'payments']);
    expect(told).toMatch(/^\d+ of \d+ rows$/);
    const expected = listFindings(await auditEstate()).filter(({ severity }) => severity === 'critical').length;
    expect([critical, all > critical]).toEqual([expected, true]);
  });

  test('shows the same facts without its script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(addressOf(demo));

    expect(await page.locator('.filter').isVisible()).toBe(false);
    expect(await page.locator('button').count()).toBe(0);
    expect(await page.locator('.case').count()).toBe(listFindings(await auditEstate()).length);
  });

  test('gives each command of a finding a button that copies it', async () => {
    const { page } = await visit(browser, { url: addressOf(demo), width: 1440, scheme: 'light' });
    const commands = listFindings(await auditEstate()).flatMap(({ fix }) => fix);

    expect(await page.locator('.case .cmd pre + button').count()).toBe(commands.length);
  });

  test('is reached and opened by keyboard, past a link that skips to the content', async () => {
    const { page } = await visit(browser, { url: addressOf(demo), width: 1440, scheme: 'light' });

    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to the content');
    await page.locator('.key summary').first().focus();
    await page.keyboard.press('Enter');

    expect(await page.locator('.key').first().getAttribute('open')).toBe('');
  });

  test.each([
    [1440, 'light'],
    [390, 'dark'],
  ] as const)('breaks no rule of axe at %i pixels, %s', async (width, scheme) => {
    const { page } = await visit(browser, { url: addressOf(demo), width, scheme, bypassCSP: true });

    expect(await listViolations(page)).toEqual([]);
  });

  // One cluster is enough to have every part, and a tenth of the time.
  test.each(['light', 'dark'] as const)('breaks no rule of axe when everything is open, %s', async (scheme) => {
    const estate = await auditEstate();
    const clusters = estate.clusters.filter(({ name }) => name === 'legacy');
    const url = addressOf(await renderWholePage({ ...estate, clusters }));
    const { page } = await visit(browser, { url, width: 1440, scheme, bypassCSP: true });
    await openEverything(page);

    expect(await listViolations(page)).toEqual([]);
  });

  test('runs nothing and keeps its shape when every name is hostile', async () => {
    const clusters = HOSTILE_NAMES.flatMap(([, name]) => reportNaming(name).clusters);
    const url = addressOf(await renderWholePage(report({ clusters })));

    const { page, noise } = await visit(browser, { url, width: 390, scheme: 'dark' });
    await openEverything(page);

    expect(noise).toEqual([]);
    expect(await page.locator('section.cluster').count()).toBe(HOSTILE_NAMES.length);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('a:not([href^="#"])').count()).toBe(0);
    expect(await isTooWide(page)).toBe(false);
  });
});
