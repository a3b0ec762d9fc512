import { beforeEach, describe, expect, it } from 'vitest';
import { parseChunks } from '../../src/sctp/chunks.js';
import { Handshake } from '../../src/sctp/handshake.js';
import type { Reply } from '../../src/sctp/handshake.js';
import { parseInit } from '../../src/sctp/init-chunk.js';
import type { Init } from '../../src/sctp/init-chunk.js';
import type { AssociationParameters } from '../../src/sctp/association-parameters.js';
import { seededRandom } from './network.js';
import { packetOf } from './packets.js';

let a: Handshake;
let b: Handshake;

beforeEach(() => {
  const random = seededRandom(1);
  const uint32 = (): number => Math.floor(random() * 2 ** 32);
  a = new Handshake(uint32, 100_000);
  b = new Handshake(uint32, 200_000);
});

const valueOf = (reply: Reply): Uint8Array => parseChunks(packetOf(0, reply.chunk))![0]!.value;
const initOf = (reply: Reply): Init => parseInit(parseChunks(packetOf(0, reply.chunk))![0]!)!;

/** `from`'s INIT answered by `to` and the answer taken: returns the COOKIE ECHO. */
function exchange(from: Handshake, to: Handshake, now = 0, current?: AssociationParameters): Reply {
  from.connect(now);
  const initAck = to.handleInit(initOf(from.takeRequest()!), current, now);
  expect(from.handleInitAck(initOf(initAck), now)).toBe(true);
  return from.takeRequest()!;
}

function established(): AssociationParameters {
  const echo = exchange(a, b);
  const verdict = b.handleCookieEcho(valueOf(echo), echo.tag, undefined, 0);
  if (verdict.kind !== 'established') throw new Error(`not established but ${verdict.kind}`);
  return verdict.parameters;
}

describe('Handshake', () => {
  it('leaves both ends with the same parameters, seen from either side', () => {
    const echo = exchange(a, b);
    const verdict = b.handleCookieEcho(valueOf(echo), echo.tag, undefined, 0);
    const ours = a.handleCookieAck()!;
    expect(verdict).toMatchObject({
      kind: 'established',
      parameters: {
        localTag: ours.peerTag,
        peerTag: ours.localTag,
        localInitialTsn: ours.peerInitialTsn,
        peerInitialTsn: ours.localInitialTsn,
        peerWindow: 100_000,
        forwardTsn: true,
        reconfig: true,
      },
    });
    expect(ours.peerWindow).toBe(200_000);
    expect([a.deadline, b.deadline]).toEqual([Infinity, Infinity]);
  });

  it('repeats INIT and COOKIE ECHO ever more slowly, and gives up', () => {
    a.connect(0);
    const init = a.takeRequest();
    expect(a.takeRequest()).toBeUndefined();
    const times: number[] = [];
    while (a.handleTimeout(a.deadline)) {
      times.push(a.deadline);
      expect(a.takeRequest()).toEqual(init);
    }
    expect(times.slice(0, 4)).toEqual([3000, 7000, 15_000, 25_000]);
    expect(times).toHaveLength(8);
  });

  it('knows no cookie twice: the second is only acknowledged', () => {
    const echo = exchange(a, b);
    const first = b.handleCookieEcho(valueOf(echo), echo.tag, undefined, 0);
    if (first.kind !== 'established') throw new Error(first.kind);
    expect(b.handleCookieEcho(valueOf(echo), echo.tag, first.parameters, 100_000)).toEqual({
      kind: 'repeated',
    });
  });

  it('refuses a cookie in a packet with another tag, and one that was tampered with', () => {
    const echo = exchange(a, b);
    expect(b.handleCookieEcho(valueOf(echo), echo.tag + 1, undefined, 0)).toEqual({ kind: 'refused' });
    const forged = valueOf(echo).slice();
    forged[5]! ^= 1;
    expect(b.handleCookieEcho(forged, echo.tag, undefined, 0)).toEqual({ kind: 'refused' });
  });

  it('begins again when its cookie came too late', () => {
    const echo = exchange(a, b);
    const verdict = b.handleCookieEcho(valueOf(echo), echo.tag, undefined, 60_001);
    expect(verdict).toEqual({ kind: 'stale', peerTag: a.localTag });
    a.handleStaleCookie(60_010);
    const again = b.handleInit(initOf(a.takeRequest()!), undefined, 60_020);
    expect(a.handleInitAck(initOf(again), 60_030)).toBe(true);
  });

  it('resolves a collision: both keep the tags of their own INIT', () => {
    a.connect(0);
    b.connect(0);
    const initA = initOf(a.takeRequest()!);
    const initB = initOf(b.takeRequest()!);
    const ackByA = a.handleInit(initB, undefined, 1);
    const ackByB = b.handleInit(initA, undefined, 1);
    expect([initOf(ackByA).tag, initOf(ackByB).tag]).toEqual([initA.tag, initB.tag]);
    a.handleInitAck(initOf(ackByB), 2);
    b.handleInitAck(initOf(ackByA), 2);
    const echoA = a.takeRequest()!;
    const echoB = b.takeRequest()!;
    expect(b.handleCookieEcho(valueOf(echoA), echoA.tag, undefined, 3)).toMatchObject({
      kind: 'established',
      parameters: { localTag: initB.tag, peerTag: initA.tag },
    });
    expect(a.handleCookieEcho(valueOf(echoB), echoB.tag, undefined, 3)).toMatchObject({
      kind: 'established',
      parameters: { localTag: initA.tag, peerTag: initB.tag },
    });
  });

  it('takes a new INIT of a peer that restarted, and nothing changes before its cookie', () => {
    const current = established();
    const restarted = new Handshake(() => 77, 100_000);
    const echo = exchange(restarted, b, 10, current);
    expect(b.handleCookieEcho(valueOf(echo), echo.tag, current, 10)).toMatchObject({
      kind: 'restarted',
      parameters: { peerTag: 77 },
    });
  });

  it('refuses a cookie from before the association was up', () => {
    const late = new Handshake(() => 77, 100_000);
    const echo = exchange(late, b);
    const current = established();
    expect(b.handleCookieEcho(valueOf(echo), echo.tag, current, 10)).toEqual({ kind: 'refused' });
  });

  it('expects no INIT ACK and no COOKIE ACK out of turn', () => {
    a.connect(0);
    const initAck = initOf(b.handleInit(initOf(a.takeRequest()!), undefined, 0));
    expect(a.handleCookieAck()).toBeUndefined();
    expect(a.handleInitAck(initAck, 0)).toBe(true);
    expect(a.handleInitAck(initAck, 0)).toBe(false);
    expect(a.handleCookieAck()).toBeDefined();
    expect(a.handleCookieAck()).toBeUndefined();
  });
});
