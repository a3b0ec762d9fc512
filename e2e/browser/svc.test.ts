import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBarePages } from '../support/bare-page.js';
import { useBrowser } from '../support/browser.js';
import { freshRoom } from '../support/participants.js';
import { useServer } from '../support/server.js';
import { pause, waitFor } from '../support/wait.js';

/** Large enough for three spatial layers, small enough to be encoded by a busy machine. */
const CAMERA = { width: 960, height: 540, frameRate: 15 };
/** A quarter of that, and what encoders add to it. */
const LOWEST_HEIGHT = 135;
const ALIGNMENT = 8;

/** What a page's decoder says of somebody's camera. */
interface Decoded {
  mimeType: string;
  frameHeight: number;
  framesDecoded: number;
  framesPerSecond: number;
  freezeCount: number;
  pliCount: number;
}

const open = useBarePages(useServer(), useBrowser());

function decoded(page: Page, from: string): Promise<Decoded | undefined> {
  return page.evaluate(async (identity) => {
    const camera = window.LivekitClient.Track.Source.Camera;
    const track = window.room.remoteParticipants.get(identity)?.getTrackPublication(camera)?.track;
    const stats = [...((await track?.getRTCStatsReport())?.values() ?? [])] as (Partial<Decoded> & {
      type: string;
      id: string;
      codecId?: string;
    })[];
    const inbound = stats.find(({ type }) => type === 'inbound-rtp');
    return (
      inbound && {
        mimeType: stats.find(({ id }) => id === inbound.codecId)?.mimeType ?? '',
        frameHeight: inbound.frameHeight ?? 0,
        framesDecoded: inbound.framesDecoded ?? 0,
        framesPerSecond: inbound.framesPerSecond ?? 0,
        freezeCount: inbound.freezeCount ?? 0,
        pliCount: inbound.pliCount ?? 0,
      }
    );
  }, from);
}

function isHeight(frameHeight: number | undefined, height: number): boolean {
  return frameHeight !== undefined && frameHeight >= height && frameHeight < height + ALIGNMENT;
}

async function waitForHeight(page: Page, height: number): Promise<void> {
  let last: Decoded | undefined;
  try {
    await waitFor(
      `pictures of ${height} lines`,
      async () => isHeight((last = await decoded(page, 'sender'))?.frameHeight, height),
      30_000,
    );
  } catch (error) {
    throw new Error(`Decoded at last: ${JSON.stringify(last)}`, { cause: error });
  }
}

/** What was decoded within some seconds. */
async function watch(page: Page, seconds: number): Promise<Decoded> {
  const before = await decoded(page, 'sender');
  await pause(1000 * seconds);
  const after = await decoded(page, 'sender');
  if (!before || !after) throw new Error('Nothing is received.');
  return {
    ...after,
    framesDecoded: after.framesDecoded - before.framesDecoded,
    freezeCount: after.freezeCount - before.freezeCount,
    pliCount: after.pliCount - before.pliCount,
  };
}

async function want(page: Page, quality: 'LOW' | 'HIGH', fps?: number): Promise<void> {
  await page.evaluate(
    ([wantedQuality, wantedFps]) => {
      const camera = window.LivekitClient.Track.Source.Camera;
      const publication = window.room.remoteParticipants.get('sender')?.getTrackPublication(camera);
      if (!(publication instanceof window.LivekitClient.RemoteTrackPublication)) throw new Error('no camera');
      publication.setVideoQuality(window.LivekitClient.VideoQuality[wantedQuality]);
      if (wantedFps !== undefined) publication.setVideoFPS(wantedFps);
    },
    [quality, fps] as const,
  );
}

/** Whether the dependency descriptor was negotiated for a page's reception of the camera. */
function hasDependencyDescriptor(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const camera = window.LivekitClient.Track.Source.Camera;
    const track = window.room.remoteParticipants.get('sender')?.getTrackPublication(camera)?.track;
    const { headerExtensions = [] } = track?.receiver?.getParameters() ?? {};
    return headerExtensions.some(({ uri }) => uri.includes('dependency-descriptor'));
  });
}

