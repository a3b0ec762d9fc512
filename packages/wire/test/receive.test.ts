import { afterEach, describe, expect, it } from 'vitest';
import {
  NO_SESSION,
  RX_TWO_BYTE_EXTENSIONS,
  RxKind,
  SRTP_AES128_CM_SHA1_80,
  SRTP_AEAD_AES_128_GCM,
  TxKind,
} from '../src/index.js';
import { type Pair, Peer, connectPair, hex, rtp, seededRandom } from './peer.js';
import { Relay } from './relay.js';

const STUN = hex('0001 0000 2112a442 000102030405060708090a0b');
const RTCP = hex('80c90001 0badcafe');

let pair: Pair | undefined;
let relay: Relay | undefined;
afterEach(() => {
  pair?.close();
  relay?.close();
  pair = relay = undefined;
});

async function connectThroughRelay(
  profile: typeof SRTP_AEAD_AES_128_GCM | typeof SRTP_AES128_CM_SHA1_80,
): Promise<{
  pair: Pair;
  relay: Relay;
}> {
  pair = await connectPair({
    clientProfiles: [profile],
    relayPorts: async (clientPort, serverPort) => {
      relay = await Relay.start(clientPort, serverPort);
      return relay.ports;
    },
  });
  if (relay === undefined) throw new Error('no relay');
  return { pair, relay };
}

