import { SubscriptionError, TrackSource, TrackType } from '@livekit/protocol';
import { describe, expect, test } from 'vitest';
import type { FakeClient } from './support/harness.js';
import {
  CAMERA,
  Harness,
  MICROPHONE,
  SCREEN,
  fixture,
  section,
  trackId,
  withDirection,
  withMoreSections,
} from './support/harness.js';

const JOIN = fixture('chromium-join');
const PUBLISH = fixture('chromium-publish');

/** The direction of a section. */
function direction(sdp: string, mid: string): string | undefined {
  return /^a=(sendonly|recvonly|sendrecv|inactive)\r$/m.exec(section(sdp, mid))?.[1];
}

function announce(client: FakeClient, tracks = [MICROPHONE, CAMERA, SCREEN]): void {
  const sources = new Map([
    [MICROPHONE, TrackSource.MICROPHONE],
    [CAMERA, TrackSource.CAMERA],
    [SCREEN, TrackSource.SCREEN_SHARE],
  ]);
  for (const track of tracks) {
    const type = track === MICROPHONE ? TrackType.AUDIO : TrackType.VIDEO;
    client.tell({
      case: 'addTrack',
      value: { cid: track.cid, type, source: sources.get(track) ?? TrackSource.UNKNOWN },
    });
  }
}

/** The offer of a client that publishes the given ones of the fixture's three tracks. */
function publishing(tracks: readonly { mid: string }[]): string {
  return [MICROPHONE, CAMERA, SCREEN]
    .filter((track) => !tracks.includes(track))
    .reduce((sdp, { mid }) => withDirection(sdp, mid, 'inactive'), PUBLISH);
}

describe('the answer', () => {
  test('comes right after the join, for the offer in it', async () => {
    const client = await new Harness().join('alice');
    expect(client.messages.map((message) => message.case)).toEqual(['join', 'update', 'answer']);
    const answer = client.last('answer');
    expect(answer).toMatchObject({ type: 'answer', id: 1, midToTrackId: {} });
    expect(answer.sdp).toContain('a=ice-lite');
    expect(answer.sdp).toContain('a=setup:passive');
    expect(answer.sdp).toMatch(/^a=candidate:1 1 udp \d+ 192\.0\.2\.1 8443 typ host/m);
    expect(['0', '1', '2', '3', '4', '5'].map((mid) => direction(answer.sdp, mid))).toEqual(
      Array(6).fill('inactive'),
    );
    expect(section(answer.sdp, '6')).toContain('m=application 9 ');
  });

  test('starts the transport with what the offer says', async () => {
    const client = await new Harness().join('alice');
    const ufrag = /^a=ice-ufrag:(.*)\r$/m.exec(JOIN)?.[1];
    expect(client.transport?.remotes).toMatchObject([{ iceUfrag: ufrag, role: 'server' }]);
    expect(client.transport?.remotes[0]?.fingerprint).toHaveLength(32);
  });

  test('has new credentials after an ICE restart', async () => {
    const client = await new Harness().join('alice');
    const restarted = JOIN.replaceAll(/a=ice-ufrag:.*(?=\r)/g, 'a=ice-ufrag:restarted');
    expect(client.last('answer').sdp).toContain('a=ice-ufrag:ufrag0');
    expect(client.negotiate(restarted).sdp).toContain('a=ice-ufrag:ufrag2');
  });

  test('repeats mids that do not start at 0', async () => {
    const client = await new Harness().join('alice', { offer: fixture('rtc-node-publisher') });
    expect([...client.last('answer').sdp.matchAll(/^a=mid:(.*)\r$/gm)].map(([, mid]) => mid)).toEqual([
      '7',
      '8',
      '9',
      '10',
      '11',
      '12',
      '13',
    ]);
  });

  test('echoes the id of each offer', async () => {
    const client = await new Harness().join('alice');
    expect([client.negotiate(JOIN).id, client.negotiate(JOIN).id]).toEqual([101, 102]);
  });

  test('is not made for an offer that cannot be used, and the session lives on', async () => {
    const harness = new Harness();
    const client = await harness.join('alice');
    client.takeCases();
    client.tell({ case: 'offer', value: { type: 'offer', sdp: 'v=0\r\n', id: 2 } });
    client.tell({ case: 'offer', value: { type: 'offer', sdp: '', id: 3 } });
    expect(client.takeCases()).toEqual([]);
    expect(harness.service.metrics().drops['offer-invalid']).toBe(2);
    expect(client.negotiate(JOIN).id).toBe(101);
  });
});

