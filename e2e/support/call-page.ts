import type { Locator, Page } from 'playwright-core';
import { changedPoints, loudness, sampleVideo } from './media-probe.js';
import { pause, waitFor } from './wait.js';

const BETWEEN_LOOKS_MS = 500;
/** Darker than this is no picture. */
const BLACK = 10;
/** Of 32 × 18 × 3: the fake camera's picture changes more than that from one look to the next. */
const MOVING_POINTS = 10;

/** One person's page of the web app. */
export class CallPage {
  readonly page: Page;
  readonly name: string;

  constructor(page: Page, name: string) {
    this.page = page;
    this.name = name;
  }

  /** Fills in the form and waits until the call is there. */
  async join(url: string, room: string): Promise<this> {
    await this.page.goto(url);
    await this.write('name-input', this.name);
    await this.write('room-input', room);
    await this.find('join-button').click();
    await this.find('leave-button').waitFor();
    return this;
  }

  find(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  async click(testId: string): Promise<void> {
    await this.find(testId).click();
  }

  /** Writes into a field key by key: what Playwright's `fill` does in Firefox is not noticed by React. */
  async write(testId: string, text: string): Promise<void> {
    await this.find(testId).pressSequentially(text);
  }

  /** Somebody else's picture, or their shared screen. */
  tile(name: string, source: 'camera' | 'screen' = 'camera'): Locator {
    return this.page.locator(`[data-testid=tile][data-source=${source}]`, { hasText: name });
  }

  get ownTile(): Locator {
    return this.find('local-tile');
  }

  async ownIdentity(): Promise<string> {
    return (await this.ownTile.getAttribute('data-identity')) ?? '';
  }

  async identityOf(name: string): Promise<string> {
    const identity = await this.tile(name).getAttribute('data-identity');
    if (identity === null) throw new Error(`${this.name} does not see who ${name} is.`);
    return identity;
  }

  /** Waits until that tile shows a picture that is not black and moves. */
  async expectMovingPicture(name: string, source: 'camera' | 'screen' = 'camera'): Promise<void> {
    const video = this.tile(name, source).locator('video');
    await waitFor(
      `${this.name} seeing ${name}'s ${source} move`,
      async () => {
        if ((await video.count()) === 0) return false;
        const before = await sampleVideo(video);
        await pause(BETWEEN_LOOKS_MS);
        const after = await sampleVideo(video);
        if (before === undefined || after === undefined) return false;
        return after.brightness > BLACK && changedPoints(before, after) > MOVING_POINTS;
      },
      60_000,
    );
  }

  /** How loud somebody else is at this page: 0 (silence) to 1. */
  async loudnessOf(name: string): Promise<number> {
    const audio = this.page.locator(`audio[data-identity="${await this.identityOf(name)}"]`);
    return (await audio.count()) === 0 ? 0 : loudness(audio.first());
  }

  async expectToHear(name: string): Promise<void> {
    await waitFor(`${this.name} hearing ${name}`, async () => (await this.loudnessOf(name)) > 0.005, 30_000);
  }

  async say(text: string): Promise<void> {
    if (!(await this.find('chat-input').isVisible())) await this.click('chat-button');
    await this.write('chat-input', text);
    await this.page.keyboard.press('Enter');
  }

  message(text: string): Locator {
    return this.find('chat-message').filter({ hasText: text });
  }
}
