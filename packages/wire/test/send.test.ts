import { afterEach, describe, expect, it } from 'vitest';
import {
  RX_KEEP,
  RX_TWO_BYTE_EXTENSIONS,
  RxKind,
  SLOT_SIZE,
  TX_TWO_BYTE_EXTENSIONS,
  TxKind,
} from '../src/index.js';
import { type Pair, Peer, connectPair, hex, rtp } from './peer.js';

let pair: Pair | undefined;
afterEach(() => {
  pair?.close();
  pair = undefined;
});

describe('flush', () => {
  it('forwards the payload of a slot under a new header, and as a retransmission', async () => {
    pair = await connectPair();
    const { client, server, clientSession, serverSession } = pair;
    server.keeping = true;
    const payload = Uint8Array.from({ length: 1100 }, (_, i) => (i * 7) & 0xff);
    client.send(TxKind.RTP_SCRATCH, clientSession, rtp(1, payload));
    await server.until(() => server.ofKind(RxKind.RTP).length === 1);
    const slot = server.ofKind(RxKind.RTP)[0]?.slot;
    if (slot === undefined) throw new Error('no slot');

    const common = { SESSION: serverSession, SOURCE: slot, LENGTH: 12 | (payload.length << 16) };
    server.describe(0, {
      ...common,
      KIND: TxKind.RTP,
      SSRC: 0xaabb_ccdd,
      SEQUENCE: 4711 | (97 << 16) | (1 << 23),
      TIMESTAMP: 0xffff_fff0,
    });
    server.describe(1, {
      ...common,
      KIND: TxKind.RTX,
      SSRC: 7,
      SEQUENCE: 5 | (98 << 16),
      TIMESTAMP: 9,
      EXTRA: 4711,
    });
    server.wire.flush(2);
    await client.until(() => client.ofKind(RxKind.RTP).length === 2);
    const [forwarded, repeated] = client.ofKind(RxKind.RTP);
    expect(forwarded).toMatchObject({
      ssrc: 0xaabb_ccdd,
      sequence: 4711 | (97 << 16) | (1 << 23),
      timestamp: 0xffff_fff0,
      payload,
    });
    expect(repeated).toMatchObject({ ssrc: 7, sequence: 5 | (98 << 16), timestamp: 9 });
    expect(repeated?.payload).toEqual(Uint8Array.of(4711 >> 8, 4711 & 0xff, ...payload));
  });

  it('puts extension elements into the header and a prefix before the payload', async () => {
    pair = await connectPair();
    const { client, server, clientSession, serverSession } = pair;
    server.keeping = true;
    const payload = Uint8Array.of(1, 2, 3, 4, 5);
    client.send(TxKind.RTP_SCRATCH, clientSession, rtp(1, payload));
    await server.until(() => server.ofKind(RxKind.RTP).length === 1);
    const slot = server.ofKind(RxKind.RTP)[0]?.slot;
    if (slot === undefined) throw new Error('no slot');

    const elements = Uint8Array.of(0x31, 0xab, 0xcd, 0x50, 0x7f);
    const prefix = Uint8Array.of(0x90, 0x80, 0x81);
    server.wire.scratch.set(elements, 100);
    server.wire.scratch.set(prefix, 1001);
    const common = {
      SESSION: serverSession,
      SOURCE: slot,
      // The first two bytes of the payload are replaced.
      LENGTH: 14 | (3 << 16),
      SSRC: 8,
      EXTENSION: 100 | (elements.length << 24),
      PREFIX: 1001 | (prefix.length << 24),
    };
    server.describe(0, { ...common, KIND: TxKind.RTP, SEQUENCE: 1 });
    server.describe(1, { ...common, KIND: TxKind.RTX, SEQUENCE: 2, EXTRA: 0x0102 });
    server.describe(2, { ...common, KIND: TxKind.RTP, SEQUENCE: 3, PREFIX: 0xff_ffff | (1 << 24) });
    server.wire.flush(3);
    await client.until(() => client.ofKind(RxKind.RTP).length === 2);
    const [forwarded, repeated] = client.ofKind(RxKind.RTP);
    expect([...(forwarded?.extension ?? [])]).toEqual([...elements, 0, 0, 0]);
    expect([...(forwarded?.payload ?? [])]).toEqual([...prefix, 3, 4, 5]);
    expect([...(repeated?.extension ?? [])]).toEqual([...elements, 0, 0, 0]);
    expect([...(repeated?.payload ?? [])]).toEqual([1, 2, ...prefix, 3, 4, 5]);
    expect(server.wire.counters().droppedInvalidDescriptor).toBe(1);
  });

  it('says of extension elements that they have the two-byte form', async () => {
    pair = await connectPair();
    const { client, server, serverSession } = pair;
    // Longer than the one-byte form has room for.
    const elements = Uint8Array.of(3, 2, 0xab, 0xcd, 13, 20, ...Array.from({ length: 20 }, (_, i) => i));
    server.wire.scratch.set(elements, 100);
    const word = (100 | TX_TWO_BYTE_EXTENSIONS | (elements.length << 24)) >>> 0;
    const common = { SESSION: serverSession, SOURCE: 0, LENGTH: 12 | (5 << 16), EXTENSION: word };
    server.describe(0, { ...common, KIND: TxKind.RTP, SEQUENCE: 1 });
    server.describe(1, { ...common, KIND: TxKind.RTX, SEQUENCE: 2 });
    server.wire.flush(2);
    await client.until(() => client.ofKind(RxKind.RTP).length === 2);
    for (const { extension, flags } of client.ofKind(RxKind.RTP)) {
      expect([...extension]).toEqual([...elements, 0, 0]);
      expect(flags).toBe(RX_TWO_BYTE_EXTENSIONS);
    }
  });

  it('forwards empty payloads and payloads that fill the slot', async () => {
    pair = await connectPair();
    const { client, server, clientSession, serverSession } = pair;
    const all = 1400;
    server.wire.pool.fill(0x5a, 0, SLOT_SIZE);
    server.describe(0, {
      KIND: TxKind.RTP,
      SESSION: serverSession,
      SOURCE: 0,
      LENGTH: SLOT_SIZE,
      SEQUENCE: 1,
    });
    server.describe(1, {
      KIND: TxKind.RTP,
      SESSION: serverSession,
      SOURCE: 0,
      LENGTH: (SLOT_SIZE - all) | (all << 16),
      SEQUENCE: 2,
    });
    server.wire.flush(2);
    await client.until(() => client.ofKind(RxKind.RTP).length === 2);
    expect(client.ofKind(RxKind.RTP).map((packet) => packet.payload.length)).toEqual([0, all]);
    expect(server.wire.counters().droppedInvalidDescriptor).toBe(0);
    expect(clientSession).toBeGreaterThan(0);
  });

  it('sends RTCP both ways', async () => {
    pair = await connectPair();
    const { client, server, clientSession, serverSession } = pair;
    const report = hex('81c90007 00000001 00000002 00000000 00000003 00000004 00000005 00000006');
    client.send(TxKind.RTCP, clientSession, report);
    server.send(TxKind.RTCP, serverSession, report.subarray(0, 8));
    await server.until(() => server.ofKind(RxKind.RTCP).length === 1);
    await client.until(() => client.ofKind(RxKind.RTCP).length === 1);
    expect(server.ofKind(RxKind.RTCP)[0]).toMatchObject({ session: serverSession, bytes: report });
    expect(client.ofKind(RxKind.RTCP)[0]?.bytes).toEqual(report.subarray(0, 8));
  });

  it('sends neighbouring packets of one session and size with one message, in order', async () => {
    pair = await connectPair();
    const { client, server, serverSession } = pair;
    for (let i = 0; i < 64; i++) {
      server.describe(i, {
        KIND: TxKind.RTP,
        SESSION: serverSession,
        SOURCE: i,
        LENGTH: 12 | ((i === 63 ? 500 : 900) << 16),
        SSRC: 5,
        SEQUENCE: i,
      });
      server.wire.pool[i * SLOT_SIZE + 12] = i;
    }
    const before = server.wire.counters();
    server.wire.flush(64);
    const after = server.wire.counters();
    expect(after.packetsSent - before.packetsSent).toBe(64);
    expect(after.sendCalls - before.sendCalls).toBe(1);
    expect(after.bytesSent - before.bytesSent).toBe(63 * (900 + 28) + 528);
    await client.until(() => client.ofKind(RxKind.RTP).length === 64);
    expect(client.ofKind(RxKind.RTP).map((packet) => [packet.sequence, packet.payload[0]])).toEqual(
      Array.from({ length: 64 }, (_, i) => [i, i]),
    );
    // They arrive joined, too.
    expect(client.batches.at(-1)).toBeGreaterThan(16);
  });

  it('sends packets of growing size one by one and more than fit one call', async () => {
    pair = await connectPair();
    const { client, server, serverSession } = pair;
    const count = 400;
    for (let i = 0; i < count; i++) {
      server.describe(i, {
        KIND: TxKind.RTP,
        SESSION: serverSession,
        LENGTH: 12 | ((1000 + i) << 16),
        SSRC: 6,
        SEQUENCE: i,
      });
    }
    server.wire.flush(count);
    await client.until(() => client.ofKind(RxKind.RTP).length === count);
    expect(client.ofKind(RxKind.RTP).map((packet) => packet.payload.length)).toEqual(
      Array.from({ length: count }, (_, i) => 1000 + i),
    );
    expect(server.wire.counters().droppedSend).toBe(0);
  });

  it('has room for the streams of a session that goes on for days', async () => {
    pair = await connectPair();
    const { server, serverSession } = pair;
    const before = server.wire.counters().packetsSent;
    for (let sent = 0; sent < 2000; sent += 100) {
      for (let i = 0; i < 100; i++) {
        server.describe(i, {
          KIND: TxKind.RTP,
          SESSION: serverSession,
          LENGTH: 12 | (20 << 16),
          SSRC: 1 + sent + i,
          SEQUENCE: 1,
        });
      }
      server.wire.flush(100);
    }
    expect(server.wire.counters()).toMatchObject({ packetsSent: before + 2000, droppedTooManySsrcs: 0 });
  });

  it('skips and counts every descriptor that makes no sense', async () => {
    pair = await connectPair();
    const { client, server, serverSession: session } = pair;
    const unbound = server.wire.openSession({ role: 'server', remoteFingerprint: new Uint8Array(32) });
    const scratchEnd = server.wire.scratch.length;
    const invalid = [
      {},
      { KIND: 99, SESSION: session },
      { KIND: TxKind.RTP, SESSION: 0xffff_ffff },
      { KIND: TxKind.RTP, SESSION: session + 1 },
      { KIND: TxKind.RTP, SESSION: unbound },
      { KIND: TxKind.RTP, SESSION: session, SOURCE: 1024 },
      { KIND: TxKind.RTP, SESSION: session, SOURCE: 0xffff_ffff },
      { KIND: TxKind.RTP, SESSION: session, LENGTH: 1 | (SLOT_SIZE << 16) },
      { KIND: TxKind.RTX, SESSION: session, LENGTH: 0xffff_ffff },
      { KIND: TxKind.RTP_SCRATCH, SESSION: session, SOURCE: 2, LENGTH: 12 },
      { KIND: TxKind.RTP_SCRATCH, SESSION: session, SOURCE: 64, LENGTH: 11 },
      { KIND: TxKind.RTP_SCRATCH, SESSION: session, SOURCE: scratchEnd - 4, LENGTH: 12 },
      { KIND: TxKind.RTP_SCRATCH, SESSION: session, SOURCE: scratchEnd, LENGTH: 0 },
      { KIND: TxKind.RTP_SCRATCH, SESSION: session, SOURCE: 0xffff_fffc, LENGTH: 12 },
      { KIND: TxKind.RTCP, SESSION: session, SOURCE: 64, LENGTH: 7 },
      { KIND: TxKind.RTCP, SESSION: session, SOURCE: 64, LENGTH: 0xffff_ffff },
      { KIND: TxKind.DATA, SESSION: session, SOURCE: 64, LENGTH: SLOT_SIZE + 1 },
      { KIND: TxKind.RAW, SOURCE: 64, LENGTH: 4, EXTRA: scratchEnd - 36 },
      { KIND: TxKind.RAW, SOURCE: 64, LENGTH: 4, EXTRA: 2 },
      { KIND: TxKind.RAW, SOURCE: 64, LENGTH: 4, EXTRA: 0xffff_fffc },
      { KIND: TxKind.RAW, SOURCE: 64, LENGTH: 4, EXTRA: 1024 },
    ];
    server.wire.scratch.fill(0xff, 1024, 1024 + 40);
    server.wire.scratch.fill(0, 64, 128);
    for (const [i, words] of invalid.entries()) server.describe(i, words);
    server.wire.flush(invalid.length);
    expect(server.wire.counters()).toMatchObject({
      droppedInvalidDescriptor: invalid.length,
      droppedSend: 0,
    });
    expect(() => server.wire.flush(server.wire.outgoingCapacity + 1)).toThrow(RangeError);

    server.send(TxKind.RTP_SCRATCH, session, rtp(1, Uint8Array.of(1)));
    await client.until(() => client.ofKind(RxKind.RTP).length === 1);
  });

  it('drops and counts what the kernel refuses', async () => {
    pair = await connectPair({ serverOptions: { addresses: ['127.0.0.1'] } });
    const { server } = pair;
    const before = server.wire.counters();
    // Nothing can be sent to port 0.
    server.sendRaw(server.wire.pathTo('127.0.0.1', 0), Uint8Array.of(1));
    expect(server.wire.counters()).toMatchObject({
      droppedSend: before.droppedSend + 1,
      packetsSent: before.packetsSent,
    });
  });
});