describe.each([
  ['one connection', {}],
  ['two connections', { singlePeerConnection: false }],
] as const)('livekit-client with %s', (_, version) => {
  test.each([
    ['vp9', 'L3T3_KEY'],
    ['vp9', 'L3T3'],
    ['av1', 'L3T3_KEY'],
  ] as const)(
    'gets a lower layer of %s %s when it wants one, and the highest again; another subscriber keeps it',
    async (videoCodec, scalabilityMode) => {
      const room = freshRoom();
      await open(room, 'sender', {
        ...version,
        publishDefaults: {
          videoCodec,
          scalabilityMode,
          backupCodec: false,
          videoEncoding: { maxBitrate: 800_000, maxFramerate: 15 },
        },
        videoCaptureDefaults: { resolution: CAMERA },
      });
      const small = await open(room, 'small', { ...version, publishes: false });
      const large = await open(room, 'large', { ...version, publishes: false });
      await waitForHeight(small, CAMERA.height);
      await waitForHeight(large, CAMERA.height);
      expect((await decoded(small, 'sender'))?.mimeType).toBe(`video/${videoCodec.toUpperCase()}`);
      // Without it, layers of AV1 cannot be told apart.
      if (videoCodec === 'av1') expect(await hasDependencyDescriptor(small)).toBe(true);

      await want(small, 'LOW');
      await waitForHeight(small, LOWEST_HEIGHT);
      const [low, high] = await Promise.all([watch(small, 4), watch(large, 4)]);
      expect(isHeight(low.frameHeight, LOWEST_HEIGHT)).toBe(true);
      expect(low.freezeCount).toBeLessThanOrEqual(1);
      expect(low.framesDecoded).toBeGreaterThan(25);
      expect(low.pliCount).toBeLessThanOrEqual(1);
      expect(isHeight(high.frameHeight, CAMERA.height)).toBe(true);
      expect(high.freezeCount).toBeLessThanOrEqual(1);
      expect(high.framesDecoded).toBeGreaterThan(25);
      expect(high.pliCount).toBeLessThanOrEqual(1);

      await want(small, 'HIGH');
      await waitForHeight(small, CAMERA.height);
      const again = await watch(small, 3);
      expect(isHeight(again.frameHeight, CAMERA.height)).toBe(true);
      expect(again.framesDecoded).toBeGreaterThan(20);
    },
  );
});

test.each(['vp8', 'vp9', 'av1'] as const)(
  'who wants fewer pictures a second of %s gets fewer, and all of them again; another subscriber keeps them',
  async (videoCodec) => {
    const room = freshRoom();
    await open(room, 'sender', {
      publishDefaults: {
        videoCodec,
        backupCodec: false,
        videoEncoding: { maxBitrate: 800_000, maxFramerate: CAMERA.frameRate },
      },
      videoCaptureDefaults: { resolution: CAMERA },
    });
    const slow = await open(room, 'slow', { publishes: false });
    const fast = await open(room, 'fast', { publishes: false });
    for (const page of [slow, fast]) await waitForHeight(page, CAMERA.height);

    const isSlow = async (): Promise<boolean> =>
      (await watch(slow, 2)).framesDecoded < 1.5 * CAMERA.frameRate;
    // One temporal layer brings fewer, two bring enough, also of a camera that does not keep to its rate.
    await want(slow, 'HIGH', Math.floor(CAMERA.frameRate / 3));
    await waitFor('fewer pictures', isSlow, 30_000);
    const [fewer, all] = await Promise.all([watch(slow, 4), watch(fast, 4)]);
    expect(fewer.framesDecoded).toBeLessThan(0.75 * all.framesDecoded);
    expect(fewer.framesDecoded).toBeGreaterThan(1.2 * CAMERA.frameRate);
    expect(all.framesDecoded).toBeGreaterThan(2.5 * CAMERA.frameRate);
    expect(fewer.pliCount).toBeLessThanOrEqual(1);

    await want(slow, 'HIGH', 0);
    await waitFor('all pictures', async () => !(await isSlow()), 30_000);
  },
);
