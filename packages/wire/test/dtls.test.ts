import { afterEach, describe, expect, it } from 'vitest';
import {
  DtlsState,
  RxKind,
  SRTP_AEAD_AES_128_GCM,
  SRTP_AES128_CM_SHA1_80,
  TxKind,
  type SrtpProfile,
} from '../src/index.js';
import { loadAddon } from '../src/native.js';
import { type Pair, Peer, connectPair, rtp, startPair } from './peer.js';
import { Relay } from './relay.js';

const { testHooks } = loadAddon();
const GCM = [SRTP_AEAD_AES_128_GCM] as const;
const CM = [SRTP_AES128_CM_SHA1_80] as const;

let pair: Pair | undefined;
afterEach(() => pair?.close());

describe('DTLS', () => {
  it.each<{ name: string; client?: readonly SrtpProfile[]; server?: readonly SrtpProfile[] }>([
    { name: 'the defaults' },
    { name: 'AES-GCM only', client: GCM },
    { name: 'AES-CM only at the client', client: CM },
    { name: 'AES-CM only at the server', server: CM },
  ])('connects both ways and exchanges media with $name', async ({ client: offered, server: accepted }) => {
    pair = await connectPair({
      ...(offered && { clientProfiles: offered }),
      ...(accepted && { serverProfiles: accepted }),
    });
    const { client, server, clientSession, serverSession } = pair;
    client.send(TxKind.RTP_SCRATCH, clientSession, rtp(1, Uint8Array.of(1, 2, 3)));
    server.send(TxKind.RTP_SCRATCH, serverSession, rtp(2, Uint8Array.of(4, 5)));
    await server.until(() => server.ofKind(RxKind.RTP).length === 1);
    await client.until(() => client.ofKind(RxKind.RTP).length === 1);
    expect(server.ofKind(RxKind.RTP)[0]?.payload).toEqual(Uint8Array.of(1, 2, 3));
    expect(client.ofKind(RxKind.RTP)[0]?.payload).toEqual(Uint8Array.of(4, 5));
    expect(client.wire.counters()).toMatchObject({
      dtlsHandshakes: 1,
      dtlsFailures: 0,
      droppedAuthentication: 0,
    });
  });

  it('fails on both sides, and delivers nothing, when the server shows another certificate', async () => {
    pair = await startPair({ serverFingerprint: new Uint8Array(32) });
    const { client, server, clientSession, serverSession } = pair;
    await client.until(() => client.states(clientSession).length > 0);
    await server.until(() => server.states(serverSession).length > 0);
    expect(client.states(clientSession)).toEqual([DtlsState.FAILED]);
    expect(server.states(serverSession)).toEqual([DtlsState.FAILED]);
    server.send(TxKind.DATA, serverSession, Uint8Array.of(1));
    server.send(TxKind.RTP_SCRATCH, serverSession, rtp(1, Uint8Array.of(1)));
    expect(server.wire.counters()).toMatchObject({ dtlsFailures: 1, droppedNoKeys: 2 });
    expect(client.received.every((packet) => packet.kind === RxKind.STATE)).toBe(true);
  });

  it('fails when the client shows another certificate', async () => {
    pair = await startPair({ clientFingerprint: new Uint8Array(32) });
    const { client, server, clientSession, serverSession } = pair;
    await server.until(() => server.states(serverSession).length > 0);
    expect(server.states(serverSession)).toEqual([DtlsState.FAILED]);
    await client.until(() => client.states(clientSession).includes(DtlsState.FAILED));
    expect(client.states(clientSession)).not.toContain(DtlsState.CONNECTED);
  });

  it('tells the peer when a session is closed, and forgets its keys', async () => {
    pair = await connectPair();
    const { client, server, clientSession, serverSession } = pair;
    client.wire.closeSession(clientSession);
    client.wire.closeSession(clientSession);
    await server.until(() => server.states(serverSession).includes(DtlsState.CLOSED));
    server.send(TxKind.RTP_SCRATCH, serverSession, rtp(1, Uint8Array.of(1)));
    expect(server.wire.counters().droppedNoKeys).toBe(1);
    client.send(TxKind.RTP_SCRATCH, clientSession, rtp(1, Uint8Array.of(1)));
    expect(client.wire.counters().droppedInvalidDescriptor).toBe(1);
  });

  it('repeats a ClientHello that came before the server knew the path', async () => {
    const client = new Peer();
    const server = new Peer();
    const serverSession = server.wire.openSession({
      role: 'server',
      remoteFingerprint: client.wire.fingerprintBytes,
    });
    const clientSession = client.wire.openSession({
      role: 'client',
      remoteFingerprint: server.wire.fingerprintBytes,
    });
    client.wire.setPath(clientSession, client.wire.pathTo('127.0.0.1', server.wire.port));
    const stun = Uint8Array.of(0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42, ...new Uint8Array(12));
    client.sendRaw(client.wire.pathTo('127.0.0.1', server.wire.port), stun);
    await server.until(() => server.ofKind(RxKind.STUN).length === 1);
    expect(server.wire.counters().droppedUnknownAddress).toBe(1);

    const path = server.ofKind(RxKind.STUN)[0]?.path;
    if (path === undefined) throw new Error('no path');
    server.wire.setPath(serverSession, path);
    const ticking = setInterval(() => client.wire.handleTimeout(), 20);
    await server.until(() => server.states(serverSession).includes(DtlsState.CONNECTED));
    clearInterval(ticking);
    client.wire.close();
    server.wire.close();
  });

  it('survives forged records of any length, from the address of the peer', async () => {
    let relay: Relay | undefined;
    pair = await connectPair({
      relayPorts: async (clientPort, serverPort) => {
        relay = await Relay.start(clientPort, serverPort);
        return relay.ports;
      },
    });
    const { client, server, clientSession, serverSession } = pair;
    for (const type of [20, 21, 22, 23]) {
      for (let length = 0; length < 64; length++) {
        for (const epoch of [0, 1, 2]) {
          const header = [type, 0xfe, 0xfd, 0, epoch, 0, 0, 0, 1, 0, length, 0, length];
          relay?.sendToServer(Uint8Array.of(...header, ...new Uint8Array(length).fill(1)));
        }
      }
    }
    client.send(TxKind.DATA, clientSession, Uint8Array.of(7));
    await server.until(() => server.ofKind(RxKind.DATA).length === 1);
    expect(server.states(serverSession)).toEqual([DtlsState.CONNECTED]);
    relay?.close();
  });

  it('lasts where the way there and back takes longer than a client waits before it repeats itself', async () => {
    let relay: Relay | undefined;
    let repetitions = 0;
    const held: Uint8Array[] = [];
    pair = await connectPair({
      relayPorts: async (clientPort, serverPort) => {
        relay = await Relay.start(clientPort, serverPort);
        relay.onTowardsServer = (packet) => {
          if (held.length > 0 && hasFinished(packet)) repetitions += 1;
          return [packet];
        };
        relay.onTowardsClient = (packet) => {
          if (held.length === 0 && !hasFinished(packet)) return [packet];
          held.push(packet);
          return repetitions === 0 ? [] : held.splice(0);
        };
        return relay.ports;
      },
    });
    const { client, server, clientSession, serverSession } = pair;
    expect(repetitions).toBeGreaterThan(0);
    client.send(TxKind.DATA, clientSession, Uint8Array.of(1));
    await server.until(() => server.ofKind(RxKind.DATA).length === 1);
    server.send(TxKind.DATA, serverSession, Uint8Array.of(2));
    await client.until(() => client.ofKind(RxKind.DATA).length === 1);
    expect(client.states(clientSession)).toEqual([DtlsState.CONNECTED]);
    expect(server.states(serverSession)).toEqual([DtlsState.CONNECTED]);
    relay?.close();
  });

  // OpenSSL ends a connection at the 13th that it is given.
  it('answers the first repetitions of a flight, and twelve however many there are', () => {
    const answered = (count: number) => testHooks.answeredRepetitions(count);
    expect([1, 2, 3, 4].map(answered)).toEqual([1, 2, 3, 4]);
    expect(answered(100)).toBe(8);
    expect(answered(1_000_000)).toBe(12);
  });

  it('exchanges data both ways in one record each', async () => {
    pair = await connectPair();
    const { client, server, clientSession, serverSession } = pair;
    const large = Uint8Array.from({ length: 1280 }, (_, i) => i & 0xff);
    client.send(TxKind.DATA, clientSession, Uint8Array.of(7));
    client.send(TxKind.DATA, clientSession, large);
    server.send(TxKind.DATA, serverSession, Uint8Array.of(8, 9));
    await server.until(() => server.ofKind(RxKind.DATA).length === 2);
    await client.until(() => client.ofKind(RxKind.DATA).length === 1);
    expect(server.ofKind(RxKind.DATA).map((packet) => packet.bytes)).toEqual([Uint8Array.of(7), large]);
    expect(server.ofKind(RxKind.DATA)[0]?.session).toBe(serverSession);
    expect(client.ofKind(RxKind.DATA)[0]?.bytes).toEqual(Uint8Array.of(8, 9));
  });

  it('fails when nobody but its own echo answers', async () => {
    const client = new Peer();
    const session = client.wire.openSession({ role: 'client', remoteFingerprint: new Uint8Array(32) });
    client.wire.setPath(session, client.wire.pathTo('127.0.0.1', client.wire.port));
    // Its own ClientHello comes back to it, which no client can take.
    await client.until(() => client.states(session).includes(DtlsState.FAILED));
    expect(client.wire.counters().dtlsFailures).toBe(1);
    client.wire.close();
  });
});

/** Whether a record of the datagram is an encrypted one of the handshake. */
function hasFinished(packet: Uint8Array): boolean {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  for (let at = 0; at + 13 <= packet.length; at += 13 + view.getUint16(at + 11)) {
    if (view.getUint8(at) === 22 && view.getUint16(at + 3) > 0) return true;
  }
  return false;
}
