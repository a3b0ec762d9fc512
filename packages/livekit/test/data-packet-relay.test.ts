import type { PartialMessage } from '@bufbuild/protobuf';
import { DataPacket, DataPacket_Kind } from '@livekit/protocol';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FakeClient } from './support/harness.js';
import { Harness } from './support/harness.js';

/** A client with both of its channels open: says what it gets, and sends. */
class Peer {
  readonly client: FakeClient;
  readonly #reliable;
  readonly #lossy;

  constructor(client: FakeClient) {
    this.client = client;
    client.transport?.setState('connected');
    this.#reliable = client.transport?.openChannel('_reliable');
    this.#lossy = client.transport?.openChannel('_lossy');
  }

  get sid(): string {
    return this.client.last('join').participant?.sid ?? '';
  }

  send(packet: PartialMessage<DataPacket>, kind: 'reliable' | 'lossy' = 'reliable'): void {
    this.sendBytes(new DataPacket(packet).toBinary(), kind);
  }

  sendBytes(payload: Uint8Array, kind: 'reliable' | 'lossy' = 'reliable'): void {
    const opened = kind === 'reliable' ? this.#reliable : this.#lossy;
    if (opened) this.client.transport?.observer.onMessage(opened.channel, payload, true);
  }

  /** What came since the last call. */
  take(kind: 'reliable' | 'lossy' = 'reliable'): DataPacket[] {
    return this.takeBytes(kind).map((bytes) => DataPacket.fromBinary(bytes));
  }

  takeBytes(kind: 'reliable' | 'lossy' = 'reliable'): Uint8Array[] {
    return (kind === 'reliable' ? this.#reliable : this.#lossy)?.sent.splice(0) ?? [];
  }
}

const HELLO = { case: 'user', value: { payload: new TextEncoder().encode('hello'), topic: 't' } } as const;

describe('data packets', () => {
  async function three(harness = new Harness()) {
    const [alice, bob, carol] = [
      await harness.join('alice'),
      await harness.join('bob'),
      await harness.join('carol'),
    ];
    return { harness, alice: new Peer(alice), bob: new Peer(bob), carol: new Peer(carol) };
  }

  test('go to everybody else over the channel of their kind', async () => {
    const { alice, bob, carol } = await three();
    alice.send({ value: HELLO });
    alice.send({ value: HELLO }, 'lossy');
    for (const other of [bob, carol]) {
      expect(other.take('reliable')).toMatchObject([{ kind: DataPacket_Kind.RELIABLE, value: HELLO }]);
      expect(other.take('lossy')).toMatchObject([{ kind: DataPacket_Kind.LOSSY }]);
    }
    expect(alice.take()).toEqual([]);
  });

  test('are the same bytes for every receiver', async () => {
    const { alice, bob, carol } = await three();
    alice.send({ value: HELLO });
    expect(bob.takeBytes()[0]).toBe(carol.takeBytes()[0]);
  });

  test('bear the name of their sender, whatever they claim', async () => {
    const { alice, bob } = await three();
    alice.send({
      kind: DataPacket_Kind.LOSSY,
      participantIdentity: 'carol',
      participantSid: 'PA_carol',
      value: {
        case: 'user',
        value: { ...HELLO.value, participantIdentity: 'carol', participantSid: 'PA_carol' },
      },
    });
    expect(bob.take()).toMatchObject([
      {
        kind: DataPacket_Kind.RELIABLE,
        participantIdentity: 'alice',
        participantSid: alice.sid,
        value: { value: { participantIdentity: 'alice', participantSid: alice.sid } },
      },
    ]);
  });

  test('go to those only whom they name, by identity or as older clients do', async () => {
    const { alice, bob, carol } = await three();
    alice.send({ destinationIdentities: ['bob', 'nobody'], value: HELLO });
    alice.send({ value: { case: 'user', value: { ...HELLO.value, destinationIdentities: ['bob'] } } });
    alice.send({ value: { case: 'user', value: { ...HELLO.value, destinationSids: [bob.sid] } } });
    alice.send({ value: { case: 'user', value: { ...HELLO.value, destinationSids: ['PA_nobody'] } } });
    expect(bob.take()).toHaveLength(3);
    expect(carol.take()).toEqual([]);
  });

  test('reliable ones that come again are dropped, by their number', async () => {
    const { alice, bob, harness } = await three();
    for (const sequence of [1, 2, 2, 1, 3]) alice.send({ sequence, value: HELLO });
    expect(bob.take().map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    alice.send({ sequence: 1, value: HELLO }, 'lossy');
    expect(bob.take('lossy')).toHaveLength(1);
    expect(harness.service.metrics()).toMatchObject({ drops: { 'data-outdated': 2 }, dataPackets: 4 });
  });

  test('keep what they carry, known or not', async () => {
    const { alice, bob } = await three();
    const chat = { case: 'chatMessage', value: { id: '1', message: 'hi', timestamp: 5n } } as const;
    const unknownField = Uint8Array.of(0xfa, 0x3f, 1, 42);
    alice.sendBytes(Uint8Array.of(...new DataPacket({ value: chat }).toBinary(), ...unknownField));
    const [bytes] = bob.takeBytes();
    expect(Buffer.from(bytes ?? []).includes(Buffer.from(unknownField))).toBe(true);
    expect(DataPacket.fromBinary(bytes ?? new Uint8Array()).value).toMatchObject(chat);
  });

  test('of kinds that are not for others are not passed on', async () => {
    const { alice, bob, harness } = await three();
    alice.send({
      value: { case: 'speaker', value: { speakers: [{ sid: 'PA_x', level: 1, active: true }] } },
    });
    alice.send({ value: { case: 'metrics', value: {} } });
    alice.send({ value: { case: 'transcription', value: { segments: [{ text: 'lies' }] } } });
    alice.send({});
    expect(bob.take()).toEqual([]);
    expect(harness.service.metrics().drops['data-refused']).toBe(4);
  });

  test('transcripts are taken from agents', async () => {
    const harness = new Harness();
    const agent = new Peer(await harness.join('agent', { kind: 'agent' }));
    const bob = new Peer(await harness.join('bob'));
    agent.send({ value: { case: 'transcription', value: { segments: [{ text: 'hello' }] } } });
    expect(bob.take()).toHaveLength(1);
  });

  test('come in the name of others from agents that speak for them, and from nobody else', async () => {
    const harness = new Harness();
    const agent = new Peer(await harness.join('agent', { kind: 'agent' }));
    const alice = new Peer(await harness.join('alice'));
    const bob = new Peer(await harness.join('bob'));
    const text = { case: 'streamHeader', value: { streamId: 's', topic: 'lk.transcription' } } as const;
    agent.send({ value: text, participantIdentity: 'alice' });
    agent.send({ value: text, participantIdentity: 'nobody' });
    agent.send({ value: HELLO, participantIdentity: 'alice' });
    alice.send({ value: text, participantIdentity: 'bob' });
    const senders = bob.take().map(({ participantIdentity }) => participantIdentity);
    expect(senders).toEqual(['alice', 'agent', 'agent', 'alice']);
  });

  test('of who may not send data are refused', async () => {
    const harness = new Harness();
    const alice = new Peer(await harness.join('alice', { video: { canPublishData: false } }));
    const bob = new Peer(await harness.join('bob'));
    alice.send({ value: HELLO });
    expect(bob.take()).toEqual([]);
    expect(harness.service.metrics().drops['data-refused']).toBe(1);
  });

  test('that are malformed are counted, and throw nothing', async () => {
    const { alice, bob, harness } = await three();
    alice.sendBytes(Uint8Array.of(0xff, 0xff));
    expect(harness.service.metrics().drops['data-malformed']).toBe(1);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        alice.sendBytes(bytes);
        alice.sendBytes(bytes, 'lossy');
      }),
      { seed: 4, numRuns: 500 },
    );
    bob.take();
    alice.send({ value: HELLO }, 'lossy');
    expect(bob.take('lossy').at(-1)?.value).toMatchObject(HELLO);
  });

