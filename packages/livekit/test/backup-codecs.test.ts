import { BackupCodecPolicy, TrackSource, TrackType, VideoLayer_Mode, VideoQuality } from '@livekit/protocol';
import { describe, expect, test } from 'vitest';
import { answerTo } from './support/answer.js';
import {
  CAMERA,
  Harness,
  SCREEN,
  fixture,
  section,
  withDirection,
  type FakeClient,
} from './support/harness.js';

const WITHOUT_AV1 = fixture('chromium-join').replaceAll(' AV1/', ' XYZ/');
/** An offer with the camera only; in that of the fixture, a second section with the backup follows. */
const CAMERA_ONLY = withDirection(
  withDirection(fixture('chromium-publish'), '7', 'inactive'),
  '9',
  'inactive',
);
const CAMERA_TWICE = withDirection(fixture('chromium-publish'), '7', 'inactive');

/** Publishes a camera in AV1 that could be sent in VP8 too; answers its sid. */
async function publish(harness: Harness, backupCodecPolicy = BackupCodecPolicy.SIMULCAST) {
  const alice = await harness.join('alice');
  const { cid } = CAMERA;
  const simulcastCodecs = [
    { codec: 'av1', cid },
    { codec: 'vp8', cid: '' },
  ];
  const track = {
    cid,
    type: TrackType.VIDEO,
    source: TrackSource.CAMERA,
    simulcastCodecs,
    backupCodecPolicy,
  };
  alice.tell({ case: 'addTrack', value: track });
  alice.negotiate(CAMERA_ONLY);
  const sid = alice.last('trackPublished').track?.sid ?? '';
  return { alice, sid };
}

function publishBackup(alice: FakeClient, sid: string): void {
  const { cid } = SCREEN;
  const layers = [{ quality: VideoQuality.LOW, width: 320, height: 180, rid: 'q' }];
  const simulcastCodecs = [{ codec: 'vp8', cid, layers }];
  alice.tell({ case: 'addTrack', value: { cid, sid, type: TrackType.VIDEO, simulcastCodecs } });
  alice.negotiate(CAMERA_TWICE);
}

/** The codecs that the publisher was told last to send. */
function wanted(alice: FakeClient): string[] {
  return alice
    .last('subscribedQualityUpdate')
    .subscribedCodecs.filter(({ qualities }) => qualities.some(({ enabled }) => enabled))
    .map(({ codec }) => codec);
}

/** Payload types, in the sender's order, of what a client receives. */
function sentCodecs(client: FakeClient): (string | undefined)[] {
  return client.transport?.senders.flatMap(({ parameters }) => parameters.codecs[0]?.mimeType) ?? [];
}

describe.each([
  ['v1', async (harness: Harness, codecs: string) => harness.join('bob', { offer: codecs })],
  [
    'v0',
    async (harness: Harness, codecs: string) => {
      const bob = await harness.join('bob', { version: 'v0' });
      const { id, sdp } = bob.last('offer');
      const answer = answerTo(codecs === WITHOUT_AV1 ? sdp.replaceAll(' AV1/', ' XYZ/') : sdp);
      bob.tell({ case: 'answer', value: { type: 'answer', id, sdp: answer } });
      return bob;
    },
  ],
] as const)('a track with a backup codec, toward a subscriber of %s', (_version, join) => {
  test('comes in its own codec where the subscriber has it, and the backup is not asked for', async () => {
    const harness = new Harness();
    const { alice } = await publish(harness);
    const bob = await join(harness, fixture('chromium-join'));
    expect(sentCodecs(bob)).toEqual(['video/AV1']);
    expect(alice.all('subscribedQualityUpdate')).toEqual([]);
  });

  test('comes in its backup where the subscriber has that only, which the publisher is asked for', async () => {
    const harness = new Harness();
    const { alice, sid } = await publish(harness);
    const bob = await join(harness, WITHOUT_AV1);
    expect(bob.all('subscriptionResponse')).toEqual([]);
    expect(wanted(alice)).toContain('vp8');

    publishBackup(alice, sid);
    expect(
      alice.publisherTransport?.receivers.map(({ parameters }) => parameters.codecs[0]?.mimeType),
    ).toEqual(['video/AV1', 'video/VP8']);
    const [subscribed] = bob.transport?.senders ?? [];
    expect(subscribed?.observer).toBeDefined();
    expect(subscribed?.codecOf('video/VP8')).toBeDefined();
    harness.advance(6000);
    expect(wanted(alice)).toEqual(['vp8']);

    bob.tell({ case: 'leave', value: {} });
    harness.advance(6000);
    expect(wanted(alice)).toEqual([]);
  });
});

