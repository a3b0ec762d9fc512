import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import {
  RxKind,
  SRTP_AEAD_AES_128_GCM,
  SRTP_AEAD_AES_256_GCM,
  SRTP_AES128_CM_SHA1_32,
  SRTP_AES128_CM_SHA1_80,
  type SrtpSuite,
  TxKind,
} from '../src/index.js';
import { connectPair, hex, Peer, rtp } from './peer.js';

const ADDRESS = '127.0.0.1';
/** A receiver report without blocks (RFC 3550 section 6.4.2). */
const REPORT = hex('80c90001 12345678');

const open: { close: () => void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

function wirePeer(): Peer {
  const peer = new Peer();
  open.push({ close: () => peer.wire.close() });
  return peer;
}

/** A phone: a socket that sends and receives what it is told to, and nothing by itself. */
async function phone(): Promise<{
  socket: Socket;
  port: number;
  received: Uint8Array[];
  next: () => Promise<unknown>;
}> {
  const socket = createSocket('udp4').bind(0, ADDRESS);
  open.push(socket);
  await once(socket, 'listening');
  const received: Uint8Array[] = [];
  socket.on('message', (message) => received.push(Uint8Array.from(message)));
  return {
    socket,
    port: socket.address().port,
    received,
    next: () => once(socket, 'message'),
  };
}

describe('a plain session', () => {
  it('receives RTP and RTCP from its path as they are, over a port of its own', async () => {
    const peer = wirePeer();
    const { socket, port } = await phone();
    const leg = peer.wire.bindSocket(ADDRESS, 0);
    const session = peer.wire.openSession({ kind: 'plain' });
    peer.wire.setPath(session, peer.wire.pathTo(ADDRESS, port, leg.index));
    socket.send(rtp(7, hex('d5d5d5')), leg.port, ADDRESS);
    socket.send(REPORT, leg.port, ADDRESS);
    await peer.until(() => peer.received.length === 2);
    const [packet, report] = peer.received;
    expect(leg.port).not.toBe(peer.wire.port);
    expect(packet).toMatchObject({ kind: RxKind.RTP, session, ssrc: 0x1234_5678, payload: hex('d5d5d5') });
    expect(packet!.sequence & 0xffff).toBe(7);
    expect(report).toMatchObject({ kind: RxKind.RTCP, session, bytes: REPORT });
  });

  it('sends the payload of a slot, a whole packet and RTCP as they are, from that port', async () => {
    const peer = wirePeer();
    const { port, received, socket, next } = await phone();
    const leg = peer.wire.bindSocket(ADDRESS, 0);
    const session = peer.wire.openSession({ kind: 'plain' });
    peer.wire.setPath(session, peer.wire.pathTo(ADDRESS, port, leg.index));
    let from = 0;
    socket.on('message', (_, { port: sender }) => (from = sender));
    peer.wire.pool.set(hex('d5d6d7d8'), 12);
    peer.describe(0, {
      KIND: TxKind.RTP,
      SESSION: session,
      LENGTH: 12 | (4 << 16),
      SSRC: 0x1234_5678,
      SEQUENCE: 9 | (96 << 16),
      TIMESTAMP: 90_000,
    });
    peer.wire.flush(1);
    await next();
    peer.send(TxKind.RTP_SCRATCH, session, rtp(10, hex('ff')));
    await next();
    peer.send(TxKind.RTCP, session, REPORT);
    await next();
    expect(received).toEqual([rtp(9, hex('d5d6d7d8')), rtp(10, hex('ff')), REPORT]);
    expect(from).toBe(leg.port);
  });

  it('drops and counts what is hostile, and goes on', async () => {
    const peer = wirePeer();
    const [{ socket, port }, stranger] = [await phone(), await phone()];
    const leg = peer.wire.bindSocket(ADDRESS, 0);
    const session = peer.wire.openSession({ kind: 'plain' });
    peer.wire.setPath(session, peer.wire.pathTo(ADDRESS, port, leg.index));
    const hostile = {
      // Version 0; CSRCs beyond the end; an extension beyond the end; padding longer than the payload.
      droppedMalformed: [
        hex('40 60 0001 00000000 00000000'),
        hex('8f 60 0001 00000000 00000000'),
        hex('90 60 0001 00000000 00000000 bede ffff'),
        hex('a0 60 0001 00000000 00000000 0009'),
        // RTCP whose length is beyond the end, or whose second packet is cut; DTLS; anything; nothing.
        hex('80c90002 12345678'),
        hex('80c90001 12345678 80c9'),
        hex('16 fefd 0000000000000000 0000'),
        hex('ff'),
        new Uint8Array(0),
      ],
      droppedTooLong: [new Uint8Array(1537).fill(0x80)],
    };
    for (const packet of Object.values(hostile).flat()) socket.send(packet, leg.port, ADDRESS);
    stranger.socket.send(rtp(1, hex('00')), leg.port, ADDRESS);
    // Neither is the session's: another socket of the wire.
    socket.send(rtp(1, hex('00')), peer.wire.port, ADDRESS);
    const dropped = () => {
      const { droppedMalformed, droppedTooLong, droppedUnknownAddress } = peer.wire.counters();
      return { droppedMalformed, droppedTooLong, droppedUnknownAddress };
    };
    await expect.poll(dropped).toEqual({
      droppedMalformed: hostile.droppedMalformed.length,
      droppedTooLong: 1,
      droppedUnknownAddress: 2,
    });
    expect(peer.received).toEqual([]);
    socket.send(rtp(1, hex('00')), leg.port, ADDRESS);
    await peer.until(() => peer.received.length === 1);
  });

  it('refuses data, and is no session for DTLS', async () => {
    const peer = wirePeer();
    const session = peer.wire.openSession({ kind: 'plain' });
    peer.wire.setPath(session, peer.wire.pathTo(ADDRESS, (await phone()).port));
    peer.send(TxKind.DATA, session, REPORT);
    expect(peer.wire.counters().droppedNoKeys).toBe(1);
    peer.wire.closeSession(session);
  });
});

describe('latching', () => {
  it('finds a phone where its first valid packet comes from, and then keeps to it', async () => {
    const peer = wirePeer();
    const [told, real, stranger] = [await phone(), await phone(), await phone()];
    const leg = peer.wire.bindSocket(ADDRESS, 0);
    const session = peer.wire.openSession({ kind: 'plain' });
    peer.wire.setPath(session, peer.wire.pathTo(ADDRESS, told.port, leg.index));
    peer.wire.latch(session, leg.index);
    stranger.socket.send(hex('40600001 00000000 00000000'), leg.port, ADDRESS);
    await expect.poll(() => peer.wire.counters().droppedMalformed).toBe(1);
    real.socket.send(rtp(1, hex('01')), leg.port, ADDRESS);
    await peer.until(() => peer.received.length === 1);
    expect(peer.received[0]!.path[1]).toBe(real.port);
    stranger.socket.send(rtp(2, hex('02')), leg.port, ADDRESS);
    await expect.poll(() => peer.wire.counters().droppedUnknownAddress).toBe(1);
    peer.send(TxKind.RTP_SCRATCH, session, rtp(3, hex('03')));
    await real.next();
    expect([told.received.length, stranger.received.length]).toEqual([0, 0]);
  });

  it('is over when the phone is where it said it is', async () => {
    const peer = wirePeer();
    const [told, stranger] = [await phone(), await phone()];
    const leg = peer.wire.bindSocket(ADDRESS, 0);
    const session = peer.wire.openSession({ kind: 'plain' });
    peer.wire.setPath(session, peer.wire.pathTo(ADDRESS, told.port, leg.index));
    peer.wire.latch(session, leg.index);
    told.socket.send(rtp(1, hex('01')), leg.port, ADDRESS);
    await peer.until(() => peer.received.length === 1);
    stranger.socket.send(rtp(2, hex('02')), leg.port, ADDRESS);
    await expect.poll(() => peer.wire.counters().droppedUnknownAddress).toBe(1);
  });

  it('takes nothing that is not authentic for a session with keys', async () => {
    const [peer, caller] = [wirePeer(), wirePeer()];
    const stranger = await phone();
    const leg = peer.wire.bindSocket(ADDRESS, 0);
    const [a, b] = [new Uint8Array(30).fill(1), new Uint8Array(30).fill(2)];
    const session = peer.wire.openSession({
      kind: 'sdes',
      suite: SRTP_AES128_CM_SHA1_80,
      localKey: a,
      remoteKey: b,
    });
    peer.wire.latch(session, leg.index);
    stranger.socket.send(rtp(1, new Uint8Array(20)), leg.port, ADDRESS);
    await expect.poll(() => peer.wire.counters().droppedAuthentication).toBe(1);
    const call = caller.wire.openSession({
      kind: 'sdes',
      suite: SRTP_AES128_CM_SHA1_80,
      localKey: b,
      remoteKey: a,
    });
    caller.wire.setPath(call, caller.wire.pathTo(ADDRESS, leg.port));
    caller.send(TxKind.RTP_SCRATCH, call, rtp(1, hex('01')));
    await peer.until(() => peer.ofKind(RxKind.RTP).length === 1);
    peer.send(TxKind.RTP_SCRATCH, session, rtp(1, hex('02')));
    await caller.until(() => caller.ofKind(RxKind.RTP).length === 1);
  });

  it('looks for a phone at certain addresses only, if told so', async () => {
    const peer = wirePeer();
    const stranger = createSocket('udp4').bind(0, '127.0.0.2');
    open.push(stranger);
    await once(stranger, 'listening');
    const real = await phone();
    const leg = peer.wire.bindSocket(ADDRESS, 0);
    const session = peer.wire.openSession({ kind: 'plain' });
    peer.wire.latch(session, leg.index, ['::1', ADDRESS]);
    stranger.send(rtp(1, hex('01')), leg.port, ADDRESS);
    await expect.poll(() => peer.wire.counters().droppedUnknownAddress).toBe(1);
    real.socket.send(rtp(2, hex('02')), leg.port, ADDRESS);
    await peer.until(() => peer.received.length === 1);
    expect(peer.received[0]!.path[1]).toBe(real.port);
    peer.wire.latch(session, leg.index, []);
    stranger.send(rtp(3, hex('03')), leg.port, ADDRESS);
    await expect.poll(() => peer.wire.counters().droppedUnknownAddress).toBe(2);
    expect(() => peer.wire.latch(session, leg.index, ['example.org'])).toThrow(RangeError);
  });

  it('is not for DTLS, nor for sockets that are not there', () => {
    const { wire } = wirePeer();
    const dtls = wire.openSession({ role: 'server', remoteFingerprint: new Uint8Array(32) });
    expect(() => wire.latch(dtls, 0)).toThrow(RangeError);
    expect(() => wire.latch(wire.openSession({ kind: 'plain' }), 1)).toThrow(RangeError);
  });
});

describe('an SDES session', () => {
  const suites: [string, SrtpSuite, number, number][] = [
    ['AES_CM_128_HMAC_SHA1_80', SRTP_AES128_CM_SHA1_80, 30, 10],
    ['AES_CM_128_HMAC_SHA1_32', SRTP_AES128_CM_SHA1_32, 30, 4],
    ['AEAD_AES_128_GCM', SRTP_AEAD_AES_128_GCM, 28, 16],
    ['AEAD_AES_256_GCM', SRTP_AEAD_AES_256_GCM, 44, 16],
  ];

  it.each(suites)('carries RTP and RTCP both ways with %s', async (_, suite, keySize, tagSize) => {
    const [a, b] = [wirePeer(), wirePeer()];
    const [keyA, keyB] = [new Uint8Array(keySize).fill(0xa), new Uint8Array(keySize).fill(0xb)];
    const sessionA = a.wire.openSession({ kind: 'sdes', suite, localKey: keyA, remoteKey: keyB });
    const sessionB = b.wire.openSession({ kind: 'sdes', suite, localKey: keyB, remoteKey: keyA });
    a.wire.setPath(sessionA, a.wire.pathTo(ADDRESS, b.wire.port));
    b.wire.setPath(sessionB, b.wire.pathTo(ADDRESS, a.wire.port));
    a.send(TxKind.RTP_SCRATCH, sessionA, rtp(1, hex('010203')));
    a.send(TxKind.RTCP, sessionA, REPORT);
    b.send(TxKind.RTP_SCRATCH, sessionB, rtp(2, hex('040506')));
    await b.until(() => b.received.length === 2);
    await a.until(() => a.received.length === 1);
    expect(b.received.map(({ bytes }) => bytes)).toEqual([rtp(1, hex('010203')), REPORT]);
    expect(a.received[0]!.bytes).toEqual(rtp(2, hex('040506')));
    const rtpSize = 15 + tagSize;
    const rtcpSize = 8 + 4 + Math.max(10, tagSize);
    expect(a.wire.counters().bytesSent).toBe(rtpSize + rtcpSize);
  });

  it('refuses keys of another size', () => {
    const { wire } = wirePeer();
    const open = (suite: SrtpSuite, size: number) =>
      wire.openSession({
        kind: 'sdes',
        suite,
        localKey: new Uint8Array(size),
        remoteKey: new Uint8Array(size),
      });
    expect(() => open(SRTP_AES128_CM_SHA1_80, 29)).toThrow(RangeError);
    expect(() => open(SRTP_AEAD_AES_256_GCM, 30)).toThrow(RangeError);
  });
});

describe('sockets besides the port', () => {
  it('say when others have the port', () => {
    const [a, b] = [wirePeer(), wirePeer()];
    const { port } = a.wire.bindSocket(ADDRESS, 0);
    expect(() => b.wire.bindSocket(ADDRESS, port)).toThrow(expect.objectContaining({ code: 'EADDRINUSE' }));
  });

  it('may be closed within a batch of their own, and bound again', async () => {
    const peer = wirePeer();
    const { socket, port } = await phone();
    const leg = peer.wire.bindSocket(ADDRESS, 0);
    const session = peer.wire.openSession({ kind: 'plain' });
    peer.wire.setPath(session, peer.wire.pathTo(ADDRESS, port, leg.index));
    let again = { index: -1, port: -1 };
    peer.duringBatch = () => {
      peer.duringBatch = undefined;
      peer.wire.closeSocket(leg.index);
      again = peer.wire.bindSocket(ADDRESS, leg.port);
    };
    for (let i = 0; i < 20; i++) socket.send(rtp(i, hex('00')), leg.port, ADDRESS);
    await peer.until(() => again.port === leg.port);
    expect(again.index).toBe(leg.index);
    peer.send(TxKind.RTP_SCRATCH, session, rtp(1, hex('00')));
    expect(peer.wire.counters().droppedInvalidDescriptor).toBe(1);
    expect(() => peer.wire.closeSocket(0)).toThrow(RangeError);
  });

  it('are at most 256 together with those of the port', () => {
    const { wire } = wirePeer();
    for (let i = 0; i < 255; i++) wire.bindSocket(ADDRESS, 0);
    expect(() => wire.bindSocket(ADDRESS, 0)).toThrow('cannot bind');
  });

  it('leave DTLS sessions of the port alone when they go', async () => {
    const pair = await connectPair();
    open.push(pair);
    const leg = pair.server.wire.bindSocket(ADDRESS, 0);
    pair.server.wire.closeSocket(leg.index);
    pair.client.send(TxKind.RTP_SCRATCH, pair.clientSession, rtp(1, hex('01')));
    await pair.server.until(() => pair.server.ofKind(RxKind.RTP).length === 1);
  });
});