describe('received RTP', () => {
  it('is told with its header fields, extension and payload', async () => {
    pair = await connectPair();
    const { client, server, clientSession, serverSession } = pair;
    client.send(
      TxKind.RTP_SCRATCH,
      clientSession,
      hex('91ef fffe 89abcdef deadbeef 00000001 bede0001 51aa0000 0102030405'),
    );
    client.send(TxKind.RTP_SCRATCH, clientSession, hex('9060 ffff 00000000 deadbeef 10000001 01020304'));
    await server.until(() => server.ofKind(RxKind.RTP).length === 2);
    const [first, second] = server.ofKind(RxKind.RTP);
    expect(first).toMatchObject({
      session: serverSession,
      ssrc: 0xdead_beef,
      sequence: 0xfffe | (111 << 16) | (1 << 23),
      timestamp: 0x89ab_cdef,
      extension: hex('51aa0000'),
      payload: hex('0102030405'),
      flags: 0,
    });
    expect(first?.bytes).toEqual(hex('91ef fffe 89abcdef deadbeef 00000001 bede0001 51aa0000 0102030405'));
    expect(second).toMatchObject({ extension: hex('01020304'), flags: RX_TWO_BYTE_EXTENSIONS });
    expect(second?.payload).toHaveLength(0);
  });

  it('comes without its padding, and is dropped if the padding is malformed', async () => {
    pair = await connectPair();
    const { client, server, clientSession } = pair;
    client.send(TxKind.RTP_SCRATCH, clientSession, hex('a060 0001 00000000 00000001 aabb 000003'));
    client.send(TxKind.RTP_SCRATCH, clientSession, hex('a060 0002 00000000 00000001 000003'));
    client.send(TxKind.RTP_SCRATCH, clientSession, hex('a060 0003 00000000 00000001 000004'));
    client.send(TxKind.RTP_SCRATCH, clientSession, hex('a060 0004 00000000 00000001 000000'));
    client.send(TxKind.RTP_SCRATCH, clientSession, hex('a060 0005 00000000 00000001'));
    client.send(TxKind.RTP_SCRATCH, clientSession, rtp(6, Uint8Array.of(6)));
    await server.until(() => server.ofKind(RxKind.RTP).length === 3);
    expect(server.ofKind(RxKind.RTP).map((packet) => [...packet.payload])).toEqual([[0xaa, 0xbb], [], [6]]);
    expect(server.wire.counters().droppedMalformed).toBe(3);
  });

  it.each([
    ['AES-GCM', SRTP_AEAD_AES_128_GCM],
    ['AES-CM', SRTP_AES128_CM_SHA1_80],
  ] as const)('is dropped and counted when replayed or changed on the way, with %s', async (_, profile) => {
    const { pair, relay } = await connectThroughRelay(profile);
    const { client, server, clientSession } = pair;
    relay.onTowardsServer = (packet) => {
      const changed = Uint8Array.from(packet);
      changed[changed.length - 1]! ^= 1;
      return [changed, packet, packet];
    };
    client.send(TxKind.RTP_SCRATCH, clientSession, rtp(100, Uint8Array.of(1)));
    await server.until(() => server.ofKind(RxKind.RTP).length === 1);
    client.send(TxKind.RTCP, clientSession, RTCP);
    await server.until(() => server.ofKind(RxKind.RTCP).length === 1);
    relay.onTowardsServer = (packet) => [packet];
    client.send(TxKind.RTP_SCRATCH, clientSession, rtp(101, Uint8Array.of(2)));
    await server.until(() => server.ofKind(RxKind.RTP).length === 2);
    expect(server.wire.counters()).toMatchObject({
      droppedAuthentication: 2,
      droppedReplay: 2,
      droppedMalformed: 0,
    });
    expect(server.ofKind(RxKind.RTCP)).toHaveLength(1);
  });

  it('is followed over the rollover of the sequence number, late packets included', async () => {
    pair = await connectPair();
    const { client, server, clientSession } = pair;
    const sequences = [65_530, 65_534, 65_535, 1, 65_533, 0, 10, 65_531, 70];
    for (const [i, sequence] of sequences.entries()) {
      client.send(TxKind.RTP_SCRATCH, clientSession, rtp(sequence, Uint8Array.of(i)));
    }
    await server.until(() => server.ofKind(RxKind.RTP).length === sequences.length);
    expect(server.ofKind(RxKind.RTP).map((packet) => [packet.sequence & 0xffff, packet.payload[0]])).toEqual(
      sequences.map((sequence, i) => [sequence, i]),
    );
    expect(server.wire.counters().droppedAuthentication).toBe(0);
  });

  it('of more SSRCs than a session may have is dropped', async () => {
    pair = await connectPair();
    const { client, server, clientSession } = pair;
    for (let ssrc = 0; ssrc < 1024; ssrc++) {
      client.send(TxKind.RTP_SCRATCH, clientSession, rtp(1, Uint8Array.of(1), ssrc));
    }
    client.send(TxKind.RTP_SCRATCH, clientSession, rtp(1, Uint8Array.of(1), 5000));
    client.send(TxKind.RTP_SCRATCH, clientSession, rtp(2, Uint8Array.of(2), 7));
    await server.until(() => server.ofKind(RxKind.RTP).length === 1025);
    expect(server.wire.counters().droppedTooManySsrcs).toBe(1);
  });
});

