import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildChunk, ChunkType, parseChunks } from '../../src/sctp/chunks.js';
import { writeDataChunk } from '../../src/sctp/data-chunk.js';
import type { DataChunk } from '../../src/sctp/data-chunk.js';
import { buildAbort } from '../../src/sctp/error-causes.js';
import { buildInit } from '../../src/sctp/init-chunk.js';
import { sealPacket, verificationTagOf } from '../../src/sctp/packet.js';
import { parseSack } from '../../src/sctp/sack-chunk.js';
import { Network, pattern, seededRandom } from './network.js';
import { chunkTypes, packetOf } from './packets.js';

/** A connected network that has carried a little of everything, and kept the packets. */
function connected(seed = 1): Network {
  const network = new Network({ seed, record: true }).connect();
  const channel = network.client.association.open({ label: 'c' });
  const partial = network.client.association.open({ label: 'p', ordered: false, maxRetransmits: 0 });
  network.run(200);
  channel.send(pattern(3000, 1), true);
  network.options.loss = 0.3;
  for (let index = 0; index < 10; index++) partial.send(pattern(900, index), true);
  network.run(3000);
  network.options.loss = 0;
  partial.close();
  network.run(40_000);
  return network;
}

/** Whether the association still carries messages both ways. */
function works(network: Network): boolean {
  const { client, server } = network;
  const before = [client.messages.length, server.messages.length];
  client.association.open({ label: 'check' }).send(pattern(10, 0), true);
  server.association.open({ label: 'check' }).send(pattern(10, 0), true);
  network.run(5000);
  return client.messages.length === before[0]! + 1 && server.messages.length === before[1]! + 1;
}

function dataChunk(change: Partial<DataChunk>): Uint8Array {
  const out = new Uint8Array(64);
  const data = {
    tsn: 0,
    streamId: 0,
    ssn: 0,
    ppid: 53,
    begin: true,
    end: true,
    unordered: false,
    immediate: false,
    payload: Uint8Array.of(1),
    ...change,
  };
  return out.slice(0, writeDataChunk(out, 0, data));
}