describe('the packet pool', () => {
  it('drops packets while all slots are kept, and takes them again after a release', async () => {
    pair = await connectPair({ serverOptions: { slots: 4 } });
    const { client, server, clientSession } = pair;
    server.keeping = true;
    for (let i = 0; i < 6; i++) client.send(TxKind.RTP_SCRATCH, clientSession, rtp(i, Uint8Array.of(i)));
    await server.until(() => server.ofKind(RxKind.RTP).length === 4);
    const kept = server.ofKind(RxKind.RTP).map((packet) => packet.slot);
    expect(new Set(kept)).toEqual(new Set([0, 1, 2, 3]));
    for (const [i, slot] of kept.entries()) {
      expect(server.wire.pool[slot * SLOT_SIZE + 12], 'kept bytes stay').toBe(i);
    }

    server.keeping = false;
    for (const slot of kept) server.wire.release(slot);
    client.send(TxKind.RTP_SCRATCH, clientSession, rtp(100, Uint8Array.of(100)));
    client.send(TxKind.RTP_SCRATCH, clientSession, rtp(101, Uint8Array.of(101)));
    await server.until(() => server.ofKind(RxKind.RTP).some((packet) => packet.payload[0] === 101));
    expect(server.wire.counters().droppedNoSlot).toBe(2);
  });

  it('refuses to take back a slot twice, or one that was never kept', async () => {
    pair = await connectPair();
    const { client, server, clientSession } = pair;
    server.keeping = true;
    client.send(TxKind.RTP_SCRATCH, clientSession, rtp(1, Uint8Array.of(1)));
    await server.until(() => server.ofKind(RxKind.RTP).length === 1);
    const slot = server.ofKind(RxKind.RTP)[0]?.slot ?? -1;
    server.wire.release(slot);
    expect(() => server.wire.release(slot)).toThrow(RangeError);
    expect(() => server.wire.release(1024)).toThrow(RangeError);
  });

  it('takes back inside the batch what was to be kept', async () => {
    pair = await connectPair({ serverOptions: { slots: 1 } });
    const { client, server, clientSession } = pair;
    server.keeping = true;
    server.duringBatch = () => server.wire.release(0);
    client.send(TxKind.RTP_SCRATCH, clientSession, rtp(1, Uint8Array.of(1)));
    await server.until(() => server.ofKind(RxKind.RTP).length === 1);
    client.send(TxKind.RTP_SCRATCH, clientSession, rtp(2, Uint8Array.of(2)));
    await server.until(() => server.ofKind(RxKind.RTP).length === 2);
    expect(server.wire.received[9]! & RX_KEEP).toBe(RX_KEEP);
  });
});

