import { DataPacket, LeaveRequest_Action, TrackSource, TrackType } from '@livekit/protocol';
import { AccessTokenVerifier } from '@parley/access';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { answerTo } from './support/answer.js';
import { callApi } from './support/api-client.js';
import { Harness, MICROPHONE, fixture, type FakeClient } from './support/harness.js';

/** Joins and is connected, data channels and all. */
async function connected(
  harness: Harness,
  identity: string,
  version: 'v0' | 'v1',
  options: Parameters<Harness['join']>[1] = {},
): Promise<FakeClient> {
  const client = await harness.join(identity, { ...options, version });
  if (version === 'v0') {
    const { id, sdp } = client.last('offer');
    client.tell({ case: 'answer', value: { type: 'answer', id, sdp: answerTo(sdp) } });
  }
  client.transport?.setState('connected');
  return client;
}

function sidOf(client: FakeClient): string {
  return client.last('join').participant?.sid ?? '';
}

/** A reliable packet of one byte. */
function packet(sequence: number): Uint8Array {
  const value = { case: 'user', value: { payload: Uint8Array.of(sequence) } } as const;
  return new DataPacket({ value, sequence }).toBinary();
}

/** Answers the track's sid. */
function publishMicrophone(client: FakeClient): string {
  const { cid } = MICROPHONE;
  client.tell({ case: 'addTrack', value: { cid, type: TrackType.AUDIO, source: TrackSource.MICROPHONE } });
  client.negotiate(fixture('chromium-publish'));
  return client.last('trackPublished').track?.sid ?? '';
}

