import type { PartialMessage } from '@bufbuild/protobuf';
import type { SignalRequest } from '@livekit/protocol';
import {
  AudioTrackFeature,
  Encryption_Type,
  RequestResponse_Reason,
  SubscriptionError,
  TrackSource,
  TrackType,
} from '@livekit/protocol';
import { describe, expect, test } from 'vitest';
import { CAMERA, type FakeClient, Harness, MICROPHONE, WALL, fixture } from './support/harness.js';

type UnsupportedCase =
  | 'publishDataTrackRequest'
  | 'unpublishDataTrackRequest'
  | 'updateDataSubscription'
  | 'storeDataBlobRequest'
  | 'getDataBlobRequest'
  | 'simulate';

/** A client that publishes microphone and camera; answers the tracks' sids. */
async function publisher(harness: Harness): Promise<{ client: FakeClient; audio: string; video: string }> {
  const client = await harness.join('alice', { video: { canUpdateOwnMetadata: true } });
  client.tell({
    case: 'addTrack',
    value: { cid: MICROPHONE.cid, type: TrackType.AUDIO, source: TrackSource.MICROPHONE },
  });
  client.tell({
    case: 'addTrack',
    value: { cid: CAMERA.cid, type: TrackType.VIDEO, source: TrackSource.CAMERA, width: 640 },
  });
  const { midToTrackId } = client.negotiate(fixture('chromium-publish'));
  return { client, audio: midToTrackId[MICROPHONE.mid] ?? '', video: midToTrackId[CAMERA.mid] ?? '' };
}

describe('ping', () => {
  test('both kinds are answered with the time', async () => {
    const harness = new Harness();
    const client = await harness.join('alice');
    client.tell({ case: 'ping', value: 1n });
    client.tell({ case: 'pingReq', value: { timestamp: 7n, rtt: 1n } });
    expect(client.last('pong')).toBe(BigInt(WALL + harness.now));
    expect(client.last('pongResp')).toMatchObject({
      lastPingTimestamp: 7n,
      timestamp: BigInt(WALL + harness.now),
    });
  });
});

describe('add_track', () => {
  test('is refused for sources that the token does not list', async () => {
    const harness = new Harness();
    const client = await harness.join('alice', { video: { canPublishSources: ['microphone'] } });
    client.tell({ case: 'addTrack', value: { cid: 'c', type: TrackType.VIDEO, source: TrackSource.CAMERA } });
    expect(client.last('requestResponse')).toMatchObject({
      reason: RequestResponse_Reason.NOT_ALLOWED,
      request: { case: 'addTrack', value: { cid: 'c' } },
    });
    client.tell({
      case: 'addTrack',
      value: { cid: 'm', type: TrackType.AUDIO, source: TrackSource.MICROPHONE },
    });
    expect(client.last('trackPublished').cid).toBe('m');
    expect(harness.service.metrics().drops['track-refused']).toBe(1);
  });

  test('is refused for what is neither audio nor video, and without an id', async () => {
    const client = await new Harness().join('alice');
    client.tell({ case: 'addTrack', value: { cid: 'c', type: TrackType.DATA } });
    expect(client.last('requestResponse').reason).toBe(RequestResponse_Reason.UNSUPPORTED_TYPE);
    client.tell({ case: 'addTrack', value: { cid: '', type: TrackType.AUDIO } });
    expect(client.last('requestResponse').reason).toBe(RequestResponse_Reason.INVALID_REQUEST);
  });

  test('of the same track again is answered with the same sid', async () => {
    const client = await new Harness().join('alice');
    client.tell({ case: 'addTrack', value: { cid: 'c', type: TrackType.AUDIO } });
    client.tell({ case: 'addTrack', value: { cid: 'c', type: TrackType.AUDIO } });
    const [first, second] = client.all('trackPublished').map(({ track }) => track?.sid);
    expect(second).toBe(first);
  });

  test('is refused when 20 wait already, until those are forgotten', async () => {
    const harness = new Harness();
    const client = await harness.join('alice');
    client.transport?.setState('connected');
    for (let count = 0; count < 21; count++) client.tell({ case: 'addTrack', value: { cid: `c${count}` } });
    expect(client.all('trackPublished')).toHaveLength(20);
    expect(client.last('requestResponse').reason).toBe(RequestResponse_Reason.LIMIT_EXCEEDED);
    harness.advance(61_000);
    client.tell({ case: 'addTrack', value: { cid: 'c20' } });
    expect(client.last('trackPublished').cid).toBe('c20');
    expect(harness.sfu.metrics().publications).toBe(1);
  });

  test('keeps what subscribers need to know of the track', async () => {
    const client = await new Harness().join('alice');
    const announced = {
      cid: 'c',
      type: TrackType.VIDEO,
      source: TrackSource.SCREEN_SHARE,
      name: 'slides',
      muted: true,
      width: 1920,
      height: 1080,
      encryption: Encryption_Type.GCM,
      simulcastCodecs: [{ codec: 'vp9', cid: 'c' }],
    };
    client.tell({ case: 'addTrack', value: announced });
    expect(client.last('trackPublished').track).toMatchObject({
      name: 'slides',
      muted: true,
      width: 1920,
      height: 1080,
      encryption: Encryption_Type.GCM,
      stream: 'screen',
      mimeType: 'video/VP9',
      codecs: [{ mimeType: 'video/VP9', cid: 'c' }],
    });
  });
});

