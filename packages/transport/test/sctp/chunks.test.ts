import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildChunk, buildParameter, parseChunks, parseParameters } from '../../src/sctp/chunks.js';
import type { Chunk } from '../../src/sctp/chunks.js';
import { parseDataChunk, writeDataChunk } from '../../src/sctp/data-chunk.js';
import {
  buildAbort,
  buildStaleCookieError,
  buildUnrecognizedChunkError,
  hasStaleCookieCause,
} from '../../src/sctp/error-causes.js';
import { buildForwardTsn, parseForwardTsn } from '../../src/sctp/forward-tsn-chunk.js';
import { buildInit, parseInit } from '../../src/sctp/init-chunk.js';
import { isValidPacket, verificationTagOf } from '../../src/sctp/packet.js';
import { buildOutgoingReset, buildReconfigResponse, parseReconfig } from '../../src/sctp/reconfig-chunk.js';
import { parseSack, writeSack } from '../../src/sctp/sack-chunk.js';
import { packetOf } from './packets.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const uint32 = fc.integer({ min: 0, max: 0xffffffff });

/** The one chunk of a packet made of `bytes`. */
function parseOne(bytes: Uint8Array): Chunk {
  const chunks = parseChunks(packetOf(1, bytes));
  expect(chunks).toHaveLength(1);
  return chunks![0]!;
}

describe('packets', () => {
  it('are valid with right ports and checksum, and not when any bit is changed', () => {
    const packet = packetOf(0xdeadbeef, buildChunk(11, 0));
    expect(hex(packet.subarray(0, 8))).toBe('13881388deadbeef');
    expect(isValidPacket(packet)).toBe(true);
    expect(verificationTagOf(packet)).toBe(0xdeadbeef);
    for (let bit = 0; bit < packet.length * 8; bit++) {
      const changed = packet.slice();
      changed[bit >>> 3]! ^= 1 << (bit & 7);
      expect(isValidPacket(changed)).toBe(false);
    }
  });

  it('are invalid when shorter than their header', () => {
    expect(isValidPacket(new Uint8Array(11))).toBe(false);
  });
});

describe('chunks', () => {
  it('are padded, and their length does not count the padding', () => {
    expect(hex(buildChunk(10, 0, Uint8Array.of(1, 2, 3, 4, 5)))).toBe('0a000009' + '0102030405000000');
    expect(hex(buildChunk(130, 0, buildParameter(13, new Uint8Array(14).fill(1))))).toBe(
      '82000016' + '000d0012' + '01'.repeat(14) + '0000',
    );
  });

  it.each([
    ['no chunk', ''],
    ['half a header', '0a00'],
    ['a length below the header', '0a000003'],
    ['a length beyond the packet', '0a000009'],
  ])('are refused with %s', (_name, bytes) => {
    expect(parseChunks(packetOf(1, Buffer.from(bytes, 'hex')))).toBeUndefined();
  });

  it('need no padding at the end of a packet', () => {
    expect(parseChunks(packetOf(1, Buffer.from('0a00000501', 'hex')))).toMatchObject([
      { type: 10, value: Uint8Array.of(1) },
    ]);
  });

  it('survive any bytes, and parameters too', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const chunks = parseChunks(packetOf(1, bytes)) ?? [];
        for (const chunk of chunks) {
          for (const parse of [parseDataChunk, parseSack, parseInit, parseForwardTsn, parseReconfig])
            parse(chunk);
          hasStaleCookieCause(chunk);
        }
        const view = { type: 1, flags: 0, value: bytes };
        for (const parse of [parseDataChunk, parseSack, parseInit, parseForwardTsn, parseReconfig])
          parse(view);
        parseParameters(bytes, 0);
      }),
      { seed: 3, numRuns: 2000 },
    );
  });
});

describe('DATA', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(
        fc.record({
          tsn: uint32,
          streamId: fc.nat(0xffff),
          ssn: fc.nat(0xffff),
          ppid: uint32,
          begin: fc.boolean(),
          end: fc.boolean(),
          unordered: fc.boolean(),
          immediate: fc.boolean(),
          payload: fc.uint8Array({ maxLength: 40 }),
        }),
        (data) => {
          const out = new Uint8Array(100).fill(0xaa);
          const end = writeDataChunk(out, 4, data);
          expect(end % 4).toBe(0);
          expect(parseDataChunk(parseOne(out.subarray(4, end)))).toEqual(data);
        },
      ),
      { seed: 4 },
    );
  });

  it('has the form of RFC 9260 section 3.3.1', () => {
    const out = new Uint8Array(20);
    writeDataChunk(out, 0, {
      tsn: 0x01020304,
      streamId: 0x0506,
      ssn: 0x0708,
      ppid: 51,
      begin: true,
      end: true,
      unordered: false,
      immediate: false,
      payload: Uint8Array.of(0x41),
    });
    expect(hex(out)).toBe('00030011' + '01020304' + '05060708' + '00000033' + '41000000');
  });
});

