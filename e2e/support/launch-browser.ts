import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, firefox } from 'playwright-core';
import { createVoice } from './voice.js';

export type BrowserName = 'chromium' | 'firefox';

interface Kind {
  title: string;
  /** Environment variable that says where the program is. */
  variable: string;
  /** Where Linux systems have it. */
  places: string[];
  /** `folder` is for files of the browser's own. */
  launch: (executablePath: string, folder: string, flags: readonly string[]) => Promise<Browser>;
  context: BrowserContextOptions;
}

const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A camera that shows a moving picture, half as often as most, a microphone that plays a file, and no questions asked.
  '--use-fake-device-for-media-stream=fps=15',
  '--use-fake-ui-for-media-stream',
  '--auto-select-desktop-capture-source=Entire screen',
  '--autoplay-policy=no-user-gesture-required',
  // Pages of a test are all in front: none may be slowed down for being hidden behind another.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];

const FIREFOX_PREFERENCES = {
  // A camera that changes its colour, a microphone that hears a tone, and no questions asked.
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  // A loudspeaker that is not real: without any, no AudioContext would run.
  'media.cubeb.force_mock_context': true,
  // The server may be on the loopback address alone.
  'media.peerconnection.ice.loopback': true,
  'dom.min_background_timeout_value': 4,
  'dom.timeout.enable_budget_timer_throttling': false,
};

const KINDS: Record<BrowserName, Kind> = {
  chromium: {
    title: 'Chromium',
    variable: 'CHROME_PATH',
    places: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
    launch: (executablePath, folder, flags) => {
      const voice = join(folder, 'voice.wav');
      writeFileSync(voice, createVoice());
      return chromium.launch({
        executablePath,
        args: [...CHROMIUM_FLAGS, `--use-file-for-fake-audio-capture=${voice}`, ...flags],
      });
    },
    context: { permissions: ['camera', 'microphone', 'clipboard-read', 'clipboard-write'] },
  },
  firefox: {
    title: 'Firefox',
    variable: 'FIREFOX_PATH',
    places: ['/usr/bin/firefox-esr', '/usr/bin/firefox'],
    // By this channel Playwright drives Firefox as it is (WebDriver BiDi) instead of a build of its own.
    launch: (executablePath, _, flags) =>
      firefox.launch({
        channel: 'moz-firefox',
        executablePath,
        firefoxUserPrefs: FIREFOX_PREFERENCES,
        args: [...flags],
      }),
    context: {},
  },
};

/** Starts a browser of the machine, with a camera and a microphone that are not real. */
export function launchBrowser(name: BrowserName, folder: string, flags: readonly string[]): Promise<Browser> {
  const { title, variable, places, launch } = KINDS[name];
  const executablePath = process.env[variable] ?? places.find((place) => existsSync(place));
  if (executablePath === undefined) throw new Error(`Install ${title}, or set ${variable} to where it is.`);
  return launch(executablePath, folder, flags);
}

/** What pages of that browser are opened with. */
export function contextOptions(name: BrowserName): BrowserContextOptions {
  return KINDS[name].context;
}