describe('changes of own tracks', () => {
  test('mute is told to the others, in one update with a higher version', async () => {
    const harness = new Harness();
    const { client, audio } = await publisher(harness);
    const bob = await harness.join('bob');
    const before = bob.last('join').otherParticipants[0]?.version ?? 0;
    bob.takeCases();
    client.tell({ case: 'mute', value: { sid: audio, muted: true } });
    client.tell({ case: 'mute', value: { sid: 'TR_nobody', muted: true } });
    harness.advance();
    const [info] = bob.last('update').participants.filter(({ identity }) => identity === 'alice');
    expect(info?.tracks.find(({ sid }) => sid === audio)?.muted).toBe(true);
    expect(info?.version).toBeGreaterThan(before);
  });

  test('features and size are told to the others', async () => {
    const harness = new Harness();
    const { client, audio, video } = await publisher(harness);
    const bob = await harness.join('bob');
    client.tell({
      case: 'updateAudioTrack',
      value: {
        trackSid: audio,
        features: [AudioTrackFeature.TF_AUTO_GAIN_CONTROL, AudioTrackFeature.TF_NOISE_SUPPRESSION],
      },
    });
    client.tell({ case: 'updateVideoTrack', value: { trackSid: video, width: 320, height: 180 } });
    client.tell({ case: 'updateVideoTrack', value: { trackSid: 'TR_nobody', width: 1, height: 1 } });
    harness.advance();
    const tracks = bob.last('update').participants.at(-1)?.tracks ?? [];
    expect(tracks.find(({ sid }) => sid === audio)?.audioFeatures).toEqual([
      AudioTrackFeature.TF_AUTO_GAIN_CONTROL,
      AudioTrackFeature.TF_NOISE_SUPPRESSION,
    ]);
    expect(tracks.find(({ sid }) => sid === video)).toMatchObject({ width: 320, height: 180 });
  });
});

describe('subscription', () => {
  test('who does not subscribe by itself gets what it asks for, until it does not want it any more', async () => {
    const harness = new Harness();
    const { audio, video } = await publisher(harness);
    const bob = await harness.join('bob', { request: { connectionSettings: { autoSubscribe: false } } });
    expect(bob.last('answer').midToTrackId).toEqual({});
    bob.tell({ case: 'subscription', value: { trackSids: [video], subscribe: true } });
    bob.tell({
      case: 'subscription',
      value: { participantTracks: [{ trackSids: [audio] }], subscribe: true },
    });
    harness.advance();
    expect(bob.all('mediaSectionsRequirement')).toHaveLength(1);
    expect(bob.negotiate(fixture('chromium-join')).midToTrackId).toEqual({ '0': audio, '3': video });
    bob.tell({ case: 'subscription', value: { trackSids: [video], subscribe: false } });
    harness.advance();
    expect(bob.negotiate(fixture('chromium-join')).midToTrackId).toEqual({ '0': audio });
  });

  test('an unknown track is answered so', async () => {
    const client = await new Harness().join('alice');
    client.tell({ case: 'subscription', value: { trackSids: ['TR_nobody'], subscribe: true } });
    expect(client.last('subscriptionResponse')).toMatchObject({
      trackSid: 'TR_nobody',
      err: SubscriptionError.SE_TRACK_NOTFOUND,
    });
    client.takeCases();
    client.tell({ case: 'subscription', value: { trackSids: ['TR_nobody'], subscribe: false } });
    expect(client.takeCases()).toEqual([]);
  });

  test('a subscriber without the permission gets nothing', async () => {
    const harness = new Harness();
    const { video } = await publisher(harness);
    const bob = await harness.join('bob', { video: { canSubscribe: false } });
    bob.tell({ case: 'subscription', value: { trackSids: [video], subscribe: true } });
    harness.advance();
    expect(bob.negotiate(fixture('chromium-join')).midToTrackId).toEqual({});
  });
});

