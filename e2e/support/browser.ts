import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type BrowserName, contextOptions, launchBrowser } from './launch-browser.js';

export interface PageOptions extends BrowserContextOptions {
  /** Open until the last test of the file has ended, not only that of one test; given where no test runs. */
  shared?: boolean;
}

export type OpenPage = (options?: PageOptions) => Promise<Page>;

/** Where a picture of that name goes. */
export function outputPath(name: string): string {
  return fileURLToPath(new URL(`../output/${name.replaceAll(/\W+/g, '-')}.png`, import.meta.url));
}

/**
 * One browser for all tests of a file. Each page has a profile of its own, and may not have thrown when a test ends.
 * `flags` are more arguments for the browser's command line.
 */
export function useBrowser(name: BrowserName = 'chromium', flags: readonly string[] = []): OpenPage {
  let browser: Browser | undefined;
  let folder: string | undefined;
  const pages: Page[] = [];
  const sharedPages: Page[] = [];
  const errors: string[] = [];
  const told: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-browser-'));
    browser = await launchBrowser(name, folder, flags);
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') {
      console.error(`Told by the pages:\n${told.join('\n')}`);
      await Promise.all(
        [...sharedPages.filter((page) => !page.isClosed()), ...pages].map((page, i) =>
          page.screenshot({ path: outputPath(`failed ${task.name} ${name} ${i + 1}`) }),
        ),
      );
    }
    await Promise.all(pages.splice(0).map((page) => page.context().close()));
    told.length = 0;
    expect(errors.splice(0), 'errors that no page handled').toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  return async ({ shared = false, ...options } = {}) => {
    if (browser === undefined) throw new Error('The browser runs only while tests do.');
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      ...contextOptions(name),
      ...options,
    });
    const page = await context.newPage();
    (shared ? sharedPages : pages).push(page);
    page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) told.push(`${message.type()}: ${message.text()}`);
    });
    return page;
  };
}
