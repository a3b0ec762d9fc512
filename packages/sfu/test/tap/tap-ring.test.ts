import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import * as fc from 'fast-check';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { createTapBuffer, TapReader } from '@parley/sfu';
import { HEADER, HEADER_SIZE, RecordKind } from '../../src/tap/tap-layout.js';
import { TapWriter } from '../../src/tap/tap-writer.js';

/** What a packet holds follows from its number and size, so that the reader can check it. */
function fill(source: Uint8Array, offset: number, sequence: number, size: number): void {
  for (let index = 0; index < size; index++) source[offset + index] = (sequence * 31 + index * 7) & 0xff;
}

function isIntact(payload: Uint8Array, sequence: number): boolean {
  return payload.every((byte, index) => byte === ((sequence * 31 + index * 7) & 0xff));
}

test('a ring has a size that it can have, and is read by its own version only', () => {
  for (const capacity of [0, 8192, 20_000, 2 ** 31])
    expect(() => createTapBuffer(capacity)).toThrow(RangeError);
  expect(() => new TapReader(new SharedArrayBuffer(16_384 + 128))).toThrow('another version');
});

test('whatever sizes and speeds: packets are read whole and in order, or counted as lost', () => {
  const step = fc.record({
    sizes: fc.array(fc.integer({ min: 1, max: 1500 }), { maxLength: 40 }),
    offset: fc.nat({ max: 7 }),
    reads: fc.nat({ max: 40 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const buffer = createTapBuffer(1 << 14);
      const writer = new TapWriter(buffer);
      const reader = new TapReader(buffer);
      const source = new Uint8Array(2048);
      let sequence = 0;
      let read = 0;
      let last = -1;
      const take = () => {
        const record = reader.next();
        if (record?.type !== 'packet') return false;
        expect(record.sequence).toBeGreaterThan(last);
        expect(record.timestamp).toBe(record.payload.length);
        expect(record.arrival).toBe(record.sequence / 2);
        expect(isIntact(record.payload, record.sequence)).toBe(true);
        last = record.sequence;
        read += 1;
        return true;
      };
      for (const { sizes, offset, reads } of steps) {
        for (const size of sizes) {
          fill(source, offset, sequence, size);
          const kind = RecordKind.PACKET;
          if (writer.begin(kind, 1, sequence, size, sequence / 2, size)) writer.fill(source, offset);
          else writer.lose();
          sequence += 1;
        }
        writer.publish();
        for (let count = 0; count < reads && take(); count++);
      }
      while (take());
      expect([writer.lost, reader.lost]).toEqual([sequence - read, sequence - read]);
    }),
    { seed: 7, numRuns: 200 },
  );
});

test('positions count on beyond 32 bits', () => {
  const buffer = createTapBuffer(1 << 14);
  const header = new Int32Array(buffer, 0, HEADER_SIZE >> 2);
  header[HEADER.WRITTEN] = header[HEADER.READ] = -4096;
  const writer = new TapWriter(buffer);
  const reader = new TapReader(buffer);
  const source = new Uint8Array(2048);
  for (let sequence = 0; sequence < 40; sequence++) {
    fill(source, 0, sequence, 1000);
    expect(writer.begin(RecordKind.PACKET, 1, sequence, 0, 0, 1000)).toBe(true);
    writer.fill(source, 0);
    writer.publish();
    const record = reader.next();
    expect(record?.type === 'packet' && isIntact(record.payload, sequence)).toBe(true);
  }
  expect(writer.lost).toBe(0);
});

test('a packet is seen once it is published, not before', () => {
  const buffer = createTapBuffer(1 << 14);
  const writer = new TapWriter(buffer);
  const reader = new TapReader(buffer);
  writer.begin(RecordKind.PACKET, 1, 5, 0, 0, 8);
  writer.fill(new Uint8Array(8), 0);
  expect(reader.next()).toBeUndefined();
  writer.publish();
  expect(reader.next()).toMatchObject({ type: 'packet', sequence: 5 });
  expect(reader.ended).toBe(false);
  writer.end();
  expect(reader.ended).toBe(true);
});

test('the clock is that of the latest report', () => {
  const buffer = createTapBuffer(1 << 14);
  const writer = new TapWriter(buffer);
  const reader = new TapReader(buffer);
  expect(reader.clock).toBeUndefined();
  const clock = {
    ntpSeconds: 0xe0000000,
    ntpFraction: 0x80000000,
    rtpTimestamp: 0xfffffff0,
    receivedAt: 12.5,
  };
  writer.writeClock(0xdeadbeef, { ...clock, ntpSeconds: 1 });
  writer.writeClock(0xdeadbeef, clock);
  expect(reader.clock).toEqual({ ssrc: 0xdeadbeef, ...clock });
});

test('a worker reads what another thread writes, whole and in order', async () => {
  const buffer = createTapBuffer(1 << 16);
  const writer = new TapWriter(buffer);
  const worker = new Worker(WORKER, { eval: true, workerData: { buffer, reader: moduleOf('tap-reader') } });
  const answer = new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  await new Promise((resolve) => worker.once('online', resolve));
  const source = new Uint8Array(2048);
  const total = 20_000;
  for (let sequence = 0; sequence < total; sequence++) {
    const size = 1 + ((sequence * 211) % 1200);
    fill(source, 4, sequence, size);
    if (writer.begin(RecordKind.PACKET, 1, sequence, size, 0, size)) writer.fill(source, 4);
    else writer.lose();
    if (sequence % 8 === 0) {
      writer.publish();
      // Now and then the reader gets the processor.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  writer.end();
  const { read, broken, disordered, lost } = (await answer) as Record<string, number>;
  await worker.terminate();
  expect({ broken, disordered }).toEqual({ broken: 0, disordered: 0 });
  expect([read! + lost!, lost]).toEqual([total, writer.lost]);
  expect(read).toBeGreaterThan(0);
});

/** A source file as a module that a worker can import, with what it imports inside. */
function moduleOf(name: string): string {
  const source = readFileSync(new URL(`../../src/tap/${name}.ts`, import.meta.url), 'utf8');
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  const code = ts.transpileModule(source, { compilerOptions }).outputText;
  const whole = code.replace(/'\.\/([\w-]+)\.js'/g, (_, imported: string) => `'${moduleOf(imported)}'`);
  return `data:text/javascript;base64,${Buffer.from(whole).toString('base64')}`;
}

const WORKER = `
  const { parentPort, workerData } = require('node:worker_threads');
  import(workerData.reader).then(({ TapReader }) => {
    const reader = new TapReader(workerData.buffer);
    let read = 0, broken = 0, disordered = 0, last = -1;
    while (!reader.ended) {
      const record = reader.next();
      if (!record) {
        reader.wait(20);
        continue;
      }
      if (!record.payload.every((byte, index) => byte === ((record.sequence * 31 + index * 7) & 0xff))) broken += 1;
      if (record.sequence <= last) disordered += 1;
      last = record.sequence;
      read += 1;
    }
    parentPort.postMessage({ read, broken, disordered, lost: reader.lost });
  });
`;