describe('paths', () => {
  it('move a session with its keys, and the old path is strange from then on', async () => {
    pair = await connectPair();
    const { client, server, clientSession, serverSession } = pair;
    const moved = server.wire.pathTo('127.0.0.1', 9);
    server.wire.setPath(serverSession, moved);
    client.send(TxKind.RTP_SCRATCH, clientSession, rtp(1, Uint8Array.of(1)));
    client.sendRaw(
      client.wire.pathTo('127.0.0.1', server.wire.port),
      hex('000100002112a442000102030405060708090a0b'),
    );
    await server.until(() => server.ofKind(RxKind.STUN).length === 1);
    expect(server.wire.counters().droppedUnknownAddress).toBe(1);

    server.wire.setPath(serverSession, server.wire.pathTo('127.0.0.1', client.wire.port));
    client.send(TxKind.RTP_SCRATCH, clientSession, rtp(2, Uint8Array.of(2)));
    await server.until(() => server.ofKind(RxKind.RTP).length === 1);
    expect(server.ofKind(RxKind.RTP)[0]?.payload).toEqual(Uint8Array.of(2));
  });

  it('belong to the session that was given them last', async () => {
    pair = await connectPair();
    const { client, server, clientSession, serverSession } = pair;
    const heir = server.wire.openSession({ role: 'server', remoteFingerprint: client.wire.fingerprintBytes });
    server.wire.setPath(heir, server.wire.pathTo('127.0.0.1', client.wire.port));
    client.send(TxKind.RTP_SCRATCH, clientSession, rtp(1, Uint8Array.of(1)));
    client.sendRaw(
      client.wire.pathTo('127.0.0.1', server.wire.port),
      hex('000100002112a442000102030405060708090a0b'),
    );
    await server.until(() => server.ofKind(RxKind.STUN).length === 1);
    expect(server.ofKind(RxKind.STUN)[0]?.session).toBe(heir);
    expect(server.wire.counters().droppedNoKeys).toBe(1);
    server.send(TxKind.RTP_SCRATCH, serverSession, rtp(1, Uint8Array.of(1)));
    expect(server.wire.counters().droppedInvalidDescriptor).toBe(1);
  });

  it('are refused if they are of another wire', () => {
    const peer = new Peer();
    const session = peer.wire.openSession({ role: 'server', remoteFingerprint: new Uint8Array(32) });
    const path = peer.wire.pathTo('127.0.0.1', 9);
    expect(() => peer.wire.setPath(session, path.subarray(0, 9))).toThrow(RangeError);
    expect(() => peer.wire.setPath(session + 1, path)).toThrow(RangeError);
    path[0] = (4 << 8) | 1;
    expect(() => peer.wire.setPath(session, path)).toThrow(RangeError);
    expect(() => peer.wire.pathTo('::1', 9)).toThrow(RangeError);
    expect(() => peer.wire.pathTo('localhost', 9)).toThrow(RangeError);
    peer.wire.close();
  });

  it('work over IPv6', async () => {
    pair = await connectPair({ address: '::1' });
    const { client, server, clientSession } = pair;
    client.send(TxKind.RTP_SCRATCH, clientSession, rtp(1, Uint8Array.of(1)));
    await server.until(() => server.ofKind(RxKind.RTP).length === 1);
    const path = server.ofKind(RxKind.RTP)[0]?.path;
    expect(path?.[0]).toBe((6 << 8) | (1 << 16));
    expect(path?.[1]).toBe(client.wire.port);
    const loopback = [0, 0, 0, 0x0100_0000];
    expect([...(path?.subarray(2) ?? [])]).toEqual([...loopback, ...loopback]);
  });
});
