import { randomBytes } from 'node:crypto';
import { DataPacketKind, type RemoteParticipant, type Room, RpcError } from '@livekit/rtc-node';
import { expect, test } from 'vitest';
import { freshRoom, me, participantOf, useParticipants } from '../support/participants.js';
import { useServer } from '../support/server.js';
import { pause, waitFor } from '../support/wait.js';

interface ReceivedData {
  payload: Uint8Array;
  from: string | undefined;
  kind: DataPacketKind | undefined;
  topic: string | undefined;
}

const server = useServer();
const join = useParticipants(server);

/** Joins alice, bob and carol, who see each other, and collects what each is sent. */
async function threeParticipants(): Promise<
  Record<'alice' | 'bob' | 'carol', { room: Room; received: ReceivedData[] }>
> {
  const roomName = freshRoom();
  const joined = async (identity: string) => {
    const received: ReceivedData[] = [];
    const room = await join(roomName, identity, {
      prepare: (connecting) =>
        connecting.on(
          'dataReceived',
          (payload: Uint8Array, from?: RemoteParticipant, kind?, topic?: string) =>
            received.push({ payload, from: from?.identity, kind, topic }),
        ),
    });
    return { room, received };
  };
  const [alice, bob, carol] = await Promise.all([joined('alice'), joined('bob'), joined('carol')]);
  await Promise.all(
    [alice, bob, carol].map(({ room }) =>
      waitFor('the two others', () => room.remoteParticipants.size === 2),
    ),
  );
  return { alice, bob, carol };
}

function text(payload: Uint8Array): string {
  return new TextDecoder().decode(payload);
}

test('200 reliable packets arrive at everyone else, in order and unchanged', async () => {
  const { alice, bob, carol } = await threeParticipants();
  const sent = Array.from({ length: 200 }, (_, i) => `message ${i}`);
  for (const message of sent) {
    await me(alice.room).publishData(new TextEncoder().encode(message), { reliable: true, topic: 'numbers' });
  }

  for (const { received } of [bob, carol]) {
    await waitFor('200 packets', () => received.length >= sent.length);
    expect(received.map(({ payload }) => text(payload))).toEqual(sent);
    expect(received[0]).toMatchObject({
      from: 'alice',
      topic: 'numbers',
      kind: DataPacketKind.KIND_RELIABLE,
    });
  }
  expect(alice.received).toEqual([]);
});

test('a reliable packet of 15,000 bytes arrives whole', async () => {
  const { alice, bob } = await threeParticipants();
  const payload = randomBytes(15_000);
  await me(alice.room).publishData(payload, { reliable: true });

  await waitFor('the packet', () => bob.received.length === 1);
  expect(Buffer.from(bob.received[0]!.payload).equals(payload)).toBe(true);
});

test('lossy packets arrive, each at most once', async () => {
  const { alice, bob } = await threeParticipants();
  for (let i = 0; i < 100; i += 1) {
    await me(alice.room).publishData(new Uint8Array([i]), { reliable: false });
    await pause(5);
  }

  await waitFor('most of the packets', () => bob.received.length >= 90);
  const numbers = bob.received.map(({ payload }) => payload[0]);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(bob.received[0]?.kind).toBe(DataPacketKind.KIND_LOSSY);
});

test('a packet for one identity reaches nobody else', async () => {
  const { alice, bob, carol } = await threeParticipants();
  await me(alice.room).publishData(new TextEncoder().encode('for carol'), {
    reliable: true,
    destination_identities: ['carol'],
  });
  await me(alice.room).publishData(new TextEncoder().encode('for all'), { reliable: true });

  await waitFor('the packet for all', () => bob.received.length > 0 && carol.received.length > 1);
  expect(bob.received.map(({ payload }) => text(payload))).toEqual(['for all']);
  expect(carol.received.map(({ payload }) => text(payload))).toEqual(['for carol', 'for all']);
});

test('who may not publish data is not heard', async () => {
  const roomName = freshRoom();
  const received: string[] = [];
  const listener = await join(roomName, 'listener', {
    prepare: (room) =>
      room.on('dataReceived', (_, from?: RemoteParticipant) => received.push(from?.identity ?? '')),
  });
  const silent = await join(roomName, 'silent', { grant: { canPublishData: false } });
  const loud = await join(roomName, 'loud');
  await Promise.all([participantOf(listener, 'silent'), participantOf(listener, 'loud')]);

  // Some clients refuse by themselves; what counts is that nothing arrives.
  await me(silent)
    .publishData(new Uint8Array([1]), { reliable: true })
    .catch(() => undefined);
  await me(loud).publishData(new Uint8Array([2]), { reliable: true });

  await waitFor('the allowed packet', () => received.length > 0);
  expect(received).toEqual(['loud']);
});

test('a text longer than one packet arrives as it was sent', async () => {
  const { alice, bob } = await threeParticipants();
  const long = Array.from({ length: 4_000 }, (_, i) => `line ${i} ümläut 😀`).join('\n');
  const arrived = new Promise<{ text: string; from: string }>((resolve, reject) => {
    bob.room.registerTextStreamHandler('lk.chat', (reader, { identity }) => {
      reader.readAll().then((whole) => resolve({ text: whole, from: identity }), reject);
    });
  });

  await me(alice.room).sendText(long, { topic: 'lk.chat' });

  const { text: heard, from } = await arrived;
  expect(from).toBe('alice');
  expect(heard === long).toBe(true);
});

test('a remote procedure call is answered, and its error comes back', async () => {
  const { alice, bob } = await threeParticipants();
  me(bob.room).registerRpcMethod('greet', (call) =>
    Promise.resolve(`Hello, ${call.callerIdentity}: ${call.payload}`),
  );
  me(bob.room).registerRpcMethod('fail', () => Promise.reject(new RpcError(101, 'refused')));

  const answer = await me(alice.room).performRpc({
    destinationIdentity: 'bob',
    method: 'greet',
    payload: 'hi',
  });
  expect(answer).toBe('Hello, alice: hi');
  await expect(
    me(alice.room).performRpc({ destinationIdentity: 'bob', method: 'fail', payload: '' }),
  ).rejects.toMatchObject({ code: 101, message: 'refused' });
});