describe('update_metadata', () => {
  test('changes name, metadata and attributes, and is told to all, the participant included', async () => {
    const harness = new Harness();
    const { client } = await publisher(harness);
    const bob = await harness.join('bob');
    client.tell({
      case: 'updateMetadata',
      value: { name: 'Al', metadata: 'm', attributes: { a: '1', b: '2' }, requestId: 4 },
    });
    client.tell({ case: 'updateMetadata', value: { attributes: { a: '' }, requestId: 5 } });
    harness.advance();
    expect(client.all('requestResponse').map(({ requestId, reason }) => [requestId, reason])).toEqual([
      [4, RequestResponse_Reason.OK],
      [5, RequestResponse_Reason.OK],
    ]);
    harness.advance();
    for (const someone of [client, bob]) {
      const info = someone.last('update').participants.find(({ identity }) => identity === 'alice');
      expect(info).toMatchObject({ name: 'Al', metadata: 'm', attributes: { b: '2' } });
      expect(info?.attributes).not.toHaveProperty('a');
    }
  });

  test('the participant knows of its own change before it has the answer', async () => {
    const harness = new Harness();
    const { client } = await publisher(harness);
    harness.advance();
    for (const name of ['Al', 'Ali']) {
      client.takeCases();
      client.tell({ case: 'updateMetadata', value: { name, requestId: 4 } });
      expect(client.last('update').participants).toMatchObject([{ identity: 'alice', name }]);
      // Not even right behind it: clients may take the two in different tasks.
      harness.advance(9);
      expect(client.takeCases()).toEqual(['update']);
      harness.advance(1);
      expect(client.last('requestResponse')).toMatchObject({
        requestId: 4,
        reason: RequestResponse_Reason.OK,
      });
    }
  });

  test('is refused without the permission', async () => {
    const harness = new Harness();
    const client = await harness.join('alice', { name: 'Alice' });
    client.tell({ case: 'updateMetadata', value: { name: 'Mallory', requestId: 4 } });
    expect(client.last('requestResponse')).toMatchObject({
      requestId: 4,
      reason: RequestResponse_Reason.NOT_ALLOWED,
    });
    expect((await harness.join('bob')).last('join').otherParticipants[0]?.name).toBe('Alice');
    expect(harness.service.metrics().drops['metadata-refused']).toBe(1);
  });

  test('changes no name of an account in the call of a channel, and all the rest', async () => {
    const harness = new Harness();
    const identity = '0193a2f0-7c1e-7abc-8def-0123456789ab';
    const room = `channel:${identity}`;
    const grants = { name: 'Ann', video: { room, roomJoin: true, canUpdateOwnMetadata: true } };
    const client = await harness.join(identity, grants);
    const tell = (value: object) => {
      client.tell({ case: 'updateMetadata', value: { ...value, requestId: 4 } });
      harness.advance();
      return client.last('requestResponse').reason;
    };
    expect(tell({ name: 'Olga', attributes: { hand: '1' } })).toBe(RequestResponse_Reason.NOT_ALLOWED);
    // As livekit-client sends it.
    expect(tell({ name: 'Ann', attributes: { hand: '2' } })).toBe(RequestResponse_Reason.OK);
    const bob = await harness.join('bob', { video: { room, roomJoin: true, canUpdateOwnMetadata: true } });
    expect(bob.last('join').otherParticipants).toMatchObject([{ name: 'Ann', attributes: { hand: '2' } }]);
  });

  test.each([
    ['name', { name: 'x'.repeat(257) }],
    ['metadata', { metadata: 'ü'.repeat(256 * 1024 + 1) }],
    ['attributes', { attributes: { a: 'x'.repeat(64 * 1024) } }],
  ])('is refused when the %s is too long', async (what, value) => {
    const { client } = await publisher(new Harness());
    client.tell({ case: 'updateMetadata', value: { ...value, requestId: 4 } });
    expect(client.last('requestResponse')).toMatchObject({ reason: RequestResponse_Reason.LIMIT_EXCEEDED });
    expect(client.last('requestResponse').message).toContain(what);
  });

  test('attributes are limited together with those that are there', async () => {
    const harness = new Harness();
    const { client } = await publisher(harness);
    const half = 'x'.repeat(40 * 1024);
    client.tell({ case: 'updateMetadata', value: { attributes: { a: half }, requestId: 1 } });
    harness.advance();
    client.tell({ case: 'updateMetadata', value: { attributes: { b: half }, requestId: 2 } });
    expect(client.all('requestResponse').map(({ reason }) => reason)).toEqual([
      RequestResponse_Reason.OK,
      RequestResponse_Reason.LIMIT_EXCEEDED,
    ]);
  });
});

