import { createCounters } from '@parley/core';
import { parseRtcp, writeReceiverReport } from '@parley/rtp';
import { RX, RxKind, SLOT_SIZE, SRTP_AES128_CM_SHA1_80, TX } from '@parley/wire';
import { describe, expect, test } from 'vitest';
import type { Path } from '../../src/ice/index.js';
import type { SdesKeys } from '../../src/plain-rtp/index.js';
import {
  PlainRtpTransport,
  type PlainRtpParameters,
  type PlainRtpSockets,
  type PlainRtpState,
} from '../../src/plain-rtp/plain-rtp-transport.js';
import { rtpMetrics, SendBatch } from '../../src/rtp-session/index.js';
import { createPath } from '../support/path.js';
import { FakeWire } from '../support/received.js';

const RTP = 16;
const RTCP = 17;
const TOLD = '192.0.2.1';
const OTHER = '198.51.100.7';
const CODECS = [{ mimeType: 'audio/PCMU', payloadType: 0, clockRate: 8_000 }];
const AUDIO = {
  mid: '0',
  kind: 'audio',
  codecs: CODECS,
  extensions: {},
  ssrcs: [],
  rtxPairs: [],
  rids: [],
} as const;

const socketOf = (index: number) => ({ index, port: 20_000 + index });
const PORT = socketOf(RTP);
const MUXED = { rtp: PORT, rtcp: PORT };

const pathTo = (address: string, port: number, socket: number): Path =>
  createPath({ family: 4, bytes: Uint8Array.from(address.split('.'), Number), port }, undefined, socket);
const keys = (byte: number): SdesKeys => ({
  suite: SRTP_AES128_CM_SHA1_80,
  localKey: new Uint8Array(30).fill(byte),
  remoteKey: new Uint8Array(30).fill(byte + 1),
});

/** The sessions of a wire without a network: where each sends to, and from whom it waits to hear. */
class Sessions {
  readonly open = new Map<number, { options: object; path?: Path }>();
  /** By socket. */
  readonly latches = new Map<number, { session: number; sources: readonly string[] | undefined }>();
  /** Set by tests: no session can be opened. */
  isFull = false;
  #last = 100;

