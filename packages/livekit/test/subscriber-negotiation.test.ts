import { TrackSource, TrackType } from '@livekit/protocol';
import type { SessionDescription } from '@livekit/protocol';
import { describe, expect, test } from 'vitest';
import { answerTo } from './support/answer.js';
import { CAMERA, Harness, MICROPHONE, fixture, section, type FakeClient } from './support/harness.js';

/** Publishes a microphone, or a camera too, over `/rtc/v1`. */
async function publisher(harness: Harness, tracks = [MICROPHONE]): Promise<FakeClient> {
  const alice = await harness.join('alice');
  for (const { cid } of tracks) {
    const type = cid === CAMERA.cid ? TrackType.VIDEO : TrackType.AUDIO;
    const source = cid === CAMERA.cid ? TrackSource.CAMERA : TrackSource.MICROPHONE;
    alice.tell({ case: 'addTrack', value: { cid, type, source } });
  }
  alice.negotiate(fixture('chromium-publish'));
  return alice;
}

function answer(client: FakeClient, offer: SessionDescription, sdp = answerTo(offer.sdp)): void {
  client.tell({ case: 'answer', value: { type: 'answer', sdp, id: offer.id } });
}

describe('the offer of the connection that a client of /rtc receives over', () => {
  test('comes right after the join, with data channels and the tracks that are there', async () => {
    const harness = new Harness();
    const alice = await publisher(harness);
    const bob = await harness.join('bob', { version: 'v0' });

    expect(bob.last('join').subscriberPrimary).toBe(true);
    const offer = bob.last('offer');
    expect(offer).toMatchObject({ type: 'offer', id: 1 });
    expect(offer.sdp).toContain('m=application');
    const track = alice.last('trackPublished').track?.sid;
    expect(section(offer.sdp, '1')).toContain(
      `a=msid:${alice.last('join').participant?.sid}|${track} ${track}`,
    );
    expect(section(offer.sdp, '1')).toContain('a=sendonly');
    expect(offer.midToTrackId).toEqual({ '1': track });
  });

  test('names in every section all codecs that the client may ever be sent, that of its track first', async () => {
    const harness = new Harness();
    await publisher(harness, [MICROPHONE, CAMERA]);
    const { sdp } = (await harness.join('bob', { version: 'v0' })).last('offer');
    const codecs = (mid: string): string[] => [
      ...new Set([...section(sdp, mid).matchAll(/^a=rtpmap:\d+ (\w+)\//gm)].map((match) => match[1] ?? '')),
    ];
    expect(codecs('1')).toEqual(['opus', 'red']);
    expect(codecs('2')).toEqual(['VP8', 'rtx', 'VP9', 'H264', 'AV1']);
  });

  test('lets media flow once it is answered, not before', async () => {
    const harness = new Harness();
    const alice = await publisher(harness);
    const bob = await harness.join('bob', { version: 'v0' });
    expect(alice.all('trackSubscribed')).toHaveLength(1);
    expect(bob.transport?.remotes).toEqual([]);

    answer(bob, bob.last('offer'));
    expect(bob.transport?.remotes).toMatchObject([{ role: 'server' }]);
    expect(bob.transport?.senders[0]?.observer).toBeDefined();
    expect(bob.publisherTransport?.remotes).toEqual([]);
  });

  test('waits for the answer to the one before, and then has all that changed', async () => {
    const harness = new Harness();
    const bob = await harness.join('bob', { version: 'v0' });
    await publisher(harness, [MICROPHONE, CAMERA]);
    harness.advance(1000);
    expect(bob.all('offer')).toHaveLength(1);

    answer(bob, bob.last('offer'));
    harness.advance(50);
    const offer = bob.last('offer');
    expect(offer.id).toBe(2);
    expect(Object.keys(offer.midToTrackId)).toEqual(['1', '2']);
  });

  test('ignores an answer to another offer, and one that cannot be read', async () => {
    const harness = new Harness();
    const bob = await harness.join('bob', { version: 'v0' });
    const offer = bob.last('offer');
    bob.tell({ case: 'answer', value: { type: 'answer', sdp: answerTo(offer.sdp), id: 7 } });
    bob.tell({ case: 'answer', value: { type: 'answer', sdp: 'v=0\r\n', id: 1 } });
    expect(bob.transport?.remotes).toEqual([]);
    expect(harness.service.metrics().drops['offer-invalid']).toBe(1);
    answer(bob, offer);
    expect(bob.transport?.remotes).toHaveLength(1);
  });

  test('stops a section whose track ended, and then uses it for another track of the kind', async () => {
    const harness = new Harness();
    const alice = await publisher(harness);
    const bob = await harness.join('bob', { version: 'v0' });
    answer(bob, bob.last('offer'));
    alice.tell({ case: 'leave', value: {} });
    harness.advance(100);
    expect(bob.all('offer')).toHaveLength(1);
    harness.advance(100);
    const stopped = bob.last('offer');
    expect(section(stopped.sdp, '1')).toContain('a=inactive');
    answer(bob, stopped);

    await publisher(harness);
    harness.advance(50);
    harness.advance(200);
    const renewed = bob.last('offer');
    expect(renewed.id).toBe(3);
    expect(section(renewed.sdp, '1')).toContain('a=sendonly');
    expect(renewed.sdp.match(/^m=/gm)).toHaveLength(2);
  });

  test('tells of a track whose section the client rejects', async () => {
    const harness = new Harness();
    await publisher(harness);
    const bob = await harness.join('bob', { version: 'v0' });
    const offer = bob.last('offer');
    answer(bob, offer, answerTo(offer.sdp, { reject: ['1'] }));
    expect(bob.last('subscriptionResponse').trackSid).toBe(offer.midToTrackId['1']);
    harness.advance(1000);
    expect(bob.all('offer')).toHaveLength(1);
  });
});

describe('data of a client of /rtc', () => {
  test('goes out over the channels that the server opened', async () => {
    const harness = new Harness();
    const bob = await harness.join('bob', { version: 'v0' });
    answer(bob, bob.last('offer'));
    expect(bob.transport?.opened.map(({ label }) => label)).toEqual(['_reliable', '_lossy', '_data_track']);

    const carol = await harness.join('carol', { version: 'v0' });
    answer(carol, carol.last('offer'));
    const own = carol.publisherTransport?.openChannel('_reliable');
    const packet = Uint8Array.of(0x12, 0x03, 0x12, 0x01, 0x61);
    if (own) carol.publisherTransport?.observer.onMessage(own.channel, packet, true);
    expect(bob.transport?.opened[0]?.sent).toHaveLength(1);

    const back = bob.publisherTransport?.openChannel('_reliable');
    if (back) bob.publisherTransport?.observer.onMessage(back.channel, packet, true);
    expect(carol.transport?.opened[0]?.sent).toHaveLength(1);
    expect(own?.sent).toEqual([]);
  });
});

test('a client of /rtc publishes over the other connection, whose sections to receive stay empty', async () => {
  const harness = new Harness();
  await publisher(harness);
  const bob = await harness.join('bob', { version: 'v0' });
  const { cid } = CAMERA;
  bob.tell({ case: 'addTrack', value: { cid, type: TrackType.VIDEO, source: TrackSource.CAMERA } });
  const answered = bob.negotiate(fixture('chromium-publish'));
  expect(bob.publisherTransport?.receivers).toHaveLength(1);
  expect(bob.transport?.receivers).toEqual([]);
  expect(answered.sdp).not.toContain('a=sendonly');
  expect(bob.all('mediaSectionsRequirement')).toEqual([]);
});

test('a client of /rtc is active once it receives, whether it publishes or not', async () => {
  const harness = new Harness();
  const alice = await harness.join('alice');
  const bob = await harness.join('bob', { version: 'v0' });
  bob.publisherTransport?.setState('connected');
  harness.advance();
  expect(alice.last('update').participants.at(-1)?.state).toBe(1);
  bob.transport?.setState('connected');
  harness.advance();
  expect(alice.last('update').participants.at(-1)?.state).toBe(2);
  bob.tell({ case: 'leave', value: {} });
  expect([bob.transport?.state, bob.publisherTransport?.state]).toEqual(['closed', 'closed']);
});
