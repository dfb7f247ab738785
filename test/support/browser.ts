/** Debian's Chromium for tests of pages, and whether it is here. */
import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

const BINARY = '/usr/bin/chromium';
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const hasBrowser = existsSync(BINARY);
if (!hasBrowser) console.warn(`No ${BINARY} here: no page was opened in a browser (apt-get install chromium).`);

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: BINARY, args: FLAGS });
}

export interface Visit {
  readonly page: Page;
  /** Everything that a quiet page has none of: requests, messages, errors, dialogs. */
  readonly noise: readonly string[];
}

export interface VisitOptions {
  readonly url: string;
  readonly width: number;
  readonly scheme: 'light' | 'dark';
  /** For tools of the test itself; what the page asks for stays forbidden otherwise. */
  readonly bypassCSP?: boolean;
}

export async function visit(browser: Browser, { url, width, scheme, bypassCSP = false }: VisitOptions): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP });
  const page = await context.newPage();
  const noise: string[] = [];
  page.on('request', (request) => {
    if (request.url() !== url && request.url() !== 'data:,') noise.push(`request ${request.url()}`);
  });
  page.on('console', (message) => noise.push(`${message.type()} ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`error ${error.message}`));
  page.on('dialog', async (dialog) => {
    noise.push(`dialog ${dialog.message()}`);
    await dialog.dismiss();
  });
  await page.goto(url);
  return { page, noise };
}

export const AXE: string = axe.source;