  test('beyond a rate are dropped', async () => {
    const { alice, bob, harness } = await three();
    for (let count = 0; count < 6100; count++) alice.send({ value: HELLO }, 'lossy');
    expect(bob.take('lossy')).toHaveLength(6000);
    expect(harness.service.metrics().drops['data-flood']).toBe(100);
    harness.now += 1000;
    alice.send({ value: HELLO }, 'lossy');
    expect(bob.take('lossy')).toHaveLength(1);
  });

  test('with many values count as several', async () => {
    const { alice, bob, harness } = await three();
    const destinationIdentities = ['bob', ...Array.from({ length: 60_000 }, () => '')];
    for (let count = 0; count < 15; count++) alice.send({ value: HELLO, destinationIdentities }, 'lossy');
    expect(bob.take('lossy').length).toBeLessThan(10);
    expect(harness.service.metrics().drops['data-flood']).toBeGreaterThan(5);
  });

  test('are limited by what they cost: once for each receiver and each 1,100 bytes', async () => {
    const limits = { rooms: 1, participantsPerRoom: 10, dataPacketsPerSecond: 100 };
    const { alice, bob, carol, harness } = await three(new Harness(limits));
    const value = { case: 'user', value: { payload: new Uint8Array(2_000) } } as const;
    for (let count = 0; count < 200; count++) alice.send({ value }, 'lossy');
    expect(bob.take('lossy')).toHaveLength(125);
    expect(harness.service.metrics().drops['data-flood']).toBe(75);
    // Others are not limited with her, and to one of them costs less than to all.
    for (let count = 0; count < 250; count++) bob.send({ value, destinationIdentities: ['carol'] }, 'lossy');
    expect(carol.take('lossy')).toHaveLength(125 + 250);
  });

  test('that cost more than may go out at once get through where nothing else was sent', async () => {
    const limits = { rooms: 1, participantsPerRoom: 10, dataPacketsPerSecond: 100 };
    const { alice, bob, harness } = await three(new Harness(limits));
    const value = { case: 'user', value: { payload: new Uint8Array(300_000) } } as const;
    alice.send({ value });
    alice.send({ value });
    expect(bob.take()).toHaveLength(1);
    expect(harness.service.metrics().drops['data-flood']).toBe(1);
    harness.now += 5_000;
    alice.send({ value });
    expect(bob.take()).toHaveLength(1);
  });

  test.each([100, 10_000_000])('may cost %i a second, and five times as many at once', async (rate) => {
    const limits = { rooms: 1, participantsPerRoom: 10, dataPacketsPerSecond: rate };
    const { alice, bob } = await three(new Harness(limits));
    const value = { case: 'user', value: { payload: new Uint8Array(1) } } as const;
    // Of the greatest value, as many as one may send at all.
    for (let count = 0; count < 6_000; count++) alice.send({ value }, 'lossy');
    expect(bob.take('lossy')).toHaveLength(Math.min((5 * rate) / 2, 6_000));
  });

  test('on channels with other names are ignored', async () => {
    const { alice, bob, harness } = await three();
    const opened = alice.client.transport?.openChannel('_data_track');
    if (opened) alice.client.transport?.observer.onMessage(opened.channel, Uint8Array.of(1, 2), true);
    expect(bob.take()).toEqual([]);
    expect(bob.take('lossy')).toEqual([]);
    expect(harness.service.metrics().drops).toMatchObject({ 'data-malformed': 0, 'data-unsupported': 1 });
  });
});
