import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectMoving, useBarePages } from '../support/bare-page.js';
import { useBrowser } from '../support/browser.js';
import { loudness } from '../support/media-probe.js';
import { freshRoom } from '../support/participants.js';
import { useServer } from '../support/server.js';
import { pause, waitFor } from '../support/wait.js';

const AUDIBLE = 0.01;

const open = useBarePages(useServer(), useBrowser());

function heard(page: Page, from: string): Promise<number> {
  return loudness(page.locator(`audio[data-from="${from}"]`).last());
}

/** What came of somebody's camera, and what of it could be decoded. */
function camera(page: Page, from: string): Promise<{ packetsReceived: number; framesDecoded: number }> {
  return page.evaluate(async (identity) => {
    const source = window.LivekitClient.Track.Source.Camera;
    const track = window.room.remoteParticipants.get(identity)?.getTrackPublication(source)?.track;
    const stats = [...((await track?.getRTCStatsReport())?.values() ?? [])] as {
      type: string;
      packetsReceived?: number;
      framesDecoded?: number;
    }[];
    const { packetsReceived = 0, framesDecoded = 0 } = stats.find(({ type }) => type === 'inbound-rtp') ?? {};
    return { packetsReceived, framesDecoded };
  }, from);
}

test.each(['vp8', 'vp9'] as const)(
  'what is encrypted end to end, video as %s, is seen and heard by those who have the key only',
  async (videoCodec) => {
    const room = freshRoom();
    const options = { publishDefaults: { videoCodec, backupCodec: false } };
    await open(room, 'alice', { ...options, secret: 'a secret' });
    const bob = await open(room, 'bob', { secret: 'a secret', publishes: false });
    const eve = await open(room, 'eve', { secret: 'a guess', publishes: false });
    await expectMoving(bob, 'alice');
    await waitFor('hearing alice', async () => (await heard(bob, 'alice')) > AUDIBLE, 30_000);

    await waitFor('packets for eve', async () => (await camera(eve, 'alice')).packetsReceived > 100);
    await pause(1_000);
    expect((await camera(eve, 'alice')).framesDecoded).toBe(0);
    expect(await heard(eve, 'alice')).toBeLessThan(AUDIBLE);
    expect((await camera(bob, 'alice')).framesDecoded).toBeGreaterThan(10);
  },
);