describe('publishing', () => {
  test('a track is answered with its sid at once, and announced to others once it is offered', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    const bob = await harness.join('bob');
    harness.advance();
    bob.takeCases();
    announce(alice, [MICROPHONE]);
    const { cid, track } = alice.last('trackPublished');
    expect(cid).toBe(MICROPHONE.cid);
    expect(track).toMatchObject({ type: TrackType.AUDIO, source: TrackSource.MICROPHONE, muted: false });
    expect(track?.sid).toMatch(/^TR_/);
    harness.advance();
    expect(bob.takeCases()).not.toContain('update');
    alice.negotiate(publishing([MICROPHONE]));
    harness.advance();
    const [info] = bob.last('update').participants;
    expect(info).toMatchObject({ identity: 'alice', isPublisher: true });
    expect(info?.tracks).toMatchObject([
      { sid: track?.sid, mimeType: 'audio/red', mid: MICROPHONE.mid, stream: 'camera' },
    ]);
  });

  test('each section is matched with its track by the id in the offer, whatever the order of announcement', async () => {
    const alice = await new Harness().join('alice');
    announce(alice, [SCREEN, CAMERA, MICROPHONE]);
    const sids = new Map(alice.all('trackPublished').map(({ cid, track }) => [cid, track?.sid]));
    const answer = alice.negotiate(PUBLISH);
    for (const { cid, mid } of [MICROPHONE, CAMERA, SCREEN]) {
      expect(answer.midToTrackId[mid]).toBe(sids.get(cid));
      expect(direction(answer.sdp, mid)).toBe('recvonly');
    }
  });

  test('a track that has another id in the offer is matched by its kind', async () => {
    const alice = await new Harness().join('alice');
    alice.tell({ case: 'addTrack', value: { cid: 'unknown-video', type: TrackType.VIDEO } });
    alice.tell({ case: 'addTrack', value: { cid: 'unknown-audio', type: TrackType.AUDIO } });
    const [video, audio] = alice.all('trackPublished').map(({ track }) => track?.sid);
    const answer = alice.negotiate(publishing([MICROPHONE, CAMERA]));
    expect(answer.midToTrackId).toEqual({ [MICROPHONE.mid]: audio, [CAMERA.mid]: video });
  });

  test('a section is offered again as it was when nothing changed', async () => {
    const alice = await new Harness().join('alice');
    announce(alice);
    const first = alice.negotiate(PUBLISH);
    const second = alice.negotiate(PUBLISH);
    expect(second.midToTrackId).toEqual(first.midToTrackId);
    expect(alice.transport?.receivers).toHaveLength(3);
  });

  test('a section that nothing was announced for is inactive, until its announcement asks for another offer', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    expect(direction(alice.negotiate(publishing([CAMERA])).sdp, CAMERA.mid)).toBe('inactive');
    announce(alice, [CAMERA]);
    harness.advance();
    expect(alice.last('mediaSectionsRequirement')).toMatchObject({ numAudios: 0, numVideos: 0 });
    expect(direction(alice.negotiate(publishing([CAMERA])).sdp, CAMERA.mid)).toBe('recvonly');
  });

  test('a section that stops sending unpublishes its track', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    const bob = await harness.join('bob');
    announce(alice, [MICROPHONE, CAMERA]);
    alice.negotiate(publishing([MICROPHONE, CAMERA]));
    harness.advance();
    const answer = alice.negotiate(publishing([MICROPHONE]));
    harness.advance();
    expect(Object.keys(answer.midToTrackId)).toEqual([MICROPHONE.mid]);
    expect(bob.last('update').participants[0]?.tracks).toHaveLength(1);
    expect(alice.transport?.closedReceivers.size).toBe(1);
  });

  test('a track that is unpublished can be published again in a section of its own', async () => {
    const alice = await new Harness().join('alice');
    announce(alice, [CAMERA]);
    const first = alice.negotiate(publishing([CAMERA])).midToTrackId[CAMERA.mid];
    alice.negotiate(publishing([]));
    announce(alice, [CAMERA]);
    const second = alice.negotiate(publishing([CAMERA])).midToTrackId[CAMERA.mid];
    expect(second).toBe(alice.last('trackPublished').track?.sid);
    expect(second).not.toBe(first);
  });

  test('the codec that the publisher announced comes first in the answer', async () => {
    const alice = await new Harness().join('alice');
    alice.tell({
      case: 'addTrack',
      value: { cid: CAMERA.cid, type: TrackType.VIDEO, simulcastCodecs: [{ codec: 'vp9' }] },
    });
    const answer = alice.negotiate(publishing([CAMERA]));
    const first = /^m=video \d+ \S+ (\d+)/.exec(section(answer.sdp, CAMERA.mid))?.[1];
    expect(section(answer.sdp, CAMERA.mid)).toContain(`a=rtpmap:${String(first)} VP9/90000`);
    expect(alice.transport?.receivers[0]?.parameters.codecs[0]?.mimeType).toBe('video/VP9');
  });

  test('a name that is too long for everybody to be told is refused', async () => {
    const alice = await new Harness().join('alice');
    alice.tell({ case: 'addTrack', value: { cid: 'camera', name: 'x'.repeat(257), type: TrackType.VIDEO } });
    expect(alice.last('requestResponse').message).toContain('256 characters at most');
  });

  test('a track without a codec that the server knows is unpublished, and its section refused', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    announce(alice, [MICROPHONE]);
    const unknown = publishing([MICROPHONE]).replaceAll(' opus/48000/2', ' sigh/48000/2');
    const answer = alice.negotiate(unknown);
    expect(section(answer.sdp, MICROPHONE.mid)).toMatch(/^m=audio 0 /);
    expect(answer.midToTrackId).toEqual({});
    expect(alice.last('trackUnpublished').trackSid).toBe(alice.last('trackPublished').track?.sid);
    expect(harness.service.metrics().drops['track-refused']).toBe(1);
    expect(harness.sfu.metrics().publications).toBe(0);
  });

  test('all layers of a simulcast are received', async () => {
    const alice = await new Harness().join('alice', { offer: undefined });
    alice.tell({
      case: 'addTrack',
      value: { cid: trackId(fixture('chromium-simulcast'), '1'), type: TrackType.VIDEO },
    });
    const answer = alice.negotiate(fixture('chromium-simulcast'));
    expect(section(answer.sdp, '1')).toContain('a=rid:f recv');
    expect(section(answer.sdp, '1')).toContain('a=simulcast:recv q;h;f\r');
    expect(alice.transport?.receivers[0]?.parameters).toMatchObject({ kind: 'video', rids: ['q', 'h', 'f'] });
  });

  test('of more than three layers the lowest are left out, so that the sender stops them', async () => {
    const alice = await new Harness().join('alice', { offer: undefined });
    alice.tell({
      case: 'addTrack',
      value: { cid: trackId(fixture('chromium-simulcast'), '1'), type: TrackType.VIDEO },
    });
    const renamed = fixture('chromium-simulcast')
      .replace('a=rid:q send', 'a=rid:q send\r\na=rid:x send')
      .replace('a=simulcast:send q;h;f', 'a=simulcast:send x;q;h;f');
    expect(section(alice.negotiate(renamed).sdp, '1')).toContain('a=simulcast:recv q;h;f\r');
  });

  test('the transport is told the codecs, streams and extensions of a section', async () => {
    const alice = await new Harness().join('alice');
    announce(alice, [MICROPHONE, CAMERA]);
    alice.negotiate(publishing([MICROPHONE, CAMERA]));
    const [audio, video] = (alice.transport?.receivers ?? []).map(({ parameters }) => parameters);
    expect(audio?.codecs).toEqual([
      { mimeType: 'audio/red', payloadType: 63, clockRate: 48_000 },
      { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000 },
    ]);
    expect(video?.rtxPairs).toHaveLength(1);
    expect(video?.ssrcs).toEqual([video?.rtxPairs[0]?.[0]]);
    expect(video?.codecs[0]).toMatchObject({ mimeType: 'video/VP8', rtxPayloadType: 97 });
  });

  test('the extensions that publishing needs are accepted in every section, also where nothing is sent', async () => {
    const alice = await new Harness().join('alice');
    for (const mid of ['0', '1', '2']) {
      expect(section(alice.last('answer').sdp, mid)).toContain(
        'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
      );
    }
    for (const mid of ['3', '4', '5']) {
      expect(section(alice.last('answer').sdp, mid)).toContain(
        'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
      );
    }
    const bob = await new Harness().join('bob', { offer: undefined });
    bob.tell({ case: 'addTrack', value: { cid: 'microphone', type: TrackType.AUDIO } });
    bob.negotiate(fixture('chromium-simulcast'));
    expect(bob.transport?.receivers[0]?.parameters.extensions).toMatchObject({ audioLevel: 1, mid: 4 });
  });
});

