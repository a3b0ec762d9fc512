import { DataPacket, ParticipantInfo_State, TrackSource, TrackType } from '@livekit/protocol';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { callApi } from '../support/api-client.js';
import { fixture, Harness, MICROPHONE, type FakeClient } from '../support/harness.js';

/** Publishes the microphone of the fixture and answers its sid. */
function publishMicrophone(client: FakeClient): string {
  client.tell({
    case: 'addTrack',
    value: { cid: MICROPHONE.cid, type: TrackType.AUDIO, source: TrackSource.MICROPHONE, name: 'mic' },
  });
  client.negotiate(fixture('chromium-publish'));
  return client.last('trackPublished').track?.sid ?? '';
}

function refusal(status: number, code: string, msg?: unknown) {
  return { status, json: { code, ...(msg !== undefined && { msg }) } };
}

describe('grants', () => {
  const room = 'lobby';
  const other = { room: 'elsewhere' };
  test.each([
    ['CreateRoom', { name: room }, { roomCreate: false }],
    ['DeleteRoom', { room }, { roomCreate: false }],
    ['ListRooms', {}, { roomList: false }],
    ['UpdateRoomMetadata', { room }, other],
    ['ListParticipants', { room }, other],
    ['GetParticipant', { room, identity: 'alice' }, other],
    ['RemoveParticipant', { room, identity: 'alice' }, other],
    ['UpdateParticipant', { room, identity: 'alice' }, other],
    ['MutePublishedTrack', { room, identity: 'alice' }, { roomAdmin: false }],
    ['UpdateSubscriptions', { room, identity: 'alice' }, other],
    ['SendData', { room }, other],
    ['PerformRpc', { room, destinationIdentity: 'alice' }, other],
    ['ForwardParticipant', { room, identity: 'alice', destinationRoom: 'b' }, { destinationRoom: 'c' }],
    ['MoveParticipant', { room, identity: 'alice', destinationRoom: 'b' }, other],
  ])('%s is refused with 401 to a token without its grant', async (method, request, video) => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    const granted = { roomAdmin: true, roomCreate: true, roomList: true, destinationRoom: 'b' };
    const answer = await callApi(harness, method, request, { ...granted, ...video });
    expect(answer).toMatchObject(
      refusal(401, 'unauthenticated', expect.stringContaining('permissions denied')),
    );
    expect(alice.closedWith).toBeUndefined();
  });

  test('what nobody has is refused as not found, each in its words', async () => {
    const harness = new Harness();
    const missing = refusal(404, 'not_found', 'requested room does not exist');
    for (const method of ['DeleteRoom', 'UpdateRoomMetadata', 'SendData'])
      expect(await callApi(harness, method, { room: 'lobby' })).toMatchObject(missing);
    await harness.join('alice');
    for (const method of [
      'GetParticipant',
      'RemoveParticipant',
      'UpdateParticipant',
      'UpdateSubscriptions',
    ]) {
      expect(await callApi(harness, method, { room: 'lobby', identity: 'nobody' })).toMatchObject(
        refusal(404, 'not_found', 'participant does not exist'),
      );
    }
  });
});

describe('rooms', () => {
  test('a name that is missing or too long is refused, and names the field', async () => {
    for (const name of ['', 'x'.repeat(257)]) {
      const { status, json } = await callApi(new Harness(), 'CreateRoom', { name });
      expect({ status, json }).toMatchObject({
        status: 400,
        json: { code: 'invalid_argument', meta: { argument: 'name' } },
      });
    }
  });

  test('a room of no participant ends when its own timeout is over', async () => {
    const harness = new Harness();
    await callApi(harness, 'CreateRoom', { name: 'lobby', empty_timeout: 1 });
    harness.advance(999);
    expect((await callApi(harness, 'ListRooms', { names: ['lobby'] })).json.rooms).toHaveLength(1);
    harness.advance(1);
    expect((await callApi(harness, 'ListRooms', {})).json.rooms).toEqual([]);
  });

  test('tell which codecs may be used in them', async () => {
    const { json } = await callApi(new Harness(), 'CreateRoom', { name: 'lobby' });
    expect(json.enabled_codecs).toMatchObject(
      ['audio/opus', 'audio/red', 'video/VP8', 'video/H264', 'video/VP9', 'video/AV1', 'video/rtx'].map(
        (mime) => ({
          mime,
        }),
      ),
    );
  });

  test('one that is there already keeps what it was made with', async () => {
    const harness = new Harness();
    const first = { metadata: 'first', empty_timeout: 10, departure_timeout: 20, max_participants: 3 };
    const second = { metadata: 'second', empty_timeout: 11, departure_timeout: 21, max_participants: 4 };
    await callApi(harness, 'CreateRoom', { name: 'lobby', ...first });
    const { json } = await callApi(harness, 'CreateRoom', { name: 'lobby', ...second });
    expect(json).toMatchObject(first);
    expect((await callApi(harness, 'ListRooms', {})).json.rooms).toEqual([json]);
  });

  test('new metadata is told to everybody; too much is refused', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    await callApi(harness, 'UpdateRoomMetadata', { room: 'lobby', metadata: 'new' });
    harness.advance();
    expect(alice.last('roomUpdate').room?.metadata).toBe('new');
    const metadata = 'x'.repeat(512 * 1024 + 1);
    const { json } = await callApi(harness, 'UpdateRoomMetadata', { room: 'lobby', metadata });
    expect(json).toMatchObject({ code: 'invalid_argument', meta: { argument: 'metadata' } });
  });

  test('a deleted room sends everybody away for good', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    expect(await callApi(harness, 'DeleteRoom', { room: 'lobby' })).toMatchObject({ status: 200, json: {} });
    expect(alice.closedWith).toBe('room-deleted');
    expect(alice.last('leave')).toMatchObject({ canReconnect: false });
  });
});

