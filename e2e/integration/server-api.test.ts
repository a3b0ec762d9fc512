import {
  DataPacket_Kind,
  ParticipantInfo_State,
  ParticipantPermission,
  RoomServiceClient,
  TrackSource,
} from 'livekit-server-sdk';
import { DisconnectReason, type RemoteParticipant } from '@livekit/rtc-node';
import { expect, test } from 'vitest';
import { freshRoom, me, participantOf, subscribedTrack, useParticipants } from '../support/participants.js';
import { API_KEY, API_SECRET, useServer } from '../support/server.js';
import { useTones } from '../support/tone.js';
import { waitFor } from '../support/wait.js';

const server = useServer();
const join = useParticipants(server);
const tone = useTones();

function client(): RoomServiceClient {
  return new RoomServiceClient(server().url, API_KEY, API_SECRET);
}

/** The SDK keeps a track that the server takes away: whether media is forwarded, the server knows. */
function subscriptions(count: number): Promise<boolean> {
  return waitFor(
    `${count} subscriptions`,
    async () => (await server().metric(/^parley_subscriptions /)) === count,
  );
}

test('rooms are made with their settings, listed, changed and deleted', async () => {
  const name = freshRoom();
  const api = client();
  const made = await api.createRoom({ name, emptyTimeout: 60, maxParticipants: 3, metadata: 'made' });
  expect(made).toMatchObject({ name, emptyTimeout: 60, maxParticipants: 3, metadata: 'made' });
  expect(await api.createRoom({ name })).toMatchObject({ sid: made.sid, metadata: 'made' });
  expect((await api.listRooms([name, 'another'])).map((room) => room.name)).toEqual([name]);
  expect((await api.listRooms()).map((room) => room.name)).toContain(name);

  const alice = await join(name, 'alice');
  expect(alice.metadata).toBe('made');
  expect(await api.updateRoomMetadata(name, 'changed')).toMatchObject({
    metadata: 'changed',
    numParticipants: 1,
  });
  await waitFor('the new metadata', () => alice.metadata === 'changed');

  let reason: DisconnectReason | undefined;
  alice.on('disconnected', (why: DisconnectReason) => {
    reason = why;
  });
  await api.deleteRoom(name);
  await waitFor('alice being told', () => reason === DisconnectReason.ROOM_DELETED);
  expect(await api.listRooms([name])).toEqual([]);
});

test('participants are listed, renamed and removed', async () => {
  const name = freshRoom();
  const api = client();
  const alice = await join(name, 'alice', { metadata: 'before' });
  const bob = await join(name, 'bob', { attributes: { stays: 'yes', goes: 'soon' } });
  await participantOf(alice, 'bob');
  expect((await api.listParticipants(name)).map(({ identity }) => identity).sort()).toEqual(['alice', 'bob']);
  expect(await api.listParticipants('nowhere')).toEqual([]);
  expect(await api.getParticipant(name, 'alice')).toMatchObject({ identity: 'alice', metadata: 'before' });

  const attributes = { hand: 'raised', goes: '' };
  const updated = await api.updateParticipant(name, 'bob', { name: 'Robert', metadata: 'after', attributes });
  expect(updated).toMatchObject({ name: 'Robert', attributes: { stays: 'yes', hand: 'raised' } });
  const seen = await participantOf(alice, 'bob');
  await waitFor('the new name', () => seen.name === 'Robert' && seen.metadata === 'after');
  await waitFor('bob knowing it', () => me(bob).attributes.hand === 'raised');

  let reason: DisconnectReason | undefined;
  bob.on('disconnected', (why: DisconnectReason) => {
    reason = why;
  });
  await api.removeParticipant(name, 'bob');
  await waitFor('bob being told', () => reason === DisconnectReason.PARTICIPANT_REMOVED);
  await waitFor('alice seeing it', () => alice.remoteParticipants.size === 0);
  await expect(api.getParticipant(name, 'bob')).rejects.toMatchObject({ status: 404, code: 'not_found' });
});

test('a track is muted by the server, and not unmuted unless that is configured', async () => {
  const name = freshRoom();
  const api = client();
  const alice = await join(name, 'alice');
  const bob = await join(name, 'bob');
  const sent = tone(440);
  await sent.publish(alice);
  const track = await subscribedTrack(bob, 'alice', sent.name);
  const muted = await api.mutePublishedTrack(name, 'alice', track.sid ?? '', true);
  expect(muted).toMatchObject({ sid: track.sid, muted: true });
  await waitFor(
    'bob seeing it',
    () => bob.remoteParticipants.get('alice')?.trackPublications.get(track.sid ?? '')?.muted,
  );
  await waitFor('alice knowing it', () => [...me(alice).trackPublications.values()][0]?.muted);
  await expect(api.mutePublishedTrack(name, 'alice', track.sid ?? '', false)).rejects.toMatchObject({
    code: 'failed_precondition',
    message: 'remote unmute not enabled',
  });
});

