import { TX, TX_WORDS, TxKind } from '@parley/wire';
import { expect, test } from 'vitest';
import { SendBatch } from '../../src/rtp-session/send-batch.js';
import { FakeWire } from '../support/received.js';
import { createPath } from '../support/path.js';

test('bytes written into the scratch area leave in one flush, in their order', () => {
  const wire = new FakeWire();
  const batch = new SendBatch(wire);
  for (const text of ['first', 'second']) {
    const offset = batch.reserve(100);
    batch.scratch.set(Buffer.from(text), offset);
    batch.push(TxKind.RTCP, 7, offset, text.length);
  }
  expect(wire.flushes).toBe(0);
  batch.flush();
  expect(wire.flushes).toBe(1);
  expect(wire.sentBytes.map((bytes) => Buffer.from(bytes).toString())).toEqual(['first', 'second']);
  expect(wire.sent.map((words) => words[TX.SESSION])).toEqual([7, 7]);
});

test('scratch offsets are multiples of four', () => {
  const batch = new SendBatch(new FakeWire());
  batch.push(TxKind.RTCP, 1, batch.reserve(5), 5);
  expect(batch.reserve(1) % 4).toBe(0);
});

test('a full batch flushes by itself and loses nothing', () => {
  const wire = new FakeWire({ capacity: 4 });
  const batch = new SendBatch(wire);
  for (let index = 0; index < 10; index++) batch.words[batch.next() + TX.SSRC] = index;
  batch.flush();
  expect(wire.sent.map((words) => words[TX.SSRC])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('a full scratch area flushes by itself and loses nothing', () => {
  const wire = new FakeWire();
  const batch = new SendBatch(wire);
  const bytes = new Uint8Array(30_000).fill(9);
  for (let index = 0; index < 5; index++) {
    const offset = batch.reserve(bytes.length);
    batch.scratch.set(bytes, offset);
    batch.push(TxKind.DATA, index, offset, bytes.length);
  }
  batch.flush();
  expect(wire.sentBytes).toHaveLength(5);
  expect(wire.sentBytes.every((sent) => sent.every((byte) => byte === 9))).toBe(true);
});

test('raw messages carry their path before them', () => {
  const wire = new FakeWire();
  const batch = new SendBatch(wire);
  const path = createPath({ family: 4, bytes: Uint8Array.of(127, 0, 0, 1), port: 4000 });
  batch.pushRaw(Uint8Array.of(1, 2, 3), path);
  const at = 0 * TX_WORDS;
  const pathOffset = batch.words[at + TX.EXTRA]!;
  expect(new Uint32Array(batch.scratch.slice(pathOffset, pathOffset + 40).buffer)).toEqual(path);
  batch.flush();
  expect(wire.sentBytes[0]).toEqual(Uint8Array.of(1, 2, 3));
});
