import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { FrameDecoder } from '../../src/tcp/frame-decoder.js';
import { FrameWriter } from '../../src/tcp/frame-writer.js';

const MAX = 1536;

function decode(chunks: readonly Uint8Array[], max = MAX): { frames: Uint8Array[]; valid: boolean } {
  const decoder = new FrameDecoder(max);
  const frames: Uint8Array[] = [];
  const valid = chunks.map((chunk) => decoder.push(chunk, (frame) => frames.push(frame))).every(Boolean);
  return { frames, valid };
}

function encode(packets: readonly Uint8Array[]): Uint8Array {
  const writer = new FrameWriter();
  for (const packet of packets) writer.add(packet);
  return writer.take();
}

/** Cuts bytes into chunks of these sizes, over and over. */
function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? bytes.length;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

describe('frames in one chunk', () => {
  it('are handed over in order', () => {
    const bytes = Uint8Array.of(0, 2, 7, 8, 0, 1, 9);
    expect(decode([bytes])).toEqual({ frames: [Uint8Array.of(7, 8), Uint8Array.of(9)], valid: true });
  });

  it('of length 0 are skipped', () => {
    expect(decode([Uint8Array.of(0, 0, 0, 1, 5, 0, 0)])).toEqual({
      frames: [Uint8Array.of(5)],
      valid: true,
    });
  });

  it('may be as long as is allowed', () => {
    const longest = new Uint8Array(300).fill(3);
    expect(decode([encode([longest])], 300)).toEqual({ frames: [longest], valid: true });
  });
});

it('takes a frame that is announced too long for the end of the stream', () => {
  const decoder = new FrameDecoder(300);
  const frames: Uint8Array[] = [];
  const push = (bytes: number[]): boolean => decoder.push(Uint8Array.from(bytes), (f) => frames.push(f));
  expect(push([0, 1, 5, 1])).toBe(true);
  expect(push([45, 0, 1, 6])).toBe(false);
  expect(push([0, 1, 7])).toBe(false);
  expect(frames).toEqual([Uint8Array.of(5)]);
});

it('takes an HTTP request for garbage at once', () => {
  expect(decode([Buffer.from('GET / HTTP/1.1\r\n\r\n')])).toEqual({ frames: [], valid: false });
});

it('gives a frame that came in pieces memory of its own', () => {
  const decoder = new FrameDecoder(MAX);
  const frames: Uint8Array[] = [];
  for (const chunk of [[0], [2], [1], [2, 0, 2, 3], [4]]) {
    decoder.push(Uint8Array.from(chunk), (frame) => frames.push(frame));
  }
  expect(frames).toEqual([Uint8Array.of(1, 2), Uint8Array.of(3, 4)]);
});

it('gives the packets that were written, however the stream is cut', () => {
  const packets = fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { maxLength: 20 });
  const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(packets, sizes, (sent, cuts) => {
      const { frames, valid } = decode(cut(encode(sent), cuts));
      expect(valid).toBe(true);
      expect(frames).toEqual(sent);
    }),
    { seed: 4571, numRuns: 500 },
  );
});

it('makes the same of any bytes, however they are cut', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
  // Small numbers are likely, so that frames are short and many.
  const bytes = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5 }), fc.nat(255)), {
    maxLength: 80,
  });
  fc.assert(
    fc.property(bytes, sizes, (given, cuts) => {
      const stream = Uint8Array.from(given);
      expect(decode(cut(stream, cuts), 40)).toEqual(decode([stream], 40));
    }),
    { seed: 6544, numRuns: 2000 },
  );
});