describe('the backup of a track', () => {
  test('is told of with its media section, and gone with it', async () => {
    const harness = new Harness();
    const { alice, sid } = await publish(harness);
    const watcher = await harness.join('watcher');
    publishBackup(alice, sid);
    expect(alice.last('trackPublished')).toMatchObject({ cid: SCREEN.cid, track: { sid } });
    harness.advance();
    expect(watcher.last('update').participants[0]?.tracks).toMatchObject([
      {
        mimeType: 'video/AV1',
        mid: CAMERA.mid,
        codecs: [
          {
            mimeType: 'video/AV1',
            mid: CAMERA.mid,
            cid: CAMERA.cid,
            videoLayerMode: VideoLayer_Mode.MULTIPLE_SPATIAL_LAYERS_PER_STREAM,
          },
          {
            mimeType: 'video/VP8',
            mid: SCREEN.mid,
            cid: SCREEN.cid,
            layers: [{ rid: 'q' }],
            videoLayerMode: VideoLayer_Mode.ONE_SPATIAL_LAYER_PER_STREAM,
          },
        ],
      },
    ]);
    expect(section(alice.last('answer').sdp, SCREEN.mid)).toMatch(/^m=video 9 UDP\/TLS\/RTP\/SAVPF 96 /);

    alice.negotiate(CAMERA_ONLY);
    const [, backup] = alice.publisherTransport?.receivers ?? [];
    expect(backup && alice.publisherTransport?.closedReceivers.has(backup)).toBe(true);
    harness.advance();
    expect(watcher.last('update').participants[0]?.tracks).toHaveLength(1);
    expect(alice.all('trackUnpublished')).toEqual([]);
  });

  test('ends with the track', async () => {
    const harness = new Harness();
    const { alice, sid } = await publish(harness);
    publishBackup(alice, sid);
    alice.negotiate(withDirection(CAMERA_TWICE, CAMERA.mid, 'inactive'));
    expect(alice.publisherTransport?.closedReceivers.size).toBe(2);
    expect(harness.sfu.metrics().publications).toBe(0);
  });

  test('goes on in another section, when the one that it was in ends', async () => {
    const harness = new Harness();
    const { alice, sid } = await publish(harness);
    publishBackup(alice, sid);
    const cid = 'another-track';
    alice.tell({
      case: 'addTrack',
      value: { cid, sid, type: TrackType.VIDEO, simulcastCodecs: [{ codec: 'vp8', cid }] },
    });
    const moved = section(CAMERA_TWICE, SCREEN.mid)
      .replaceAll(SCREEN.cid, cid)
      .replace(`a=mid:${SCREEN.mid}`, 'a=mid:10');
    const bundled = CAMERA_ONLY.replace(/^a=group:BUNDLE .*(?=\r$)/m, '$& 10');
    alice.negotiate(bundled + moved);
    const [, before, after] = alice.publisherTransport?.receivers ?? [];
    expect(before && alice.publisherTransport?.closedReceivers.has(before)).toBe(true);
    expect(after && alice.publisherTransport?.closedReceivers.has(after)).toBe(false);
  });

  test('is one of each codec, and of few layers, however many are announced', async () => {
    const alice = await new Harness().join('alice');
    const { cid } = CAMERA;
    const layers = Array.from({ length: 1000 }, (_, index) => ({ width: index, height: index }));
    const simulcastCodecs = Array.from({ length: 1000 }, (_, index) => ({
      codec: index % 2 ? 'vp8' : 'av1',
      cid,
    }));
    alice.tell({ case: 'addTrack', value: { cid, type: TrackType.VIDEO, layers, simulcastCodecs } });
    const { track } = alice.last('trackPublished');
    expect(track?.codecs.map(({ mimeType }) => mimeType)).toEqual(['video/AV1', 'video/VP8']);
    expect(track?.layers).toHaveLength(8);
  });

  test('in a codec that was not announced is not taken', async () => {
    const harness = new Harness();
    const { alice, sid } = await publish(harness);
    const { cid } = SCREEN;
    alice.tell({
      case: 'addTrack',
      value: { cid, sid, type: TrackType.VIDEO, simulcastCodecs: [{ codec: 'h264', cid }] },
    });
    alice.negotiate(CAMERA_TWICE);
    expect(alice.publisherTransport?.receivers).toHaveLength(1);
  });

  test('replaces the codec for everybody where the publisher wants to send one only', async () => {
    const harness = new Harness();
    const { alice, sid } = await publish(harness, BackupCodecPolicy.REGRESSION);
    const carol = await harness.join('carol');
    await harness.join('bob', { offer: WITHOUT_AV1 });
    expect(sentCodecs(carol)).toEqual(['video/AV1']);
    publishBackup(alice, sid);
    harness.advance();
    expect(carol.last('mediaSectionsRequirement')).toBeDefined();
    carol.negotiate(fixture('chromium-join'));
    carol.negotiate(fixture('chromium-join'));
    expect(sentCodecs(carol)).toEqual(['video/AV1', 'video/VP8']);
    harness.advance(6000);
    expect(wanted(alice)).toEqual(['vp8']);
  });
});
