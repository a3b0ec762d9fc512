import { AudioTrackFeature, Encryption_Type, TrackSource, TrackType } from '@livekit/protocol';
import type { AddTrackRequest } from '@livekit/protocol';
import type { PartialMessage } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import { answerTo } from './support/answer.js';
import { Harness, MICROPHONE, fixture, section, type FakeClient } from './support/harness.js';

const WITHOUT_RED = fixture('chromium-join').replaceAll(' red/', ' xyz/');
const { cid, mid } = MICROPHONE;

async function publish(
  harness: Harness,
  request: PartialMessage<AddTrackRequest> = {},
  offer = fixture('chromium-publish'),
): Promise<FakeClient> {
  const alice = await harness.join('alice');
  const track = { cid, type: TrackType.AUDIO, source: TrackSource.MICROPHONE, ...request };
  alice.tell({ case: 'addTrack', value: track });
  alice.negotiate(offer);
  return alice;
}

/** Format parameters of a payload type. */
function parameters(sdp: string, of: string, payloadType: number): string | undefined {
  return new RegExp(`^a=fmtp:${payloadType} (.*)\r$`, 'm').exec(section(sdp, of))?.[1];
}

function payloadTypes(sdp: string, of: string): string | undefined {
  return /^m=audio 9 UDP\/TLS\/RTP\/SAVPF (.*)\r$/m.exec(section(sdp, of))?.[1];
}

/** What a subscriber is sent, by the transport. */
function sentCodecs({ transport }: FakeClient): (string | undefined)[] {
  const sender = transport?.senders.at(-1);
  return ['audio/opus', 'audio/red'].filter((mimeType) => sender?.codecOf(mimeType) !== undefined);
}

describe('a published microphone', () => {
  test('sends RED first, and next to nothing in silence', async () => {
    const { sdp } = (await publish(new Harness())).last('answer');
    expect(payloadTypes(sdp, mid)).toBe('63 111');
    expect(parameters(sdp, mid, 63)).toBe('111/111');
    expect(parameters(sdp, mid, 111)).toBe('minptime=10;useinbandfec=1;usedtx=1');
  });

  test.each([
    ['that does not want RED', { disableRed: true }],
    ['that is encrypted end to end', { encryption: Encryption_Type.GCM }],
  ])('%s sends opus only', async (_, request) => {
    const alice = await publish(new Harness(), request);
    expect(payloadTypes(alice.last('answer').sdp, mid)).toBe('111');
    expect(alice.last('trackPublished').track?.disableRed).toBe(true);
  });

  test('of which RED repeats another format sends opus only', async () => {
    const offer = fixture('chromium-publish').replaceAll('a=fmtp:63 111/111', 'a=fmtp:63 111/9');
    const alice = await publish(new Harness(), {}, offer);
    expect(payloadTypes(alice.last('answer').sdp, mid)).toBe('111');
  });

  test.each([
    [
      'as clients of today say it',
      { audioFeatures: [AudioTrackFeature.TF_STEREO, AudioTrackFeature.TF_NO_DTX] },
    ],
    ['as older ones say it', { stereo: true, disableDtx: true }],
  ])('of two channels and without DTX, %s, sends so', async (_, request) => {
    const alice = await publish(new Harness(), request);
    expect(parameters(alice.last('answer').sdp, mid, 111)).toBe(
      'minptime=10;useinbandfec=1;stereo=1;maxaveragebitrate=510000',
    );
    const { stereo, disableDtx, audioFeatures } = alice.last('trackPublished').track ?? {};
    expect({ stereo, disableDtx }).toEqual({ stereo: true, disableDtx: true });
    expect(audioFeatures).toEqual([AudioTrackFeature.TF_STEREO, AudioTrackFeature.TF_NO_DTX]);
  });
});

describe('a subscriber of /rtc/v1', () => {
  test('that has RED gets it, beside opus', async () => {
    const harness = new Harness();
    await publish(harness);
    const bob = await harness.join('bob');
    expect(payloadTypes(bob.last('answer').sdp, '0')).toBe('111 63');
    expect(sentCodecs(bob)).toEqual(['audio/opus', 'audio/red']);
  });

  test('that lacks RED gets opus', async () => {
    const harness = new Harness();
    await publish(harness);
    const bob = await harness.join('bob', { offer: WITHOUT_RED });
    expect(payloadTypes(bob.last('answer').sdp, '0')).toBe('111');
    expect(sentCodecs(bob)).toEqual(['audio/opus']);
  });

  test('is told that two channels come', async () => {
    const harness = new Harness();
    await publish(harness, { stereo: true });
    const bob = await harness.join('bob');
    expect(parameters(bob.last('answer').sdp, '0', 111)).toBe('minptime=10;useinbandfec=1;sprop-stereo=1');
  });
});

describe('a subscriber of /rtc', () => {
  test.each([
    ['that has RED gets it, beside opus', (sdp: string) => sdp, ['audio/opus', 'audio/red']],
    ['that lacks RED gets opus', (sdp: string) => sdp.replaceAll(' red/', ' xyz/'), ['audio/opus']],
  ])('%s', async (_, edit, codecs) => {
    const harness = new Harness();
    await publish(harness);
    const bob = await harness.join('bob', { version: 'v0' });
    const { id, sdp } = bob.last('offer');
    expect(payloadTypes(sdp, '1')).toBe('111 63');
    bob.tell({ case: 'answer', value: { type: 'answer', id, sdp: answerTo(edit(sdp)) } });
    expect(sentCodecs(bob)).toEqual(codecs);
    expect(bob.all('subscriptionResponse')).toEqual([]);
  });

  test('is offered two channels', async () => {
    const harness = new Harness();
    await publish(harness, { stereo: true, disableRed: true });
    const bob = await harness.join('bob', { version: 'v0' });
    const { sdp } = bob.last('offer');
    // The section may serve a track with RED later.
    expect(payloadTypes(sdp, '1')).toBe('111 63');
    expect(parameters(sdp, '1', 111)).toContain('sprop-stereo=1');
  });
});
