import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataChunk } from '../../src/sctp/data-chunk.js';
import { Reassembly } from '../../src/sctp/reassembly.js';
import { pattern, seededRandom } from './network.js';

interface Sent {
  streamId: number;
  unordered: boolean;
  payload: Uint8Array;
}

/** The DATA chunks of messages, with TSNs from 0 and SSNs from `firstSsn` on each stream. */
function fragments(messages: readonly Sent[], size: number, firstSsn = 0): DataChunk[] {
  const chunks: DataChunk[] = [];
  const nextSsn = new Map<number, number>();
  for (const { streamId, unordered, payload } of messages) {
    const ssn = nextSsn.get(streamId) ?? firstSsn;
    if (!unordered) nextSsn.set(streamId, ssn + 1);
    for (let at = 0; at < payload.length; at += size) {
      chunks.push({
        tsn: chunks.length,
        streamId,
        ssn: ssn & 0xffff,
        ppid: 53,
        begin: at === 0,
        end: at + size >= payload.length,
        unordered,
        immediate: false,
        payload: payload.subarray(at, at + size),
      });
    }
  }
  return chunks;
}

function receive(reassembly: Reassembly, chunks: readonly DataChunk[]): Uint8Array[] {
  const payloads: Uint8Array[] = [];
  for (const chunk of chunks) {
    if (!reassembly.add(chunk.tsn, chunk)) throw new Error(`TSN ${chunk.tsn} was refused`);
    for (let message = reassembly.next(); message; message = reassembly.next())
      payloads.push(message.payload);
  }
  return payloads;
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

const ordered = (streamId: number, payload: Uint8Array): Sent => ({ streamId, unordered: false, payload });

describe('Reassembly', () => {
  it('gives back every message whatever the order of arrival, each stream in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(2), fc.boolean(), fc.integer({ min: 1, max: 50 })), {
          minLength: 1,
          maxLength: 20,
        }),
        fc.nat(),
        (shapes, seed) => {
          const messages = shapes.map(([streamId, unordered, length], index) => ({
            streamId,
            unordered,
            // The first byte tells which message it is.
            payload: Uint8Array.of(index, ...pattern(length, index)),
          }));
          const reassembly = new Reassembly(1000);
          const received = receive(reassembly, shuffled(fragments(messages, 7), seed));
          expect(received).toHaveLength(messages.length);
          const intact = received.filter(
            (payload) => Buffer.compare(payload, messages[payload[0]!]!.payload) === 0,
          );
          expect(intact).toHaveLength(messages.length);
          for (const streamId of [0, 1, 2]) {
            const order = received
              .map((payload) => payload[0]!)
              .filter((index) => messages[index]!.streamId === streamId && !messages[index]!.unordered);
            expect(order).toEqual([...order].sort((a, b) => a - b));
          }
          expect(reassembly.heldBytes).toBe(0);
        },
      ),
      { seed: 7, numRuns: 150 },
    );
  });

  it('keeps its own copy of the payload', () => {
    const buffer = Uint8Array.of(1, 2, 3);
    const [received] = receive(new Reassembly(10), fragments([ordered(0, buffer)], 10));
    buffer.fill(0);
    expect(received).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('goes on when the SSN wraps', () => {
    const reassembly = new Reassembly(10);
    const chunk = fragments([ordered(0, Uint8Array.of(0))], 10)[0]!;
    for (let ssn = 0; ssn < 65_534; ssn++) reassembly.add(ssn, { ...chunk, ssn });
    while (reassembly.next());
    const across = fragments(
      [1, 2, 3, 4].map((index) => ordered(0, Uint8Array.of(index))),
      10,
      65_534,
    );
    const [a, b, c, d] = across.map((fragment) => ({ ...fragment, tsn: fragment.tsn + 65_534 }));
    expect(receive(reassembly, [c!, a!, d!, b!])).toEqual([1, 2, 3, 4].map((index) => Uint8Array.of(index)));
  });

  it('refuses a message larger than allowed as soon as it is seen to be', () => {
    const reassembly = new Reassembly(20);
    const chunks = fragments([ordered(0, pattern(30, 0))], 10);
    expect(reassembly.add(1, chunks[1]!)).toBe(true);
    expect(reassembly.add(0, chunks[0]!)).toBe(true);
    expect(reassembly.add(2, chunks[2]!)).toBe(false);
  });

  it('refuses fragments that follow each other and belong to different messages', () => {
    const reassembly = new Reassembly(100);
    const [first, second] = fragments([ordered(0, pattern(20, 0))], 10);
    expect(reassembly.add(0, first!)).toBe(true);
    expect(reassembly.add(1, { ...second!, streamId: 1 })).toBe(false);
  });

  it('charges for what it holds, also when that is little', () => {
    const reassembly = new Reassembly(100);
    for (let tsn = 1; tsn < 100; tsn += 2) {
      reassembly.add(tsn, { ...fragments([ordered(0, Uint8Array.of(1))], 1)[0]!, begin: false, end: false });
    }
    expect(reassembly.heldBytes).toBe(50 * 65);
  });

  describe('when the peer gives messages up', () => {
    it('drops their parts and delivers what waited behind them', () => {
      const reassembly = new Reassembly(1000);
      const chunks = fragments(
        [0, 1, 2, 3].map((index) => ordered(5, pattern(20, index))),
        10,
      );
      // Missing: the end of message 0, the start of message 2.
      const received = receive(reassembly, [
        chunks[0]!,
        chunks[2]!,
        chunks[3]!,
        chunks[5]!,
        chunks[6]!,
        chunks[7]!,
      ]);
      expect(received).toEqual([]);
      reassembly.forward(1, [{ streamId: 5, ssn: 0 }]);
      expect(reassembly.next()?.payload).toEqual(pattern(20, 1));
      expect(reassembly.next()).toBeUndefined();
      reassembly.forward(5, [{ streamId: 5, ssn: 2 }]);
      expect(reassembly.next()?.payload).toEqual(pattern(20, 3));
      expect(reassembly.heldBytes).toBe(0);
    });

    it('delivers whole messages among those skipped', () => {
      const reassembly = new Reassembly(1000);
      const chunks = fragments(
        [0, 1, 2].map((index) => ordered(5, pattern(5, index))),
        10,
      );
      receive(reassembly, [chunks[1]!]);
      reassembly.forward(2, [{ streamId: 5, ssn: 2 }]);
      expect(reassembly.next()?.payload).toEqual(pattern(5, 1));
      expect(reassembly.heldBytes).toBe(0);
    });

    it('drops parts of unordered messages', () => {
      const reassembly = new Reassembly(1000);
      const chunks = fragments([{ streamId: 1, unordered: true, payload: pattern(30, 0) }], 10);
      receive(reassembly, chunks.slice(1));
      reassembly.forward(2, []);
      expect(reassembly.heldBytes).toBe(0);
    });

    it('drops what it held of a message when the next one starts in its place', () => {
      const reassembly = new Reassembly(1000);
      const chunks = fragments([ordered(1, pattern(20, 0)), ordered(2, pattern(20, 1))], 10);
      receive(reassembly, [chunks[0]!]);
      const moved = chunks.slice(2).map((chunk) => ({ ...chunk, tsn: chunk.tsn - 1 }));
      expect(receive(reassembly, moved)).toEqual([pattern(20, 1)]);
      expect(reassembly.heldBytes).toBe(0);
    });
  });

  it('starts a stream anew when it is reset, and no other', () => {
    const reassembly = new Reassembly(1000);
    receive(reassembly, fragments([ordered(1, pattern(5, 0)), ordered(2, pattern(5, 0))], 10));
    const behindGap = { ...fragments([ordered(1, pattern(5, 0))], 10)[0]!, ssn: 9 };
    receive(reassembly, [behindGap]);
    expect(reassembly.heldBytes).toBeGreaterThan(0);
    reassembly.reset([1]);
    expect(reassembly.heldBytes).toBe(0);
    expect(receive(reassembly, fragments([ordered(1, pattern(5, 3))], 10))).toHaveLength(1);
    expect(receive(reassembly, fragments([ordered(2, pattern(5, 3))], 10, 1))).toHaveLength(1);
    reassembly.reset(undefined);
    expect(receive(reassembly, fragments([ordered(2, pattern(5, 4))], 10))).toHaveLength(1);
  });
});