describe('malformed input', () => {
  it('of random bytes changes nothing', () => {
    const network = connected();
    const { server } = network;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        server.association.receive(bytes, network.now);
      }),
      { seed: 8, numRuns: 500 },
    );
    expect(server.association.counters.malformed).toBe(500);
    expect(works(network)).toBe(true);
  });

  it('of random chunks under a wrong tag changes nothing', () => {
    const network = connected();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), fc.uint8Array({ maxLength: 60 }), (type, value) => {
        const packet = packetOf((network.clientTag + 1) >>> 0, buildChunk(type, 0, value));
        network.server.association.receive(packet, network.now);
      }),
      { seed: 9, numRuns: 500 },
    );
    expect(works(network)).toBe(true);
  });

  it.each([1, 2, 3])('of real packets with bytes changed never throws (seed %i)', (seed) => {
    const random = seededRandom(seed);
    const uint = (below: number): number => Math.floor(random() * below);
    const { packets } = connected(seed);
    let network = connected(seed);
    for (let round = 0; round < 1500; round++) {
      const packet = packets[uint(packets.length)]!.slice(0, 1180);
      for (let change = uint(4); change >= 0; change--) packet[12 + uint(packet.length - 12)] = uint(256);
      const cut = uint(5) === 0 ? 12 + uint(packet.length - 12) : packet.length;
      const to = uint(2) === 0 ? network.client : network.server;
      sealPacket(packet, cut, to === network.server ? network.clientTag : verificationTagOf(packet));
      to.association.receive(packet.subarray(0, cut), network.now);
      network.run(uint(50));
      if (to.association.state !== 'connected') {
        expect(['protocol-error', 'aborted', 'shutdown', undefined]).toContain(to.closeReason);
        network = connected(seed);
      }
    }
  });

  it.each([
    ['a SACK of what was never sent', buildChunk(ChunkType.Sack, 0, new Uint8Array(12).fill(0x7f))],
    ['a short SACK', buildChunk(ChunkType.Sack, 0, new Uint8Array(4))],
    ['a short DATA', buildChunk(ChunkType.Data, 3, new Uint8Array(11))],
    ['a FORWARD TSN of odd length', buildChunk(ChunkType.ForwardTsn, 0, new Uint8Array(5))],
    ['a RE-CONFIG with a broken parameter', buildChunk(ChunkType.ReConfig, 0, Uint8Array.of(0, 13, 0, 99))],
    ['a second COOKIE ACK', buildChunk(ChunkType.CookieAck, 0)],
    ['an INIT ACK out of turn', buildChunk(ChunkType.InitAck, 0, new Uint8Array(16))],
    ['a SHUTDOWN ACK out of turn', buildChunk(ChunkType.ShutdownAck, 0)],
    ['a SHUTDOWN COMPLETE out of turn', buildChunk(ChunkType.ShutdownComplete, 0)],
    ['an answer to no heartbeat', buildChunk(ChunkType.HeartbeatAck, 0, new Uint8Array(8))],
    ['an ERROR', buildChunk(ChunkType.Error, 0, Uint8Array.of(0, 3, 0, 4))],
    ['a message on a stream without a channel', dataChunk({ streamId: 77 })],
  ])('such as %s is counted and survived', (_name, chunk) => {
    const network = connected();
    const { server } = network;
    const { counters } = server.association;
    const before = counters.malformed + counters.unexpected + counters.duplicates;
    server.association.receive(packetOf(network.clientTag, chunk), network.now);
    expect(counters.malformed + counters.unexpected + counters.duplicates).toBe(before + 1);
    expect(works(network)).toBe(true);
  });

  it('such as DATA without data ends the association', () => {
    const network = connected();
    network.server.association.receive(
      packetOf(network.clientTag, dataChunk({ payload: new Uint8Array(0) })),
      network.now,
    );
    expect(network.server.closeReason).toBe('protocol-error');
    network.run(100);
    expect(network.client.closeReason).toBe('aborted');
  });

  it.each([
    [0x3f, false, false],
    [0x7f, false, true],
    [0xbf, true, false],
    [0xff, true, true],
  ])(
    'such as chunk type %i is skipped (%s) and reported (%s) as its high bits say',
    (type, goesOn, reported) => {
      const network = connected();
      const { packets, clientTag } = network;
      const heartbeat = buildChunk(ChunkType.Heartbeat, 0, Uint8Array.of(0, 1, 0, 4));
      packets.length = 0;
      network.server.association.receive(packetOf(clientTag, buildChunk(type, 0), heartbeat), network.now);
      network.run(5);
      const answers = packets.flatMap(chunkTypes);
      expect(answers.includes(ChunkType.HeartbeatAck)).toBe(goesOn);
      expect(answers.includes(ChunkType.Error)).toBe(reported);
      expect(works(network)).toBe(true);
    },
  );

  it('such as an ABORT is heard under our tag, or under its own when it says so', () => {
    const abort = buildAbort(12);
    const reflected = buildChunk(ChunkType.Abort, 1);
    const first = connected();
    const second = connected();
    const serverTag = verificationTagOf(
      second.packets.filter((packet) => verificationTagOf(packet) !== second.clientTag).at(-1)!,
    );
    first.server.association.receive(packetOf(first.clientTag + 1, abort), 0);
    first.server.association.receive(packetOf(first.clientTag, reflected), 0);
    expect(first.server.closeReason).toBeUndefined();
    first.server.association.receive(packetOf(first.clientTag, abort), 0);
    second.server.association.receive(packetOf(serverTag, reflected), 0);
    expect([first.server.closeReason, second.server.closeReason]).toEqual(['aborted', 'aborted']);
  });

  it('such as data that never closes a gap is held up to the window, which the peer is told', () => {
    const network = new Network({ record: true }, { random: () => 1 }).connect();
    const { server, clientTag, packets } = network;
    const payload = new Uint8Array(60_000);
    const large = (tsn: number): Uint8Array => {
      const out = new Uint8Array(60_100);
      const data = { streamId: 0, ssn: 1, ppid: 53, unordered: false, immediate: false };
      return out.slice(0, writeDataChunk(out, 0, { tsn, begin: true, end: false, payload, ...data }));
    };
    for (let index = 0; index < 100; index++) {
      server.association.receive(packetOf(clientTag, large(3 + 2 * index)), network.now);
    }
    network.run(5);
    const sacks = packets.filter((packet) => chunkTypes(packet)[0] === ChunkType.Sack);
    const sack = parseSack(parseChunks(sacks.at(-1)!)![0]!)!;
    expect(sack.window).toBe(0);
    expect(sack.gaps.length / 2).toBe(Math.ceil((2 << 20) / 60_064));
    expect(server.association.counters.unexpected).toBe(100 - sack.gaps.length / 2);
  });

  it('such as a flood of requests is answered in part', () => {
    const network = connected();
    const { packets, clientTag } = network;
    const heartbeat = buildChunk(ChunkType.Heartbeat, 0, new Uint8Array(1000));
    const init = buildInit({
      tag: 5,
      window: 100_000,
      outgoingStreams: 1,
      incomingStreams: 1,
      initialTsn: 1,
      cookie: undefined,
    });
    for (let index = 0; index < 1000; index++) {
      network.server.association.receive(packetOf(clientTag, heartbeat), network.now);
      network.server.association.receive(packetOf(0, init), network.now);
    }
    packets.length = 0;
    network.run(5);
    expect(packets.length).toBeLessThan(100);
    expect(works(network)).toBe(true);
  });
});
