import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAck, buildOpen, parseDcep } from '../../src/sctp/dcep.js';

const base = {
  label: 'chat',
  protocol: '',
  ordered: true,
  maxRetransmits: undefined,
  maxPacketLifeTime: undefined,
};

describe('DCEP', () => {
  it.each([
    ['reliable', base, 0x00],
    ['reliable unordered', { ...base, ordered: false }, 0x80],
    ['limited retransmissions', { ...base, maxRetransmits: 3 }, 0x01],
    ['limited retransmissions unordered', { ...base, ordered: false, maxRetransmits: 0 }, 0x81],
    ['limited lifetime', { ...base, maxPacketLifeTime: 3000 }, 0x02],
    ['limited lifetime unordered', { ...base, ordered: false, maxPacketLifeTime: 3000 }, 0x82],
  ])('opens a channel that is %s', (_name, channel, channelType) => {
    const message = buildOpen(channel);
    expect(message[1]).toBe(channelType);
    expect(parseDcep(message)).toEqual({ type: 'open', ...channel });
  });

  it('has the form of RFC 8832 section 5.1', () => {
    const message = buildOpen({ ...base, label: 'ü', protocol: 'p', maxRetransmits: 258 });
    expect(Buffer.from(message).toString('hex')).toBe('03010000' + '00000102' + '00020001' + 'c3bc' + '70');
    expect(Buffer.from(buildAck()).toString('hex')).toBe('02');
  });

  it('refuses a label beyond 65535 bytes', () => {
    expect(() => buildOpen({ ...base, label: 'x'.repeat(65_536) })).toThrow(TypeError);
  });

  it.each([
    ['nothing', ''],
    ['an unknown message', '0100'],
    ['an unknown channel type', '03030000000000000000' + '0000'],
    ['a short header', '0300000000000000000000'],
    ['a label beyond its end', '03000000000000000002000061'],
  ])('refuses %s', (_name, bytes) => {
    expect(parseDcep(Buffer.from(bytes, 'hex'))).toBeUndefined();
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        parseDcep(bytes);
        parseDcep(Uint8Array.of(3, ...bytes));
      }),
      { seed: 5 },
    );
  });
});