test('who loses a permission loses tracks and subscriptions, and gets them back with it', async () => {
  const name = freshRoom();
  const api = client();
  let subscribed = 0;
  const alice = await join(name, 'alice');
  const bob = await join(name, 'bob', {
    prepare: (room) => room.on('trackSubscribed', () => (subscribed += 1)),
  });
  const sent = tone(440);
  await sent.publish(alice);
  await subscribedTrack(bob, 'alice', sent.name);
  await subscriptions(1);

  const everything = { canPublish: true, canSubscribe: true, canPublishData: true };
  await api.updateParticipant(name, 'bob', { permission: { ...everything, canSubscribe: false } });
  await subscriptions(0);
  await api.updateParticipant(name, 'bob', { permission: everything });
  await subscriptions(1);
  await waitFor('bob having the track again', () => subscribed === 2);

  const permission = new ParticipantPermission({ ...everything, canPublishSources: [TrackSource.CAMERA] });
  const { tracks } = await api.updateParticipant(name, 'alice', { permission });
  expect(tracks).toEqual([]);
  const seen = await participantOf(bob, 'alice');
  await waitFor('bob losing the publication', () => seen.trackPublications.size === 0);
});

test('subscriptions are changed by the server', async () => {
  const name = freshRoom();
  const api = client();
  let subscribed = 0;
  const alice = await join(name, 'alice');
  const bob = await join(name, 'bob', {
    prepare: (room) => room.on('trackSubscribed', () => (subscribed += 1)),
  });
  const sent = tone(440);
  await sent.publish(alice);
  const { sid = '' } = await subscribedTrack(bob, 'alice', sent.name);
  await api.updateSubscriptions(name, 'bob', [sid], false);
  await subscriptions(0);
  await api.updateSubscriptions(name, 'bob', [sid], true);
  await subscriptions(1);
  await waitFor('bob having the track again', () => subscribed === 2);
});

test('data reaches everybody, or those who are named', async () => {
  const name = freshRoom();
  const api = client();
  const got: string[] = [];
  const receive = (identity: string) =>
    join(name, identity, {
      prepare: (room) => {
        room.on(
          'dataReceived',
          (payload: Uint8Array, sender?: RemoteParticipant, _kind?: unknown, topic?: string) =>
            got.push(
              `${identity} ${Buffer.from(payload).toString()} ${topic ?? ''} ${sender?.identity ?? ''}`,
            ),
        );
      },
    });
  const alice = await receive('alice');
  await receive('bob');
  await participantOf(alice, 'bob');
  const { sid } = await api.getParticipant(name, 'bob');
  await api.sendData(name, Buffer.from('all'), DataPacket_Kind.RELIABLE, { topic: 'news' });
  await waitFor('both hearing it', () => got.length === 2);
  expect(got.sort()).toEqual(['alice all news ', 'bob all news ']);
  got.length = 0;
  await api.sendData(name, Buffer.from('one'), DataPacket_Kind.RELIABLE, {
    destinationIdentities: ['alice'],
  });
  await api.sendData(name, Buffer.from('two'), DataPacket_Kind.RELIABLE, { destinationSids: [sid] });
  await api.sendData(name, Buffer.from('last'), DataPacket_Kind.RELIABLE, {});
  await waitFor('all hearing the last', () => got.length === 4);
  expect(got.sort()).toEqual(['alice last  ', 'alice one  ', 'bob last  ', 'bob two  ']);
});

test('the server calls a method of a participant and gets what it returns, or its error', async () => {
  const name = freshRoom();
  const alice = await join(name, 'alice');
  me(alice).registerRpcMethod('greet', ({ payload }) => Promise.resolve(`Hello, ${payload}!`));
  await waitFor('alice being active', async () => {
    const { state } = await client().getParticipant(name, 'alice');
    return state === ParticipantInfo_State.ACTIVE;
  });
  const call = async (method: string) => {
    const response = await fetch(`${server().url}/twirp/livekit.RoomService/PerformRpc`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await server().token({ grant: { roomAdmin: true, room: name } })}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ room: name, destination_identity: 'alice', method, payload: 'Bob' }),
    });
    return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
  };
  expect(await call('greet')).toEqual({ status: 200, answer: { payload: 'Hello, Bob!' } });
  expect(await call('nothing')).toMatchObject({
    status: 400,
    answer: { code: 'invalid_argument', msg: 'RpcError 1400: Method not supported at destination' },
  });
});

test('forwarding and moving participants are refused as not implemented, as by LiveKit', async () => {
  const name = freshRoom();
  const refusal = { status: 501, code: 'unimplemented' };
  await expect(client().forwardParticipant(name, 'alice', 'other')).rejects.toMatchObject(refusal);
  await expect(client().moveParticipant(name, 'alice', 'other')).rejects.toMatchObject(refusal);
});

test('a wrong secret, a missing grant and another room are refused with 401', async () => {
  const name = freshRoom();
  const refusal = { status: 401, code: 'unauthenticated' };
  await expect(new RoomServiceClient(server().url, API_KEY, 'wrong').listRooms()).rejects.toMatchObject(
    refusal,
  );
  const token = await server().token({ grant: { roomAdmin: true, room: 'other' } });
  const other = new RoomServiceClient(server().url, undefined, undefined, { token });
  await expect(other.listParticipants(name)).rejects.toMatchObject(refusal);
  await expect(other.createRoom({ name })).rejects.toMatchObject(refusal);
});
