import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parseRtcp,
  writeFir,
  writeGoodbye,
  writeNack,
  writePli,
  writeReceiverReport,
  writeRemb,
  writeSenderReport,
  writeSourceDescription,
  writeTransportFeedback,
} from '../../src/index.js';

const senderReport = {
  ssrc: 1,
  ntpSeconds: 2,
  ntpFraction: 3,
  rtpTimestamp: 4,
  packetCount: 5,
  octetCount: 6,
  reports: [],
};

/** One packet of each kind, in a row. */
function compound(): Uint8Array {
  const out = new Uint8Array(1500);
  let at = 0;

  at += writeSenderReport(out, at, senderReport);
  at += writeReceiverReport(out, at, { ssrc: 1, reports: [] });
  at += writeSourceDescription(out, at, 1, 'name');
  at += writeNack(out, at, 1, 2, [3], 1);
  at += writePli(out, at, 1, 2);
  at += writeFir(out, at, 1, [{ ssrc: 2, sequence: 3 }]);
  at += writeRemb(out, at, 1, 500_000, [2]);
  const [size = 0] = writeTransportFeedback(out, at, 1200, {
    senderSsrc: 1,
    mediaSsrc: 2,
    feedbackCount: 0,
    sequences: [1],
    arrivals: [1000],
    count: 1,
  });
  at += size;
  at += writeGoodbye(out, at, [1]);
  return out.subarray(0, at);
}

describe('parseRtcp()', () => {
  test('reads a compound of all kinds, in order, anywhere in a buffer', () => {
    const bytes = compound();
    const buffer = new Uint8Array(bytes.length + 20).fill(0xff);

    buffer.set(bytes, 11);

    const { packets, malformed } = parseRtcp(buffer, 11, bytes.length);

    expect(malformed).toBe(false);
    expect(packets.map(({ type }) => type)).toEqual([
      'senderReport',
      'receiverReport',
      'sourceDescription',
      'nack',
      'pli',
      'fir',
      'remb',
      'transportFeedback',
      'goodbye',
    ]);
  });

  test('skips kinds that it does not know', () => {
    const extendedReport = [0x80, 207, 0, 1, 0, 0, 0, 1];
    const unknownFeedback = [0x9e, 205, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2];
    const otherApplication = [0x8f, 206, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0x41, 0x42, 0x43, 0x44];
    const bytes = Uint8Array.from([
      ...extendedReport,
      ...unknownFeedback,
      ...otherApplication,
      0x80,
      203,
      0,
      0,
    ]);

    expect(parseRtcp(bytes, 0, bytes.length)).toEqual({
      packets: [{ type: 'goodbye', ssrcs: [] }],
      malformed: false,
    });
  });

  test('leaves padding of the last packet out', () => {
    const out = new Uint8Array(32);
    const size = writeNack(out, 0, 1, 2, [3], 1);

    out[0] = out[0]! | 0x20;
    out[3] = out[3]! + 1;
    out[size + 3] = 4;

    expect(parseRtcp(out, 0, size + 4)).toEqual({
      packets: [{ type: 'nack', senderSsrc: 1, mediaSsrc: 2, sequences: [3] }],
      malformed: false,
    });
  });

  test.each([
    ['nothing', []],
    ['half a header', [0x80, 203]],
    ['another version', [0x40, 203, 0, 0]],
    ['a length beyond the end', [0x80, 203, 0, 1]],
    ['more padding than there is', [0xa0, 203, 0, 1, 0, 0, 0, 8]],
    ['a report without its blocks', [0x81, 201, 0, 1, 0, 0, 0, 1]],
    ['a sender report without its sender', [0x80, 200, 0, 1, 0, 0, 0, 1]],
    ['a goodbye without its sources', [0x82, 203, 0, 1, 0, 0, 0, 1]],
    ['a source without its end', [0x81, 202, 0, 2, 0, 0, 0, 1, 1, 2, 65, 66]],
    ['a source item beyond the end', [0x81, 202, 0, 2, 0, 0, 0, 1, 1, 9, 65, 66]],
    ['a PLI without its media', [0x81, 206, 0, 1, 0, 0, 0, 1]],
    [
      'a REMB without its streams',
      [0x8f, 206, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0x52, 0x45, 0x4d, 0x42, 1, 0, 0, 1],
    ],
  ])('calls %s malformed', (_, bytes) => {
    expect(parseRtcp(Uint8Array.from(bytes), 0, bytes.length)).toEqual({ packets: [], malformed: true });
  });

  test('keeps what came before something malformed', () => {
    const bytes = Uint8Array.from([0x80, 203, 0, 0, 0x81, 203, 0, 0]);

    expect(parseRtcp(bytes, 0, bytes.length)).toEqual({
      packets: [{ type: 'goodbye', ssrcs: [] }],
      malformed: true,
    });
  });

  test('refuses a length beyond the buffer', () => {
    expect(parseRtcp(new Uint8Array(4), 0, 8)).toEqual({ packets: [], malformed: true });
  });

  test('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 120 }),
        fc.integer({ min: 200, max: 207 }),
        (bytes, packetType) => {
          if (bytes.length >= 4) {
            bytes[0] = 0x80 | (bytes[0]! & 0x3f);
            bytes[1] = packetType;
            bytes[2] = 0;
            bytes[3] = bytes[3]! & 0x1f;
          }

          parseRtcp(bytes, 0, bytes.length);
        },
      ),
      { seed: 4, numRuns: 2000 },
    );
  });

  test('never throws on a valid compound with some bytes changed, and never reads behind it', () => {
    const valid = compound();

    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(valid.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
        fc.nat(valid.length),
        (changes, length) => {
          const bytes = valid.slice(0, length);

          for (const [index, value] of changes) {
            bytes[index] = value;
          }

          const surrounded = new Uint8Array(valid.length + 64).fill(0x55);

          surrounded.set(bytes);

          expect(parseRtcp(surrounded, 0, length)).toEqual(parseRtcp(bytes, 0, length));
        },
      ),
      { seed: 5, numRuns: 1000 },
    );
  });
});
