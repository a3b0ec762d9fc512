import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { createVoice } from './voice.js';

export type OpenPage = (options?: BrowserContextOptions) => Promise<Page>;

/** Where a picture of that name goes. */
export function outputPath(name: string): string {
  return fileURLToPath(new URL(`../output/${name.replaceAll(/\W+/g, '-')}.png`, import.meta.url));
}

/** As in `CHROME_PATH`, else where Linux systems have it. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A camera that shows a moving picture, a microphone that plays a file, and no questions asked.
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--auto-select-desktop-capture-source=Entire screen',
  '--autoplay-policy=no-user-gesture-required',
  // Pages of a test are all in front: none may be slowed down for being hidden behind another.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];

/** One Chromium for all tests of a file. Each page has a profile of its own, and may not have thrown when a test ends. */
export function useBrowser(): OpenPage {
  let browser: Browser | undefined;
  let folder: string | undefined;
  const pages: Page[] = [];
  const errors: string[] = [];
  const told: string[] = [];

  beforeAll(async () => {
    const executablePath = process.env.CHROME_PATH ?? PLACES.find((place) => existsSync(place));
    if (executablePath === undefined) throw new Error('Install Chromium, or set CHROME_PATH to where it is.');
    folder = mkdtempSync(join(tmpdir(), 'parley-browser-'));
    const voice = join(folder, 'voice.wav');
    writeFileSync(voice, createVoice());
    browser = await chromium.launch({
      executablePath,
      args: [...FLAGS, `--use-file-for-fake-audio-capture=${voice}`],
    });
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') {
      console.error(`Told by the pages:\n${told.join('\n')}`);
      await Promise.all(
        pages.map((page, i) => page.screenshot({ path: outputPath(`failed ${task.name} ${i + 1}`) })),
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

  return async (options = {}) => {
    if (browser === undefined) throw new Error('The browser runs only while tests do.');
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      permissions: ['camera', 'microphone', 'clipboard-read', 'clipboard-write'],
      ...options,
    });
    const page = await context.newPage();
    pages.push(page);
    page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) told.push(`${message.type()}: ${message.text()}`);
    });
    return page;
  };
}