describe('answers', () => {
  test.each<[string, NonNullable<PartialMessage<SignalRequest>['message']>, string]>([
    ['add_track', { case: 'addTrack', value: { cid: 'c', type: TrackType.AUDIO } }, 'trackPublished'],
    ['a refused add_track', { case: 'addTrack', value: { cid: '' } }, 'requestResponse'],
    [
      'an unknown track',
      { case: 'subscription', value: { trackSids: ['TR_x'], subscribe: true } },
      'subscriptionResponse',
    ],
    ['an offer', { case: 'offer', value: { type: 'offer', sdp: fixture('chromium-join') } }, 'answer'],
  ])('to %s come after what the client does not know yet', async (_, request, answer) => {
    const harness = new Harness();
    const { client, audio } = await publisher(harness);
    harness.advance();
    client.takeCases();
    client.tell({ case: 'mute', value: { sid: audio, muted: true } });
    client.tell(request);
    expect(client.takeCases()).toEqual(['update', answer]);
  });
});

describe('what is not there yet', () => {
  test('candidates, sync states and layers are taken without an answer', async () => {
    const harness = new Harness();
    const client = await harness.join('alice');
    client.takeCases();
    client.tell({ case: 'trickle', value: { candidateInit: '{' } });
    client.tell({ case: 'syncState', value: {} });
    client.tell({ case: 'updateLayers', value: {} });
    expect(client.takeCases()).toEqual([]);
    expect(harness.service.metrics().drops['signal-unsupported']).toBe(0);
  });

  const { NOT_ALLOWED, UNSUPPORTED_TYPE } = RequestResponse_Reason;
  test.each<[UnsupportedCase, object, object]>([
    [
      'publishDataTrackRequest',
      { pubHandle: 3 },
      { reason: UNSUPPORTED_TYPE, request: { case: 'publishDataTrack', value: { pubHandle: 3 } } },
    ],
    [
      'unpublishDataTrackRequest',
      { pubHandle: 3 },
      { reason: UNSUPPORTED_TYPE, request: { case: 'unpublishDataTrack', value: { pubHandle: 3 } } },
    ],
    ['updateDataSubscription', {}, { reason: UNSUPPORTED_TYPE }],
    ['storeDataBlobRequest', { requestId: 7 }, { reason: NOT_ALLOWED, requestId: 7 }],
    ['getDataBlobRequest', { requestId: 8 }, { reason: NOT_ALLOWED, requestId: 8 }],
    ['simulate', { scenario: { case: 'nodeFailure', value: true } }, { reason: UNSUPPORTED_TYPE }],
  ])('%s is answered, so that the client does not wait', async (kind, value, answer) => {
    const harness = new Harness();
    const client = await harness.join('alice');
    client.tell({ case: kind, value });
    expect(client.last('requestResponse')).toMatchObject(answer);
    expect(harness.service.metrics().drops['signal-unsupported']).toBe(1);
  });

  test('a request of a kind that a newer protocol added is answered', async () => {
    const client = await new Harness().join('alice');
    client.tell({ case: undefined });
    expect(client.last('requestResponse').reason).toBe(UNSUPPORTED_TYPE);
  });
});