  openSession(options: object): number {
    if (this.isFull) throw new RangeError('full');
    this.#last += 1;
    this.open.set(this.#last, { options });
    return this.#last;
  }

  closeSession(session: number): void {
    this.open.delete(session);
  }

  setPath(session: number, path: Path): void {
    this.open.get(session)!.path = path;
  }

  latch(session: number, socket: number, sources?: readonly string[]): void {
    this.latches.set(socket, { session, sources });
  }

  readonly pathTo = pathTo;
}

function setup(parameters: PlainRtpParameters = {}, sockets: PlainRtpSockets = MUXED) {
  const memory = new FakeWire({ slots: 512 });
  const batch = new SendBatch(memory);
  const sessions = new Sessions();
  const clock = { now: 0 };
  const states: PlainRtpState[] = [];
  const attached = new Set<number>();
  const forgotten: PlainRtpTransport[] = [];
  const counted = createCounters(rtpMetrics);
  const transport = new PlainRtpTransport(
    {
      packets: memory,
      batch,
      counted,
      packetsPerSecond: 1_000,
      now: () => clock.now,
      random: (bytes) => new Uint8Array(bytes).fill(7),
      wire: sessions,
      attach: (_, session) => attached.add(session),
      detach: (session) => attached.delete(session),
      expect: () => undefined,
      forget: (closed) => forgotten.push(closed),
    },
    sockets,
    parameters,
    { onStateChange: (state) => states.push(state) },
  );
  const sessionAt = (socket: number) => sessions.latches.get(socket)!.session;
  const received: number[] = [];
  transport.createReceiver(AUDIO).addSink({
    onStream: () => undefined,
    onPackets: (stream) => received.push(stream.ssrc),
    onAudioLevel: () => undefined,
  });
  /** An RTP packet that the wire took, from where it says; the wire latches by itself. */
  let sequence = 0;
  const hear = (address: string, port: number, socket = RTP, session = sessionAt(socket)) => {
    const { rx } = memory.receive([{ session, ssrc: 500, sequence: (sequence += 1), payloadType: 0 }]);
    rx.set(pathTo(address, port, socket), RX.PATH);
    transport.receive(rx, 0, 1, clock.now);
  };
  const hearRtcp = (address: string, port: number, socket: number) => {
    const { rx } = memory.receive([{ session: sessionAt(socket), ssrc: 0, sequence: 0 }]);
    rx.set(pathTo(address, port, socket), RX.PATH);
    rx[RX.KIND] = RxKind.RTCP;
    rx[RX.LENGTH] = writeReceiverReport(memory.pool, rx[RX.SLOT]! * SLOT_SIZE, { ssrc: 500, reports: [] });
    transport.receive(rx, 0, 1, clock.now);
  };
  const pass = (until: number) => {
    while (transport.deadline <= until) {
      clock.now = Math.max(clock.now, transport.deadline);
      transport.handleTimeout(clock.now);
    }
    clock.now = until;
  };
  /** What was sent since the last time: over which session, and what it is compounded of. */
  const sent = () => {
    batch.flush();
    const over = memory.sent.splice(0).map((words) => words[TX.SESSION]);
    return memory.sentBytes.splice(0).map((bytes, index) => ({
      session: over[index],
      types: parseRtcp(bytes, 0, bytes.length).packets.map(({ type }) => type),
    }));
  };
  return {
    transport,
    sessions,
    clock,
    states,
    attached,
    forgotten,
    counted,
    received,
    hear,
    hearRtcp,
    pass,
    sent,
  };
}

describe('where the peer is', () => {
  test('is where it says: it is connected at once, and may be sent to', () => {
    const { transport, sessions, states, pass, sent } = setup();
    pass(60_000);
    expect([transport.state, sent()]).toEqual(['new', []]);
    transport.setRemote({ address: TOLD, port: 4000 });
    expect(states).toEqual(['connected']);
    const [session, { options, path }] = [...sessions.open][0]!;
    expect([options, path]).toEqual([{ kind: 'plain' }, pathTo(TOLD, 4000, RTP)]);
    transport.createSender({ mid: '1', kind: 'audio', codecs: CODECS });
    pass(60_000);
    expect(sent()[0]).toEqual({ session, types: ['receiverReport', 'sourceDescription'] });
  });

  test('is where its first packet comes from, if it said nothing', () => {
    const { states, received, hear } = setup({ keys: keys(1) });
    hear(OTHER, 5000);
    expect([states, received]).toEqual([['connected'], [500]]);
  });

  test('is looked for at the addresses that it may have; with keys, everywhere', () => {
    const plain = setup({ sources: [OTHER] });
    const latch = () => plain.sessions.latches.get(RTP);
    expect(latch()).toEqual({ session: 101, sources: [OTHER] });
    plain.transport.setRemote({ address: TOLD, port: 4000 });
    expect(latch()).toEqual({ session: 101, sources: [TOLD, OTHER] });
    expect(setup().sessions.latches.get(RTP)).toEqual({ session: 101, sources: [] });
    expect(setup({ keys: keys(1) }).sessions.latches.get(RTP)).toEqual({ session: 101, sources: undefined });
  });

  test('is not looked for again as long as it is heard', () => {
    const { sessions, transport, hear, clock, pass } = setup();
    transport.setRemote({ address: TOLD, port: 4000 });
    hear(TOLD, 4001);
    sessions.latches.clear();
    for (let now = 4_999; now < 30_000; now += 4_999) {
      pass(now);
      hear(TOLD, 4001, RTP, 101);
    }
    expect(clock.now).toBeGreaterThan(20_000);
    expect(sessions.latches.size).toBe(0);
  });
});

describe('silence', () => {
  test('of five seconds disconnects it, and the next packet connects it again, from wherever that comes', () => {
    const { sessions, transport, states, hear, pass } = setup({ sources: [OTHER] });
    transport.setRemote({ address: TOLD, port: 4000 });
    pass(1_000);
    hear(TOLD, 4000);
    sessions.latches.clear();
    pass(5_999);
    expect(states).toEqual(['connected']);
    pass(6_000);
    expect(states).toEqual(['connected', 'disconnected']);
    expect(sessions.latches.get(RTP)).toEqual({ session: 101, sources: [TOLD, OTHER] });
    pass(600_000);
    hear(OTHER, 6000);
    expect(states).toEqual(['connected', 'disconnected', 'connected']);
  });

  test('does not end what is sent: the peer may be on hold', () => {
    const { transport, pass, sent } = setup();
    transport.setRemote({ address: TOLD, port: 4000 });
    transport.createSender({ mid: '1', kind: 'audio', codecs: CODECS });
    pass(6_000);
    sent();
    pass(16_000);
    expect(transport.state).toBe('disconnected');
    expect(sent()).toHaveLength(2);
  });

  test('is not that of the peer while this thread stood still', () => {
    const { transport, states, pass } = setup();
    transport.setRemote({ address: TOLD, port: 4000 });
    transport.handleStall(3_000);
    pass(7_999);
    expect(states).toEqual(['connected']);
    pass(8_000);
    expect(states).toEqual(['connected', 'disconnected']);
  });

  test('ends with a new address too', () => {
    const { transport, states, pass } = setup();
    transport.setRemote({ address: TOLD, port: 4000 });
    pass(7_000);
    transport.setRemote({ address: OTHER, port: 4000 });
    pass(11_999);
    expect(states).toEqual(['connected', 'disconnected', 'connected']);
  });
});

describe('RTCP on a port of its own', () => {
  const SOCKETS = { rtp: socketOf(RTP), rtcp: socketOf(RTCP) };

  test('goes to the next port of the peer, or the one that it names, over a session with the same keys', () => {
    const { transport, sessions, pass, sent } = setup({ keys: keys(1) }, SOCKETS);
    transport.setRemote({ address: TOLD, port: 4000 });
    const paths = () => [...sessions.open.values()].map(({ path }) => path);
    expect(paths()).toEqual([pathTo(TOLD, 4000, RTP), pathTo(TOLD, 4001, RTCP)]);
    expect([...sessions.open.values()].map(({ options }) => options)).toEqual([
      { kind: 'sdes', ...keys(1) },
      { kind: 'sdes', ...keys(1) },
    ]);
    transport.createSender({ mid: '1', kind: 'audio', codecs: CODECS });
    pass(1);
    expect(sent().map(({ session }) => session)).toEqual([102]);
    transport.setRemote({ address: TOLD, port: 4000, rtcpPort: 4444 });
    expect(paths()[1]).toEqual(pathTo(TOLD, 4444, RTCP));
  });

  test('goes beside where RTP comes from, until RTCP itself comes from elsewhere', () => {
    const { states, sessions, hear, hearRtcp } = setup({ sources: [OTHER] }, SOCKETS);
    hearRtcp(OTHER, 7000, RTCP);
    expect(states).toEqual([]);
    hear(OTHER, 5000);
    expect(states).toEqual(['connected']);
    expect(sessions.open.get(102)!.path).toBeUndefined();
    const quiet = setup({ sources: [OTHER] }, SOCKETS);
    quiet.hear(OTHER, 5000);
    expect(quiet.sessions.open.get(102)!.path).toEqual(pathTo(OTHER, 5001, RTCP));
  });

  test('is a sign of life as well, and no place for media', () => {
    const { transport, states, counted, received, hear, hearRtcp, pass } = setup({}, SOCKETS);
    transport.setRemote({ address: TOLD, port: 4000 });
    pass(4_000);
    hearRtcp(TOLD, 4001, RTCP);
    pass(8_999);
    hear(TOLD, 4001, RTCP);
    expect([received, counted.rtpUnknownStream]).toEqual([[], 1]);
    expect(states).toEqual(['connected']);
    pass(9_000);
    expect(states).toEqual(['connected', 'disconnected']);
  });

  test('leaves nothing behind where there is room for one session only', () => {
    const sessions = new Sessions();
    const openSession = sessions.openSession.bind(sessions);
    sessions.openSession = (options) => {
      sessions.isFull = sessions.open.size > 0;
      return openSession(options);
    };
    const memory = new FakeWire();
    const create = () =>
      new PlainRtpTransport(
        {
          packets: memory,
          batch: new SendBatch(memory),
          counted: createCounters(rtpMetrics),
          packetsPerSecond: 1,
          now: () => 0,
          random: (bytes) => new Uint8Array(bytes),
          wire: sessions,
          attach: () => undefined,
          detach: () => undefined,
          expect: () => undefined,
          forget: () => undefined,
        },
        SOCKETS,
        {},
        { onStateChange: () => undefined },
      );
    expect(create).toThrow('full');
    expect(sessions.open.size).toBe(0);
  });
});

describe('new keys', () => {
  test('take a new session over the same path, and senders with them', () => {
    const { transport, sessions, attached, states, hear, received } = setup({ keys: keys(1) });
    hear(OTHER, 5000);
    const sender = transport.createSender({ mid: '1', kind: 'audio', codecs: CODECS });
    expect([sender.wireSession, [...attached]]).toEqual([101, [101]]);
    sessions.latches.clear();
    transport.setKeys(keys(3));
    expect(sessions.latches.size).toBe(0);
    expect([...sessions.open]).toEqual([
      [102, { options: { kind: 'sdes', ...keys(3) }, path: pathTo(OTHER, 5000, RTP) }],
    ]);
    expect([sender.wireSession, [...attached]]).toEqual([102, [102]]);
    hear(OTHER, 5000, RTP, 102);
    expect([states, received]).toEqual([['connected'], [500, 500]]);
  });

  test('are those that the peer is looked for with, while it is looked for', () => {
    const { transport, sessions } = setup({ sources: [OTHER] });
    transport.setKeys(keys(3));
    expect(sessions.latches.get(RTP)).toEqual({ session: 102, sources: undefined });
    transport.setKeys(undefined);
    expect(sessions.latches.get(RTP)).toEqual({ session: 103, sources: [OTHER] });
  });

  test('that cannot be used leave the old ones in place', () => {
    const { transport, sessions, attached } = setup({ keys: keys(1) });
    transport.setRemote({ address: TOLD, port: 4000 });
    sessions.isFull = true;
    expect(() => {
      transport.setKeys(keys(3));
    }).toThrow('full');
    expect([[...sessions.open.keys()], [...attached]]).toEqual([[101], [101]]);
  });
});

describe('the end', () => {
  test('is told to the peer, and frees everything', () => {
    const { transport, sessions, states, attached, forgotten, sent, hear } = setup(
      {},
      { rtp: socketOf(RTP), rtcp: socketOf(RTCP) },
    );
    transport.setRemote({ address: TOLD, port: 4000 });
    hear(TOLD, 4000);
    transport.close();
    transport.close();
    transport.fail();
    expect(sent()).toEqual([{ session: 102, types: ['receiverReport', 'sourceDescription', 'goodbye'] }]);
    expect([states, forgotten]).toEqual([['connected', 'closed'], [transport]]);
    expect([sessions.open.size, attached.size, transport.deadline]).toEqual([0, 0, Infinity]);
    transport.setRemote({ address: TOLD, port: 4000 });
    transport.setKeys(keys(1));
    expect([transport.state, sessions.open.size]).toEqual(['closed', 0]);
  });

  test('of a peer that was never found is told to nobody', () => {
    const { transport, states, sent } = setup();
    transport.fail();
    expect([states, sent()]).toEqual([['failed'], []]);
  });
});