describe('subscribing', () => {
  test('a track comes in one of the sections that are there, after its publisher was named', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    const bob = await harness.join('bob');
    announce(alice, [CAMERA]);
    const sid = alice.negotiate(publishing([CAMERA])).midToTrackId[CAMERA.mid] ?? '';
    bob.takeCases();
    harness.advance();
    expect(bob.messages.map((message) => message.case)).toEqual(['update', 'mediaSectionsRequirement']);
    expect(bob.last('mediaSectionsRequirement')).toMatchObject({ numAudios: 0, numVideos: 0 });

    const answer = bob.negotiate(JOIN);
    expect(answer.midToTrackId).toEqual({ '3': sid });
    const sender = bob.transport?.senders[0];
    const answered = section(answer.sdp, '3');
    const { sid: publisher } = alice.last('join').participant ?? {};
    expect(direction(answer.sdp, '3')).toBe('sendonly');
    expect(answered).toContain(`a=msid:${String(publisher)}|${sid} ${sid}\r`);
    expect(answered).toContain(`a=ssrc-group:FID ${String(sender?.ssrc)} ${String(sender?.rtxSsrc)}\r`);
    // What the track is sent in comes first; the section may be needed for others.
    expect(answered).toMatch(/^m=video 9 UDP\/TLS\/RTP\/SAVPF 96 97 /);
    expect(answered).toContain('H264');
    expect(sender?.parameters.codecs[0]).toEqual({
      mimeType: 'video/VP8',
      payloadType: 96,
      clockRate: 90_000,
      rtxPayloadType: 97,
    });
    harness.advance();
    expect(bob.all('mediaSectionsRequirement')).toHaveLength(1);
    expect(alice.last('trackSubscribed').trackSid).toBe(sid);
  });

  test('who joins later has the tracks in the answer to the join', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    announce(alice);
    alice.negotiate(PUBLISH);
    const bob = await harness.join('bob');
    expect(bob.messages.map((message) => message.case)).toEqual(['join', 'update', 'answer']);
    expect(bob.last('join').otherParticipants[0]?.tracks).toHaveLength(3);
    expect(Object.keys(bob.last('answer').midToTrackId)).toEqual(['0', '3', '4']);
    harness.advance();
    expect(bob.all('mediaSectionsRequirement')).toEqual([]);
  });

  test('sections that are missing are asked for once, and only those', async () => {
    const harness = new Harness();
    for (const identity of ['a', 'b', 'c']) {
      const client = await harness.join(identity);
      announce(client);
      client.negotiate(PUBLISH);
    }
    const bob = await harness.join('bob');
    expect(Object.keys(bob.last('answer').midToTrackId)).toHaveLength(6);
    harness.advance();
    harness.advance();
    expect(bob.all('mediaSectionsRequirement')).toMatchObject([{ numAudios: 0, numVideos: 3 }]);
    const answer = bob.negotiate(withMoreSections(JOIN, 'video', ['7', '8', '9']));
    expect(Object.keys(answer.midToTrackId)).toHaveLength(9);
    harness.advance();
    expect(bob.all('mediaSectionsRequirement')).toHaveLength(1);
  });

  test('no more than 200 sections of a kind are asked for, and nothing once those are there', async () => {
    const harness = new Harness({ rooms: 1, participantsPerRoom: 100 });
    for (let count = 0; count < 11; count++) {
      const client = await harness.join(`publisher${count}`);
      for (let track = 0; track < 20; track++) client.tell({ case: 'addTrack', value: { cid: `c${track}` } });
      const mids = Array.from({ length: 19 }, (_, index) => `s${index}`);
      client.negotiate(withMoreSections(JOIN, 'audio', mids).replaceAll('a=recvonly', 'a=sendonly'));
    }
    expect(harness.sfu.metrics().publications).toBe(11 * 20);
    const bob = await harness.join('bob');
    harness.advance();
    expect(bob.last('mediaSectionsRequirement')).toMatchObject({ numAudios: 197, numVideos: 0 });
    const mids = Array.from({ length: 197 }, (_, index) => `r${index}`);
    expect(Object.keys(bob.negotiate(withMoreSections(JOIN, 'audio', mids)).midToTrackId)).toHaveLength(200);
    harness.advance(60_000);
    expect(bob.all('mediaSectionsRequirement')).toHaveLength(1);
  });

  test('a client whose offers bring no sections is asked more and more rarely', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    announce(alice);
    alice.negotiate(PUBLISH);
    const withoutMedia = JOIN.replaceAll('a=recvonly', 'a=inactive');
    const bob = await harness.join('bob', { offer: withoutMedia });
    for (let elapsed = 0; elapsed < 10_000; elapsed += 50) {
      harness.advance(50);
      if (bob.takeCases().includes('mediaSectionsRequirement')) {
        bob.tell({ case: 'offer', value: { type: 'offer', sdp: withoutMedia, id: 2 } });
        harness.logs.push({ level: 'test', fields: {}, message: String(elapsed) });
      }
    }
    expect(
      harness.logs.filter(({ level }) => level === 'test').map(({ message }) => Number(message)),
    ).toEqual([0, 500, 1500, 3500, 7500]);
  });

  test('a section whose track ended is answered as inactive before it serves another', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    announce(alice, [MICROPHONE, CAMERA]);
    alice.negotiate(publishing([MICROPHONE, CAMERA]));
    const onlyOne = ['1', '2', '4', '5'].reduce((sdp, mid) => withDirection(sdp, mid, 'inactive'), JOIN);
    const bob = await harness.join('bob', { offer: onlyOne });
    expect(direction(bob.last('answer').sdp, '3')).toBe('sendonly');
    const first = bob.last('answer').midToTrackId['3'];
    announce(alice, [SCREEN]);
    alice.negotiate(publishing([MICROPHONE, SCREEN]));
    harness.advance();
    expect(bob.last('mediaSectionsRequirement')).toMatchObject({ numAudios: 0, numVideos: 0 });

    const between = bob.negotiate(onlyOne);
    expect(direction(between.sdp, '3')).toBe('inactive');
    expect(between.midToTrackId['3']).toBeUndefined();
    harness.advance();
    expect(bob.all('mediaSectionsRequirement')).toHaveLength(2);

    const after = bob.negotiate(onlyOne);
    expect(direction(after.sdp, '3')).toBe('sendonly');
    expect(after.midToTrackId['3']).not.toBe(first);
    expect(bob.transport?.closedSenders.size).toBe(1);
  });

  test('a section that the client starts to send in serves its subscription no longer', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    announce(alice, [CAMERA]);
    const sid = alice.negotiate(publishing([CAMERA])).midToTrackId[CAMERA.mid] ?? '';
    const bob = await harness.join('bob');
    expect(bob.last('answer').midToTrackId).toEqual({ '3': sid });
    const answer = bob.negotiate(withDirection(JOIN, '3', 'sendrecv'));
    expect(answer.midToTrackId).toEqual({ '4': sid });
    expect(bob.transport?.closedSenders.size).toBe(1);
  });

  test('a client without the codec is told so once, and its sections stay free', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    announce(alice, [CAMERA]);
    const sid = alice.negotiate(publishing([CAMERA])).midToTrackId[CAMERA.mid] ?? '';
    const bob = await harness.join('bob', { offer: JOIN.replaceAll(' VP8/90000', ' VP8x/90000') });
    expect(bob.last('subscriptionResponse')).toMatchObject({
      trackSid: sid,
      err: SubscriptionError.SE_CODEC_UNSUPPORTED,
    });
    harness.advance();
    expect(bob.all('mediaSectionsRequirement')).toEqual([]);
    expect(bob.all('subscriptionResponse')).toHaveLength(1);
  });

  test('a client that has not offered yet is not asked for more', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    announce(alice);
    alice.negotiate(PUBLISH);
    const bob = await harness.join('bob', { offer: undefined });
    harness.advance();
    expect(bob.all('mediaSectionsRequirement')).toEqual([]);
    expect(Object.keys(bob.negotiate(JOIN).midToTrackId)).toEqual(['0', '3', '4']);
  });
});
