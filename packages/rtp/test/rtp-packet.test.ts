import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findExtension, parseRtpHeader, writeRtpHeader, type RtpHeaderFields } from '../src/index.js';

const plain: RtpHeaderFields = {
  marker: true,
  payloadType: 96,
  sequence: 65_535,
  timestamp: 0xffff_fffe,
  ssrc: 0xdead_beef,
};

function packet(
  header: RtpHeaderFields,
  payload: Uint8Array,
  offset = 0,
): { buffer: Uint8Array; length: number } {
  const buffer = new Uint8Array(offset + 1500);
  const size = writeRtpHeader(buffer, offset, header);

  buffer.set(payload, offset + size);
  return { buffer, length: size + payload.length };
}

describe('parseRtpHeader()', () => {
  test('reads what writeRtpHeader() wrote', () => {
    const header = {
      ...plain,
      csrcs: [1, 0xffff_ffff],
      extensions: [
        { id: 3, data: Uint8Array.of(0x12, 0x34) },
        { id: 20, data: Uint8Array.of(0x56) },
      ],
    };
    const { buffer, length } = packet(header, Uint8Array.of(1, 2, 3), 5);
    const parsed = parseRtpHeader(buffer, 5, length);

    expect(parsed).toMatchObject({ ...plain, csrcs: header.csrcs, payloadLength: 3, paddingLength: 0 });
    expect(parsed && buffer[parsed.payloadOffset]).toBe(1);
    expect(
      parsed &&
        findExtension(buffer, parsed.extensionOffset, parsed.extensionLength, parsed.twoByteExtensions, 20),
    ).toBeGreaterThan(0);
  });

  test('leaves padding out of the payload', () => {
    const { buffer, length } = packet(plain, Uint8Array.of(1, 2, 0, 0, 3));

    buffer[0] = buffer[0]! | 0x20;

    expect(parseRtpHeader(buffer, 0, length)).toMatchObject({ payloadLength: 2, paddingLength: 3 });
  });

  test('takes a packet of padding alone', () => {
    const { buffer, length } = packet(plain, Uint8Array.of(0, 0, 3));

    buffer[0] = buffer[0]! | 0x20;

    expect(parseRtpHeader(buffer, 0, length)).toMatchObject({ payloadLength: 0, paddingLength: 3 });
  });

  test('skips an extension block of an unknown profile', () => {
    const { buffer, length } = packet(
      { ...plain, extensions: [{ id: 1, data: Uint8Array.of(7) }] },
      Uint8Array.of(9),
    );

    buffer[12] = 0x55;

    expect(parseRtpHeader(buffer, 0, length)).toMatchObject({ extensionOffset: 0, payloadLength: 1 });
  });

  test.each<[string, (buffer: Uint8Array) => number | undefined]>([
    ['is shorter than a header', () => 11],
    ['has another version', (buffer) => void (buffer[0] = 0x40)],
    ['lacks CSRCs that it counts', (buffer) => void (buffer[0] = 0x8f)],
    ['lacks the extension block that it announces', (buffer) => void (buffer[0] = 0x90)],
    ['says that it is padded with no byte', (buffer) => void ((buffer[0] = 0xa0), (buffer[13] = 0))],
    ['is padded with more than it has', (buffer) => void ((buffer[0] = 0xa0), (buffer[13] = 3))],
    ['ends behind the buffer', () => 5000],
  ])('refuses a packet that %s', (_, corrupt) => {
    const { buffer, length } = packet(plain, Uint8Array.of(1, 2));
    const other = corrupt(buffer);

    expect(parseRtpHeader(buffer, 0, other ?? length)).toBeUndefined();
  });

  test('keeps payload and padding within the packet, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        if (bytes.length > 0) {
          bytes[0] = 0x80 | (bytes[0]! & 0x3f);
        }

        const header = parseRtpHeader(bytes, 0, bytes.length);

        if (header !== undefined) {
          expect(header.payloadLength).toBeGreaterThanOrEqual(0);
          expect(header.payloadOffset + header.payloadLength + header.paddingLength).toBe(bytes.length);
        }
      }),
      { seed: 3, numRuns: 2000 },
    );
  });
});

describe('writeRtpHeader()', () => {
  test('writes twelve bytes when there is nothing more to say', () => {
    const buffer = new Uint8Array(16);

    expect(writeRtpHeader(buffer, 2, plain)).toBe(12);
    expect([...buffer]).toEqual([
      0, 0, 0x80, 0xe0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xde, 0xad, 0xbe, 0xef, 0, 0,
    ]);
  });

  test('refuses more than 15 CSRCs', () => {
    expect(() =>
      writeRtpHeader(new Uint8Array(200), 0, { ...plain, csrcs: new Array<number>(16).fill(1) }),
    ).toThrow(RangeError);
  });
});