describe('received datagrams', () => {
  it('of STUN come from any address, with the session if the address is its path', async () => {
    pair = await connectPair();
    const { client, server, serverSession } = pair;
    const stranger = new Peer();
    stranger.sendRaw(stranger.wire.pathTo('127.0.0.1', server.wire.port), STUN);
    await server.until(() => server.ofKind(RxKind.STUN).length === 1);
    client.sendRaw(client.wire.pathTo('127.0.0.1', server.wire.port), STUN);
    await server.until(() => server.ofKind(RxKind.STUN).length === 2);
    const [fromStranger, fromClient] = server.ofKind(RxKind.STUN);
    expect(fromStranger).toMatchObject({ session: NO_SESSION, bytes: STUN });
    expect(fromClient).toMatchObject({ session: serverSession, bytes: STUN });

    // The answer goes back over the path that was told, and leaves from the address that was asked.
    if (fromStranger === undefined) throw new Error('no packet');
    server.sendRaw(fromStranger.path, STUN);
    await stranger.until(() => stranger.ofKind(RxKind.STUN).length === 1);
    const answer = stranger.ofKind(RxKind.STUN)[0]?.path;
    expect(answer?.[1]).toBe(server.wire.port);
    expect([...new Uint8Array(fromStranger.path.buffer, fromStranger.path.byteOffset + 24, 4)]).toEqual([
      127, 0, 0, 1,
    ]);
    stranger.wire.close();
  });

  it('of anything else from a stranger are dropped', async () => {
    pair = await connectPair();
    const { server } = pair;
    const stranger = new Peer();
    const path = stranger.wire.pathTo('127.0.0.1', server.wire.port);
    stranger.sendRaw(path, rtp(1, new Uint8Array(20)));
    stranger.sendRaw(path, hex('16fefd000000000000000000000000'));
    stranger.sendRaw(path, RTCP);
    stranger.sendRaw(path, hex('05'));
    stranger.sendRaw(path, new Uint8Array(0));
    stranger.sendRaw(path, STUN);
    await server.until(() => server.ofKind(RxKind.STUN).length === 1);
    expect(server.wire.counters()).toMatchObject({ droppedUnknownAddress: 3, droppedMalformed: 2 });
    stranger.wire.close();
  });

  it('longer than a slot are dropped', async () => {
    const server = new Peer();
    relay = await Relay.start(0, server.wire.port);
    relay.sendToServer(new Uint8Array(1537));
    relay.sendToServer(STUN);
    await server.until(() => server.ofKind(RxKind.STUN).length === 1);
    expect(server.wire.counters()).toMatchObject({
      droppedTooLong: 1,
      packetsReceived: 2,
      bytesReceived: 1557,
    });
    server.wire.close();
  });

  it('of 20,000 random kinds from a stranger and from a peer are all accounted for', async () => {
    const { pair, relay } = await connectThroughRelay(SRTP_AEAD_AES_128_GCM);
    const { client, server, clientSession } = pair;
    const stranger = await Relay.start(0, server.wire.port);
    const random = seededRandom(7);
    const firstBytes = [0, 1, 20, 22, 23, 63, 64, 128, 144, 191, 192, 255];
    const before = server.wire.counters();
    const states = server.ofKind(RxKind.STATE).length;
    let marks = 0;
    for (let i = 0; i < 20_000; i++) {
      const packet = Uint8Array.from({ length: Math.floor(random() * 200) }, () => random() * 256);
      if (packet.length > 0 && random() < 0.9)
        packet[0] = firstBytes[Math.floor(random() * firstBytes.length)]!;
      if (packet.length > 7 && random() < 0.2) packet.set([0x21, 0x12, 0xa4, 0x42], 4);
      if (packet.length > 12 && random() < 0.2)
        packet.set([22, 0xfe, 0xfd, 0, 1, 0, 0, 0, 0, 0, i & 0xff, 0], 0);
      (random() < 0.5 ? relay : stranger).sendToServer(packet);
      if (i % 200 === 199) {
        // Waits until the receive buffer is empty again, so that the kernel drops nothing.
        marks++;
        client.send(TxKind.RTP_SCRATCH, clientSession, rtp(marks, Uint8Array.of(marks)));
        await server.until(() => server.ofKind(RxKind.RTP).length === marks);
      }
    }
    stranger.sendToServer(STUN);
    await server.until(() => server.ofKind(RxKind.STUN).some((packet) => packet.bytes.length === 20));
    const after = server.wire.counters();
    const received = after.packetsReceived - before.packetsReceived;
    const accounted =
      server.ofKind(RxKind.STUN).length +
      server.ofKind(RxKind.RTP).length +
      (after.dtlsPacketsReceived - before.dtlsPacketsReceived) +
      after.droppedMalformed +
      after.droppedUnknownAddress +
      after.droppedNoKeys +
      after.droppedAuthentication +
      after.droppedReplay +
      after.droppedTooLong;
    expect(received).toBe(20_000 + marks + 1);
    expect(accounted).toBe(received);
    expect(server.ofKind(RxKind.STATE)).toHaveLength(states);
    stranger.close();
  });
});