describe.each(['v0', 'v1'] as const)('a session of %s whose WebSocket is lost', (version) => {
  test('goes on, and its participant is seen by the others all the time', async () => {
    const harness = new Harness();
    const watcher = await connected(harness, 'watcher', 'v1');
    const alice = await connected(harness, 'alice', version);
    harness.advance();
    watcher.takeCases();
    alice.session?.closed();
    harness.advance(10_000);

    const back = await harness.resume('alice', { version, sid: sidOf(alice) });
    expect(back.takeCases().slice(0, 3)).toEqual(['reconnect', 'update', 'roomUpdate']);
    harness.advance(60_000);
    expect(alice.transport?.state).toBe('connected');
    expect(watcher.takeCases()).not.toContain('update');
    expect(harness.service.metrics()).toMatchObject({ sessions: 2, joins: 2 });
  });

  test('ends when nobody comes back', async () => {
    const harness = new Harness();
    const watcher = await harness.join('watcher');
    const alice = await connected(harness, 'alice', version);
    alice.session?.closed();
    harness.advance(19_000);
    expect(harness.service.metrics().sessions).toBe(2);
    harness.advance(2000);
    harness.advance();
    expect(harness.service.metrics().sessions).toBe(1);
    expect(watcher.last('update').participants[0]?.identity).toBe('alice');
    expect(alice.transport?.state).toBe('closed');

    const late = await harness.resume('alice', { version, sid: sidOf(alice) });
    expect(late.last('leave').action).toBe(LeaveRequest_Action.RECONNECT);
  });

  test('ends at once before its media was connected', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice', { version });
    alice.session?.closed();
    expect(harness.service.metrics().sessions).toBe(0);
  });

  test('tells who came and who left meanwhile', async () => {
    const harness = new Harness();
    const leaver = await harness.join('leaver');
    const alice = await connected(harness, 'alice', version);
    alice.session?.closed();
    leaver.tell({ case: 'leave', value: {} });
    await harness.join('newcomer');
    harness.advance(1000);
    const back = await harness.resume('alice', { version });
    const states = back.last('update').participants.map(({ identity, state }) => [identity, state]);
    expect(states).toContainEqual(['leaver', 3]);
    expect(states).toContainEqual(['newcomer', 1]);
    expect(states).toContainEqual(['alice', 2]);
    expect(back.last('roomUpdate').room?.numParticipants).toBe(2);
  });

  test('hears nothing more of the WebSocket that was replaced', async () => {
    const harness = new Harness();
    const alice = await connected(harness, 'alice', version);
    const back = await harness.resume('alice', { version });
    expect(alice.closedWith).toBe('replaced');
    alice.tell({ case: 'leave', value: {} });
    alice.session?.closed();
    harness.advance(60_000);
    expect(back.closedWith).toBeUndefined();
    expect(harness.service.metrics().sessions).toBe(1);
  });

  test('is told to join anew with a track that the server does not know', async () => {
    const harness = new Harness();
    const alice = await connected(harness, 'alice', version);
    alice.session?.closed();
    const back = await harness.resume('alice', { version });
    const publishTracks = [{ cid: 'x', track: { sid: 'TR_unknown' } }];
    back.tell({ case: 'syncState', value: { publishTracks } });
    expect(back.last('leave').action).toBe(LeaveRequest_Action.RECONNECT);
    expect(harness.service.metrics().sessions).toBe(0);
  });

  test('keeps its tracks, and wishes made meanwhile count', async () => {
    const harness = new Harness();
    const bob = await connected(harness, 'bob', 'v1');
    const { cid } = MICROPHONE;
    const sid = publishMicrophone(bob);
    const alice = await connected(harness, 'alice', version);
    const sender = alice.transport?.senders[0];
    bob.session?.closed();
    const back = await harness.resume('bob');
    back.tell({ case: 'syncState', value: { publishTracks: [{ cid, track: { sid } }] } });
    expect(back.all('leave')).toEqual([]);
    expect(sender?.observer).toBeDefined();

    alice.session?.closed();
    const listener = await harness.resume('alice', { version });
    listener.tell({ case: 'syncState', value: { subscription: { trackSids: [sid], subscribe: false } } });
    expect(sender?.observer).toBeUndefined();
  });

  test('gets the reliable data that it missed, in order and once', async () => {
    const harness = new Harness();
    const bob = await connected(harness, 'bob', 'v1');
    const channel = bob.transport?.openChannel('_reliable');
    const alice = await connected(harness, 'alice', version);
    const inbox = version === 'v0' ? alice.transport?.opened[0] : alice.transport?.openChannel('_reliable');
    const send = (sequence: number): void => {
      if (channel) bob.transport?.observer.onMessage(channel.channel, packet(sequence), true);
    };
    for (const sequence of [1, 2, 3]) send(sequence);
    alice.session?.closed();
    inbox?.sent.splice(0);
    const back = await harness.resume('alice', { version });
    const states = [{ publisherSid: sidOf(bob), lastSeq: 1 }];
    back.tell({ case: 'syncState', value: { datachannelReceiveStates: states } });
    expect(inbox?.sent.map((bytes) => DataPacket.fromBinary(bytes).sequence)).toEqual([2, 3]);

    bob.session?.closed();
    const sender = await harness.resume('bob');
    expect(sender.last('reconnect').lastMessageSeq).toBe(3);
    for (const sequence of [3, 4]) send(sequence);
    expect(inbox?.sent.map((bytes) => DataPacket.fromBinary(bytes).sequence)).toEqual([2, 3, 4]);
  });

  test('is told that the server muted a track meanwhile, and not again once the client has done so', async () => {
    const harness = new Harness();
    const bob = await connected(harness, 'bob', version);
    const sid = publishMicrophone(bob);
    bob.session?.closed();
    await callApi(harness, 'MutePublishedTrack', {
      room: 'lobby',
      identity: 'bob',
      trackSid: sid,
      muted: true,
    });
    const back = await harness.resume('bob', { version });
    expect(back.last('mute')).toMatchObject({ sid, muted: true });

    back.tell({ case: 'mute', value: { sid, muted: true } });
    back.session?.closed();
    const again = await harness.resume('bob', { version });
    expect(again.all('mute')).toEqual([]);
  });

  test('is told that the server unpublished a track meanwhile, and goes on', async () => {
    const harness = new Harness();
    const bob = await connected(harness, 'bob', version);
    const sid = publishMicrophone(bob);
    bob.session?.closed();
    const permission = { canSubscribe: true, canPublish: false };
    await callApi(harness, 'UpdateParticipant', { room: 'lobby', identity: 'bob', permission });
    const back = await harness.resume('bob', { version });
    back.tell({ case: 'syncState', value: { publishTracks: [{ cid: MICROPHONE.cid, track: { sid } }] } });
    expect(back.last('trackUnpublished').trackSid).toBe(sid);
    expect(back.all('leave')).toEqual([]);
  });

  test('is told once that a track got its first subscriber meanwhile', async () => {
    const harness = new Harness();
    const bob = await connected(harness, 'bob', version);
    const trackSid = publishMicrophone(bob);
    bob.session?.closed();
    await connected(harness, 'alice', 'v1');
    const back = await harness.resume('bob', { version });
    expect(back.all('trackSubscribed')).toMatchObject([{ trackSid }]);
    back.session?.closed();
    expect((await harness.resume('bob', { version })).all('trackSubscribed')).toEqual([]);
  });

  test('is told of permissions to subscribe that changed meanwhile', async () => {
    const harness = new Harness();
    const bob = await connected(harness, 'bob', version);
    const trackSid = publishMicrophone(bob);
    const alice = await connected(harness, 'alice', version);
    alice.session?.closed();
    bob.tell({ case: 'subscriptionPermission', value: { allParticipants: false } });
    const back = await harness.resume('alice', { version });
    expect(back.last('subscriptionPermissionUpdate')).toMatchObject({ trackSid, allowed: false });
  });

  test('of an earlier participant of the same identity is not resumed', async () => {
    const harness = new Harness();
    const alice = await connected(harness, 'alice', version);
    await connected(harness, 'alice', version);
    const back = await harness.resume('alice', { version, sid: sidOf(alice) });
    expect(back.last('leave').action).toBe(LeaveRequest_Action.RECONNECT);
    expect(harness.service.metrics().sessions).toBe(1);
  });
});