describe('SACK', () => {
  const sack = { cumulativeTsn: 0xfffffffe, window: 5000, gaps: [2, 3, 7, 7] };

  it('comes back as it was written, with its duplicates in place', () => {
    const out = new Uint8Array(64);
    const end = writeSack(out, 0, 64, sack, [9]);
    expect(hex(out.subarray(0, end))).toBe(
      '0300001c' + 'fffffffe' + '00001388' + '00020001' + '00020003' + '00070007' + '00000009',
    );
    expect(parseSack(parseOne(out.subarray(0, end)))).toEqual(sack);
  });

  it('leaves out what does not fit, the duplicates first', () => {
    const out = new Uint8Array(64);
    const end = writeSack(out, 0, 20, sack, [9]);
    expect(parseSack(parseOne(out.subarray(0, end)))?.gaps).toEqual([2, 3]);
  });

  it.each([
    ['a gap block that ends before it starts', '00030002'],
    ['a gap block at the cumulative TSN', '00000002'],
    ['overlapping gap blocks', '0002000500050006'],
  ])('is refused with %s', (_name, gaps) => {
    const count = (gaps.length / 8).toString(16).padStart(4, '0');
    const value = Buffer.from(`0000000100001388${count}0000${gaps}`, 'hex');
    expect(parseSack({ type: 3, flags: 0, value })).toBeUndefined();
  });
});

describe('INIT', () => {
  const fields = {
    tag: 7,
    window: 100_000,
    outgoingStreams: 10,
    incomingStreams: 20,
    initialTsn: 0xffffffff,
    cookie: undefined,
  };

  it('comes back as it was built, and so does INIT ACK with its cookie', () => {
    const expected = { ...fields, forwardTsn: true, reconfig: true, unrecognized: [] };
    expect(parseInit(parseOne(buildInit(fields)))).toEqual(expected);
    const cookie = Uint8Array.of(1, 2, 3, 4, 5);
    expect(parseInit(parseOne(buildInit({ ...fields, cookie })))).toEqual({ ...expected, cookie });
  });

  it('of another implementation is understood', () => {
    // pion/sctp 1.8: forward TSN and its supported extensions, without padding at the end.
    const value = Buffer.from(
      '11223344' + '00100000' + 'ffffffff' + 'aabbccdd' + '80080006' + '82c0' + '0000' + 'c0000004',
      'hex',
    );
    expect(parseInit({ type: 1, flags: 0, value })).toMatchObject({
      tag: 0x11223344,
      window: 1 << 20,
      outgoingStreams: 65535,
      incomingStreams: 65535,
      initialTsn: 0xaabbccdd,
      forwardTsn: true,
      reconfig: true,
    });
  });

  it.each([
    ['tag zero', { tag: 0 }],
    ['no outgoing stream', { outgoingStreams: 0 }],
    ['no incoming stream', { incomingStreams: 0 }],
    ['a window below 1500', { window: 1499 }],
  ])('is refused with %s', (_name, change) => {
    expect(parseInit(parseOne(buildInit({ ...fields, ...change })))).toBeUndefined();
  });

  it('deals with unknown parameters as their high bits say', () => {
    const withParameters = (...types: number[]): ReturnType<typeof parseInit> => {
      const known = buildInit(fields);
      const extra = types.map((type) => buildParameter(type, new Uint8Array(4)));
      const fixed = known.subarray(4, 20);
      const last = buildParameter(0xc000);
      return parseInit(parseOne(buildChunk(1, 0, fixed, ...extra, last)));
    };
    expect(withParameters(0x8fff)).toMatchObject({ forwardTsn: true, unrecognized: [] });
    expect(withParameters(0xcfff)).toMatchObject({
      forwardTsn: true,
      unrecognized: [buildParameter(0xcfff, new Uint8Array(4))],
    });
    expect(withParameters(0x0fff)).toMatchObject({ forwardTsn: false, unrecognized: [] });
    expect(withParameters(0x4fff)).toMatchObject({ forwardTsn: false, unrecognized: [expect.anything()] });
  });
});

describe('FORWARD TSN', () => {
  it('comes back as it was built', () => {
    const forward = {
      cumulativeTsn: 0xfffffff0,
      skipped: [
        { streamId: 3, ssn: 65535 },
        { streamId: 9, ssn: 0 },
      ],
    };
    expect(parseForwardTsn(parseOne(buildForwardTsn(forward)))).toEqual(forward);
  });
});

describe('RE-CONFIG', () => {
  it('comes back as it was built', () => {
    const request = { requestSequence: 1, responseSequence: 2, lastTsn: 0xffffffff, streamIds: [0, 2, 1023] };
    const bytes = buildOutgoingReset(request);
    expect(hex(bytes)).toBe(
      '8200001a' + '000d0016' + '00000001' + '00000002' + 'ffffffff' + '00000002' + '03ff' + '0000',
    );
    expect(parseReconfig(parseOne(bytes))).toEqual([{ kind: 'outgoing-reset', ...request }]);
    expect(parseReconfig(parseOne(buildReconfigResponse(5, 1)))).toEqual([
      { kind: 'response', responseSequence: 5, result: 1 },
    ]);
  });

  it('tells requests it does not know the use of', () => {
    const value = buildParameter(17, Uint8Array.of(0, 0, 0, 9, 0, 1, 0, 0));
    expect(parseReconfig({ type: 130, flags: 0, value })).toEqual([
      { kind: 'other-request', requestSequence: 9 },
    ]);
  });
});

describe('error causes', () => {
  it('are in the form of RFC 9260 section 3.3.10', () => {
    expect(hex(buildAbort(12))).toBe('06000008' + '000c0004');
    expect(hex(buildUnrecognizedChunkError({ type: 0xfe, flags: 1, value: Uint8Array.of(7) }))).toBe(
      '09000010' + '0006000c' + 'fe010005' + '07000000',
    );
    expect(hasStaleCookieCause(parseOne(buildStaleCookieError()))).toBe(true);
    expect(hasStaleCookieCause(parseOne(buildAbort(12)))).toBe(false);
  });
});
