/** Chromium of the system, driven by playwright, for pages on loopback only. */

import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

export interface BrowserPage {
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
}

/** Opens a page of 1280 by 800 in a fresh profile. Throws where no Chromium is installed. */
export async function openBrowser(): Promise<BrowserPage> {
  const browser = await chromium.launch({
    executablePath: chromiumProgram(),
    args: [
      ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
    ],
  });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  return { browser, context, page: await context.newPage() };
}

function chromiumProgram(): string {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  for (const program of ['chromium', 'chromium-browser', 'google-chrome']) {
    const found = onPath(program);
    if (found !== undefined) return found;
  }
  throw new Error('No Chromium on PATH: install the package chromium, or set CHROMIUM to a program.');
}

/** Full path of a program on PATH. */
export function onPath(program: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map(folder => path.join(folder, program))
    .find(file => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