describe('a client whose media stops coming', () => {
  async function silent(version: 'v0' | 'v1', protocol = 13) {
    const harness = new Harness();
    const request = { clientInfo: { protocol } };
    const alice = await connected(harness, 'alice', version, {
      request,
      query: { protocol: String(protocol) },
    });
    const sid = sidOf(alice);
    alice.takeCases();
    return { harness, alice, sid };
  }

  test.each(['v0', 'v1'] as const)('is asked once to come back to its session, over %s', async (version) => {
    const { harness, alice, sid } = await silent(version);
    alice.transport?.setState('disconnected');
    if (version === 'v0') alice.publisherTransport?.setState('disconnected');
    harness.advance(4_900);
    expect(alice.takeCases()).not.toContain('leave');
    harness.advance(200);
    expect(alice.last('leave').action).toBe(LeaveRequest_Action.RESUME);
    expect(alice.takeCases().filter((one) => one === 'leave')).toHaveLength(1);
    expect(alice.closedWith).toBeUndefined();

    const back = await harness.resume('alice', { version, sid });
    back.takeCases();
    harness.advance(9_500);
    expect(back.takeCases()).not.toContain('leave');
    harness.advance(1_000);
    expect(back.takeCases().filter((one) => one === 'leave')).toHaveLength(1);
  });

  test('is not asked when the link was gone for some seconds only', async () => {
    const { harness, alice } = await silent('v0');
    alice.transport?.setState('disconnected');
    harness.advance(4_500);
    alice.publisherTransport?.setState('disconnected');
    alice.transport?.setState('connected');
    alice.publisherTransport?.setState('connected');
    harness.advance(20_000);
    expect(alice.takeCases()).not.toContain('leave');
  });

  test('is not asked when it would take that for the end', async () => {
    const { harness, alice } = await silent('v0', 12);
    alice.transport?.setState('disconnected');
    harness.advance(6_000);
    expect(alice.takeCases()).not.toContain('leave');
  });

  test('is not asked while its WebSocket is gone too, but when it is back and still silent', async () => {
    const { harness, alice, sid } = await silent('v1');
    alice.session?.closed();
    alice.transport?.setState('disconnected');
    harness.advance(10_000);
    const back = await harness.resume('alice', { version: 'v1', sid });
    expect(back.takeCases()).not.toContain('leave');
    harness.advance(6_000);
    expect(back.takeCases()).toContain('leave');
  });
});

test.each(['resume', 'join'] as const)(
  'of two requests to %s that came one after the other the second counts, however long the first was looked at',
  async (how) => {
    const harness = new Harness();
    const alice = await connected(harness, 'alice', 'v1');
    alice.session?.closed();
    const again = () =>
      how === 'join' ? harness.join('alice') : harness.resume('alice', { version: 'v1', sid: sidOf(alice) });

    let lookAtIt = (): void => undefined;
    const looked = new Promise<void>((resolve) => {
      lookAtIt = resolve;
    });
    const verifications = vi.spyOn(AccessTokenVerifier.prototype, 'verify');
    onTestFinished(() => {
      verifications.mockRestore();
    });
    verifications.mockImplementationOnce(async function (this: AccessTokenVerifier, token) {
      await looked;
      // Not mocked any more.
      return this.verify(token);
    });
    const first = again();
    await vi.waitUntil(() => verifications.mock.calls.length === 1);
    const second = again();
    await vi.waitUntil(() => verifications.mock.calls.length === 2);
    await verifications.mock.results[1]?.value;
    await new Promise((resolve) => setImmediate(resolve));
    lookAtIt();

    const [givenUp, newest] = await Promise.all([first, second]);
    expect(givenUp.closedWith).toBeDefined();
    expect(newest.closedWith).toBeUndefined();
    expect(harness.service.metrics().sessions).toBe(1);
  },
);

test('a resumed client of /rtc is offered its connection anew, with an ICE restart', async () => {
  const harness = new Harness();
  const alice = await connected(harness, 'alice', 'v0');
  const { sdp } = alice.last('offer');
  alice.session?.closed();
  const back = await harness.resume('alice', { version: 'v0' });
  const offer = back.last('offer');
  expect(offer.id).toBe(2);
  const ufrag = /a=ice-ufrag:(.*)\r/;
  expect(ufrag.exec(offer.sdp)?.[1]).not.toBe(ufrag.exec(sdp)?.[1]);
  const answer = answerTo(offer.sdp, { ufrag: 'restarted' });
  back.tell({ case: 'answer', value: { type: 'answer', id: 2, sdp: answer } });
  expect(alice.transport?.remotes.at(-1)?.iceUfrag).toBe('restarted');
});

test('a resumed client of /rtc/v1 restarts ICE with an offer of its own', async () => {
  const harness = new Harness();
  const alice = await connected(harness, 'alice', 'v1');
  const before = alice.last('answer').sdp;
  alice.session?.closed();
  const back = await harness.resume('alice');
  const restarted = fixture('chromium-join').replaceAll(/a=ice-ufrag:.*(?=\r)/g, 'a=ice-ufrag:restarted');
  const after = back.negotiate(restarted).sdp;
  const ufrag = /a=ice-ufrag:(.*)\r/;
  expect(ufrag.exec(after)?.[1]).not.toBe(ufrag.exec(before)?.[1]);
});
