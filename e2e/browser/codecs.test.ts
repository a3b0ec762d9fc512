import { BackupCodecPolicy } from 'livekit-client';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectMoving, useBarePages } from '../support/bare-page.js';
import { useBrowser } from '../support/browser.js';
import { freshRoom } from '../support/participants.js';
import { useServer } from '../support/server.js';
import { waitFor } from '../support/wait.js';

const open = useBarePages(useServer(), useBrowser());

/** The codec in which a page gets somebody's camera, by what its decoder says. */
function receivedCodec(page: Page, from: string): Promise<string | undefined> {
  return page.evaluate(async (identity) => {
    const camera = window.LivekitClient.Track.Source.Camera;
    const track = window.room.remoteParticipants.get(identity)?.getTrackPublication(camera)?.track;
    const report = await track?.getRTCStatsReport();
    const stats = [...(report?.values() ?? [])] as {
      type: string;
      codecId?: string;
      mimeType?: string;
      id: string;
    }[];
    const inbound = stats.find(({ type }) => type === 'inbound-rtp');
    return stats.find(({ id }) => id === inbound?.codecId)?.mimeType;
  }, from);
}

/** Codecs in which a page sends its camera at present: those of which pictures leave. */
function sentCodecs(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const camera = window.LivekitClient.Track.Source.Camera;
    const { videoTrack } = window.room.localParticipant.getTrackPublication(camera) ?? {};
    if (!(videoTrack instanceof window.LivekitClient.LocalVideoTrack)) return [];
    const senders = [
      videoTrack.sender,
      ...[...videoTrack.simulcastCodecs.values()].map(({ sender }) => sender),
    ];
    const frames = async () => {
      const sent = new Map<string, number>();
      for (const sender of senders) {
        const stats = [...((await sender?.getStats())?.values() ?? [])] as {
          type: string;
          id: string;
          codecId?: string;
          mimeType?: string;
          framesEncoded?: number;
        }[];
        for (const { type, codecId, framesEncoded = 0 } of stats) {
          const mimeType = stats.find(({ id }) => id === codecId)?.mimeType;
          if (type === 'outbound-rtp' && mimeType !== undefined)
            sent.set(mimeType, (sent.get(mimeType) ?? 0) + framesEncoded);
        }
      }
      return sent;
    };
    const before = await frames();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const after = await frames();
    return [...after]
      .filter(([mimeType, count]) => count > (before.get(mimeType) ?? 0))
      .map(([mimeType]) => mimeType);
  });
}

describe.each([
  ['one connection', {}],
  ['two connections', { singlePeerConnection: false }],
] as const)('livekit-client with %s', (_, version) => {
  test.each([
    ['av1', 'video/AV1'],
    ['vp9', 'video/VP9'],
  ] as const)('sends %s, and is seen in it', async (videoCodec, mimeType) => {
    const room = freshRoom();
    const sender = await open(room, 'sender', { ...version, publishDefaults: { videoCodec } });
    const receiver = await open(room, 'receiver', version);
    await expectMoving(receiver, 'sender');
    expect(await receivedCodec(receiver, 'sender')).toBe(mimeType);
    expect(await sentCodecs(sender)).toEqual([mimeType]);
  });

  test.each([
    ['av1', 'AV1'],
    ['vp9', 'VP9'],
  ] as const)('sends %s and its backup while somebody lacks it', async (videoCodec, name) => {
    const room = freshRoom();
    const sender = await open(room, 'sender', { ...version, publishDefaults: { videoCodec } });
    const able = await open(room, 'able', version);
    await expectMoving(able, 'sender');
    const unable = await open(room, 'unable', { ...version, lacks: [`video/${name}`] });
    await expectMoving(unable, 'sender');
    expect(await receivedCodec(unable, 'sender')).toBe('video/VP8');
    expect(await receivedCodec(able, 'sender')).toBe(`video/${name}`);
    expect((await sentCodecs(sender)).sort()).toEqual([`video/${name}`, 'video/VP8'].sort());

    await unable.evaluate(() => window.room.disconnect());
    await waitFor('the backup no longer sent', async () => (await sentCodecs(sender)).length === 1, 20_000);
    await expectMoving(able, 'sender');
  });

  test('sends its backup alone from when somebody needs it, if it wants to send one codec only', async () => {
    const room = freshRoom();
    const sender = await open(room, 'sender', {
      ...version,
      publishDefaults: { videoCodec: 'vp9', backupCodecPolicy: BackupCodecPolicy.REGRESSION },
    });
    const able = await open(room, 'able', version);
    await expectMoving(able, 'sender');
    expect(await receivedCodec(able, 'sender')).toBe('video/VP9');
    const unable = await open(room, 'unable', { ...version, lacks: ['video/VP9'] });
    await expectMoving(unable, 'sender');
    await waitFor('the backup for all', async () => (await receivedCodec(able, 'sender')) === 'video/VP8');
    await expectMoving(able, 'sender');
    await waitFor('the backup alone', async () => (await sentCodecs(sender)).join() === 'video/VP8', 20_000);
  });
});