describe('participants', () => {
  test('hidden ones are listed, too', async () => {
    const harness = new Harness();
    await harness.join('alice');
    await harness.join('ghost', { video: { hidden: true } });
    const { json } = await callApi(harness, 'ListParticipants', { room: 'lobby' });
    expect(json.participants).toMatchObject([{ identity: 'alice' }, { identity: 'ghost' }]);
  });

  test('an update is told to the room, and the client gets a token that says so', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    const bob = await harness.join('bob');
    harness.advance();
    await Promise.resolve();
    await callApi(harness, 'UpdateParticipant', {
      room: 'lobby',
      identity: 'alice',
      name: 'Alice',
      attributes: { hand: 'up' },
      permission: { can_publish: false, can_subscribe: true, can_update_metadata: true },
    });
    alice.takeCases();
    harness.advance();
    await expect.poll(() => alice.all('refreshToken')).toHaveLength(1);
    const changed = { name: 'Alice', attributes: { hand: 'up' } };
    expect(bob.last('update').participants).toMatchObject([
      { identity: 'alice', ...changed, permission: { canPublish: false, canUpdateMetadata: true } },
    ]);
    expect(decodeJwt(alice.last('refreshToken'))).toMatchObject({
      ...changed,
      video: { canPublish: false, canPublishData: false, canUpdateOwnMetadata: true, roomJoin: true },
    });
  });

  test('each field that is too long is refused by its name, and nothing is changed', async () => {
    const harness = new Harness();
    await harness.join('alice');
    const request = { room: 'lobby', identity: 'alice', name: 'Alice' };
    for (const [argument, value] of Object.entries({
      name: 'x'.repeat(257),
      metadata: 'x'.repeat(512 * 1024 + 1),
      attributes: { key: 'x'.repeat(64 * 1024) },
    })) {
      const { json } = await callApi(harness, 'UpdateParticipant', { ...request, [argument]: value });
      expect(json).toMatchObject({ code: 'invalid_argument', meta: { argument } });
    }
    const { json } = await callApi(harness, 'GetParticipant', { room: 'lobby', identity: 'alice' });
    expect(json).toMatchObject({ name: '', metadata: '', state: ParticipantInfo_State[1] });
  });

  test('whoever may not publish any more is told which track ended', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    const sid = publishMicrophone(alice);
    const permission = { can_publish: true, can_subscribe: true, can_publish_sources: ['CAMERA'] };
    const request = { room: 'lobby', identity: 'alice', permission };
    expect((await callApi(harness, 'UpdateParticipant', request)).json.tracks).toEqual([]);
    expect(alice.last('trackUnpublished').trackSid).toBe(sid);
  });

  test('a track that was announced only is forgotten with the permission for it', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    const addMicrophone = () =>
      alice.tell({
        case: 'addTrack',
        value: { cid: MICROPHONE.cid, type: TrackType.AUDIO, source: TrackSource.MICROPHONE },
      });
    addMicrophone();
    for (const source of ['CAMERA', 'MICROPHONE']) {
      const permission = { can_publish: true, can_subscribe: true, can_publish_sources: [source] };
      await callApi(harness, 'UpdateParticipant', { room: 'lobby', identity: 'alice', permission });
      addMicrophone();
    }
    const sids = alice.all('trackPublished').map(({ track }) => track?.sid);
    expect(alice.all('requestResponse')).toHaveLength(1);
    expect(sids).toHaveLength(2);
    expect(sids[1]).not.toBe(sids[0]);
    alice.negotiate(fixture('chromium-publish'));
    const { json } = await callApi(harness, 'GetParticipant', { room: 'lobby', identity: 'alice' });
    expect(json.tracks).toMatchObject([{ sid: sids[1] }]);
  });

  test('a removed one is told why, and does not come back by itself', async () => {
    const harness = new Harness();
    const alice = await harness.join('alice');
    await callApi(harness, 'RemoveParticipant', { room: 'lobby', identity: 'alice' });
    expect(alice.closedWith).toBe('participant-removed');
    expect(alice.last('leave').canReconnect).toBe(false);
  });
});

describe('MutePublishedTrack', () => {
  test('mutes and tells the publisher; unmutes only where that is allowed', async () => {
    for (const remoteUnmute of [false, true]) {
      const harness = new Harness(undefined, { remoteUnmute });
      const alice = await harness.join('alice');
      const trackSid = publishMicrophone(alice);
      const request = { room: 'lobby', identity: 'alice', trackSid };
      const { json } = await callApi(harness, 'MutePublishedTrack', { ...request, muted: true });
      expect(json.track).toMatchObject({ sid: trackSid, muted: true });
      expect(alice.last('mute')).toMatchObject({ sid: trackSid, muted: true });
      const answer = await callApi(harness, 'MutePublishedTrack', { ...request, muted: false });
      expect(answer).toMatchObject(
        remoteUnmute ? { status: 200 } : refusal(412, 'failed_precondition', 'remote unmute not enabled'),
      );
      expect(alice.last('mute').muted).toBe(!remoteUnmute);
    }
  });

  test('a track of another is not found', async () => {
    const harness = new Harness();
    const trackSid = publishMicrophone(await harness.join('alice'));
    await harness.join('bob');
    const request = { room: 'lobby', identity: 'bob', trackSid, muted: true };
    expect(await callApi(harness, 'MutePublishedTrack', request)).toMatchObject(
      refusal(404, 'not_found', 'track is not found'),
    );
  });
});

describe('SendData', () => {
  async function listeners(harness: Harness) {
    const clients = { alice: await harness.join('alice'), bob: await harness.join('bob') };
    const opened = {
      alice: clients.alice.transport?.openChannel('_reliable').sent ?? [],
      bob: clients.bob.transport?.openChannel('_reliable').sent ?? [],
    };
    return { ...opened, bobSid: clients.bob.last('join').participant?.sid ?? '' };
  }

  test('reaches everybody, or those whose identity or sid is named', async () => {
    const harness = new Harness();
    const { alice, bob, bobSid } = await listeners(harness);
    const data = Buffer.from('hello').toString('base64');
    await callApi(harness, 'SendData', { room: 'lobby', data, topic: 'news' });
    expect([alice.length, bob.length]).toEqual([1, 1]);
    const packet = DataPacket.fromBinary(alice[0] ?? new Uint8Array());
    expect(packet.value).toMatchObject({ case: 'user', value: { topic: 'news', participantIdentity: '' } });
    await callApi(harness, 'SendData', { room: 'lobby', data, destination_identities: ['alice'] });
    expect([alice.length, bob.length]).toEqual([2, 1]);
    await callApi(harness, 'SendData', { room: 'lobby', data, destination_sids: [bobSid] });
    expect([alice.length, bob.length]).toEqual([2, 2]);
    await callApi(harness, 'SendData', { room: 'lobby', data, destination_sids: ['PA_nobody'] });
    expect([alice.length, bob.length]).toEqual([2, 2]);
  });

  test('a request that is sent again is delivered once', async () => {
    const harness = new Harness();
    const { alice } = await listeners(harness);
    const nonce = Buffer.alloc(16, 1).toString('base64');
    const request = { room: 'lobby', data: '', nonce };
    await callApi(harness, 'SendData', request);
    expect(await callApi(harness, 'SendData', request)).toMatchObject({ status: 200 });
    expect(alice).toHaveLength(1);
  });

  test.each([
    ['nonce', { nonce: Buffer.alloc(15).toString('base64') }],
    ['data', { data: Buffer.alloc(256 * 1024).toString('base64') }],
  ])('a wrong %s is refused', async (argument, wrong) => {
    const harness = new Harness();
    await harness.join('alice');
    const { json } = await callApi(harness, 'SendData', { room: 'lobby', ...wrong });
    expect(json).toMatchObject({ code: 'invalid_argument', meta: { argument } });
  });
});

test('UpdateSubscriptions takes and gives tracks, by sid or by their publisher', async () => {
  const harness = new Harness();
  const sid = publishMicrophone(await harness.join('alice'));
  await harness.join('bob');
  expect(harness.sfu.metrics().subscriptions).toBe(1);
  const request = { room: 'lobby', identity: 'bob' };
  await callApi(harness, 'UpdateSubscriptions', { ...request, track_sids: [sid, 'TR_gone'] });
  expect(harness.sfu.metrics().subscriptions).toBe(0);
  const participantTracks = [{ participantSid: 'ignored', trackSids: [sid] }];
  await callApi(harness, 'UpdateSubscriptions', { ...request, participantTracks, subscribe: true });
  expect(harness.sfu.metrics().subscriptions).toBe(1);
});

test('forwarding and moving are not implemented, and to the same room make no sense', async () => {
  for (const method of ['ForwardParticipant', 'MoveParticipant']) {
    const request = { room: 'lobby', identity: 'alice', destination_room: 'other' };
    expect(await callApi(new Harness(), method, request)).toMatchObject(refusal(501, 'unimplemented'));
    const same = { ...request, destination_room: 'lobby' };
    const grants = { roomAdmin: true, destinationRoom: 'lobby' };
    expect(await callApi(new Harness(), method, same, grants)).toMatchObject(
      refusal(400, 'invalid_argument'),
    );
  }
});
