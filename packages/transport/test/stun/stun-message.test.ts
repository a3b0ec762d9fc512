import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  readUsername,
  STUN_BINDING,
  STUN_HEADER_SIZE,
  StunAttribute,
  StunBuilder,
  StunClass,
  StunMessage,
} from '../../src/stun/index.js';

/** RFC 5769 section 2. */
const PASSWORD = 'VOkJxbRl1RmTxUk/WvJxBt';
const TRANSACTION = 'b7e7a701bc34d686fa87dfae';
const SOFTWARE_REQUEST = '80220010' + Buffer.from('STUN test client').toString('hex');
const SOFTWARE_RESPONSE = '8022000b' + Buffer.from('test vector ').toString('hex');

const REQUEST = bytes(
  `00010058 2112a442 ${TRANSACTION} ${SOFTWARE_REQUEST} 00240004 6e0001ff 80290008 932ff9b151263b36
   00060009 6576746a3a683676 59202020 00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2 80280004 e57a3bcf`,
);
const RESPONSE_IPV4 = bytes(
  `0101003c 2112a442 ${TRANSACTION} ${SOFTWARE_RESPONSE} 00200008 0001a147e112a643
   00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004 c07d4c96`,
);
const RESPONSE_IPV6 = bytes(
  `01010048 2112a442 ${TRANSACTION} ${SOFTWARE_RESPONSE} 00200014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9
   00080014 a382954e4be67bf11784c97c8292c275bfe3ed41 80280004 c8fb0b4c`,
);

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
}

function parse(message: Uint8Array): StunMessage {
  const parsed = StunMessage.parse(message);
  if (!parsed) throw new Error('the message was refused');
  return parsed;
}

function check(): StunBuilder {
  return new StunBuilder(StunClass.REQUEST, STUN_BINDING, bytes(TRANSACTION)).addString(
    StunAttribute.USERNAME,
    'evtj:h6vY',
  );
}

describe('the vectors of RFC 5769', () => {
  it('parses the request', () => {
    const message = parse(REQUEST);
    expect(message.class).toBe(StunClass.REQUEST);
    expect(message.method).toBe(STUN_BINDING);
    expect(message.username).toBe('evtj:h6vY');
    expect(message.uint32(StunAttribute.PRIORITY)).toBe(0x6e0001ff);
    expect(message.has(StunAttribute.ICE_CONTROLLED)).toBe(true);
    expect(message.has(StunAttribute.USE_CANDIDATE)).toBe(false);
    expect(message.unknownAttributes).toEqual([]);
    expect(message.verifyIntegrity(PASSWORD)).toBe(true);
    expect(message.verifyIntegrity('another password')).toBe(false);
  });

  it('parses the response with an IPv4 address', () => {
    const message = parse(RESPONSE_IPV4);
    expect(message.class).toBe(StunClass.SUCCESS);
    expect(message.verifyIntegrity(PASSWORD)).toBe(true);
    expect(message.xorMappedAddress).toEqual({ family: 4, bytes: Uint8Array.of(192, 0, 2, 1), port: 32853 });
  });

  it('parses the response with an IPv6 address', () => {
    const message = parse(RESPONSE_IPV6);
    expect(message.verifyIntegrity(PASSWORD)).toBe(true);
    expect(message.xorMappedAddress).toEqual({
      family: 6,
      bytes: bytes('20010db8123456780011223344556677'),
      port: 32853,
    });
  });

  it('builds the same response, but for the padding', () => {
    const built = new StunBuilder(StunClass.SUCCESS, STUN_BINDING, bytes(TRANSACTION))
      .addString(0x8022, 'test vector')
      .addXorMappedAddress({ family: 4, bytes: Uint8Array.of(192, 0, 2, 1), port: 32853 })
      .finish(PASSWORD);
    expect(built.length).toBe(RESPONSE_IPV4.length);
    expect(built.subarray(0, 35)).toEqual(RESPONSE_IPV4.subarray(0, 35));
    expect(built.subarray(36, 48)).toEqual(RESPONSE_IPV4.subarray(36, 48));
    expect(parse(built).verifyIntegrity(PASSWORD)).toBe(true);
  });
});

describe('what is refused', () => {
  const valid = check().finish(PASSWORD);

  it('refuses a message with any bit flipped, or finds no MESSAGE-INTEGRITY in it', () => {
    const fingerprintType = valid.length - 8;
    for (let bit = 0; bit < valid.length * 8; bit++) {
      // A FINGERPRINT under another name is an attribute behind MESSAGE-INTEGRITY, which nobody looks at.
      if (bit >> 3 === fingerprintType || bit >> 3 === fingerprintType + 1) continue;
      const broken = valid.slice();
      broken[bit >> 3]! ^= 1 << (bit & 7);
      const message = StunMessage.parse(broken);
      expect(message?.has(StunAttribute.MESSAGE_INTEGRITY) ?? false).toBe(false);
    }
  });

  it('does not authenticate what was changed and given a new FINGERPRINT', () => {
    const changed = check().addUint32(StunAttribute.PRIORITY, 1);
    const other = new StunBuilder(StunClass.REQUEST, STUN_BINDING, bytes(TRANSACTION));
    other.addString(StunAttribute.USERNAME, 'evtj:h6vY').addUint32(StunAttribute.PRIORITY, 2);
    const integrity = parse(changed.finish(PASSWORD)).attribute(StunAttribute.MESSAGE_INTEGRITY);
    other.add(StunAttribute.MESSAGE_INTEGRITY, integrity ?? new Uint8Array(0));
    expect(parse(other.finish()).verifyIntegrity(PASSWORD)).toBe(false);
  });

  it('refuses a message cut short or with bytes behind it', () => {
    for (let length = 0; length < valid.length; length++) {
      expect(StunMessage.parse(valid.subarray(0, length))).toBeUndefined();
    }
    expect(StunMessage.parse(Uint8Array.of(...valid, 0, 0, 0, 0))).toBeUndefined();
  });

  it('refuses an attribute that reaches beyond the end', () => {
    expect(StunMessage.parse(bytes(`00010004 2112a442 ${TRANSACTION} 00060001`))).toBeUndefined();
  });

  it('refuses attributes behind FINGERPRINT', () => {
    const [header, rest] = [valid.slice(0, 20), valid.slice(20)];
    const longer = Uint8Array.of(...header, ...rest, 0x80, 0x22, 0, 0);
    longer[3]! += 4;
    expect(StunMessage.parse(longer)).toBeUndefined();
  });

  it('refuses more attributes than any agent sends', () => {
    const builder = check();
    for (let i = 0; i < 40; i++) builder.add(0x8022, new Uint8Array(0));
    expect(StunMessage.parse(builder.finish(PASSWORD))).toBeUndefined();
  });
});

describe('what is read', () => {
  it('lists attributes that would have to be understood, each once', () => {
    const message = check()
      .addUint32(0x7001, 1)
      .addUint32(0x7001, 2)
      .addUint32(0x0003, 3)
      .addUint32(0xc057, 4);
    expect(parse(message.finish(PASSWORD)).unknownAttributes).toEqual([0x7001, 0x0003]);
  });

  it('does not see attributes behind MESSAGE-INTEGRITY', () => {
    const message = check().add(StunAttribute.MESSAGE_INTEGRITY, new Uint8Array(20));
    const parsed = parse(
      message.add(StunAttribute.USE_CANDIDATE, new Uint8Array(0)).addUint32(0x7001, 1).finish(),
    );
    expect(parsed.has(StunAttribute.USE_CANDIDATE)).toBe(false);
    expect(parsed.unknownAttributes).toEqual([]);
  });

  it('takes the first of two attributes of a type', () => {
    const message = check().addUint32(StunAttribute.PRIORITY, 1).addUint32(StunAttribute.PRIORITY, 2);
    expect(parse(message.finish()).uint32(StunAttribute.PRIORITY)).toBe(1);
  });

  it('takes a number or an address of the wrong size for missing', () => {
    const message = check()
      .add(StunAttribute.PRIORITY, new Uint8Array(3))
      .add(StunAttribute.XOR_MAPPED_ADDRESS, Uint8Array.of(0, 2, 0, 0, 1, 2, 3, 4))
      .add(StunAttribute.ERROR_CODE, new Uint8Array(2));
    const parsed = parse(message.finish());
    expect(parsed.uint32(StunAttribute.PRIORITY)).toBeUndefined();
    expect(parsed.xorMappedAddress).toBeUndefined();
    expect(parsed.errorCode).toBeUndefined();
  });

  it('is not authentic without MESSAGE-INTEGRITY', () => {
    expect(parse(check().finish()).verifyIntegrity(PASSWORD)).toBe(false);
  });
});

describe('any input', () => {
  const attribute = fc.tuple(fc.integer({ min: 0, max: 0xffff }), fc.uint8Array({ maxLength: 60 }));

  it('never throws on random bytes', () => {
    const header = bytes(`00010000 2112a442 ${TRANSACTION}`);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (tail, stunLike) => {
        const message = stunLike ? Uint8Array.of(...header, ...tail) : tail;
        if (stunLike) new DataView(message.buffer).setUint16(2, tail.length);
        const parsed = StunMessage.parse(message);
        parsed?.verifyIntegrity(PASSWORD);
        expect(parsed?.xorMappedAddress?.bytes.length ?? 4).toBeGreaterThan(3);
        expect(parsed?.errorCode ?? 0).toBeLessThan(1000);
        expect(parsed?.username ?? '').toBeTypeOf('string');
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  it('tells the user name of what may be a message, wherever it stands, and of nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 4 }),
        fc.string({ minLength: 1, maxLength: 60 }),
        fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 4 }),
        (before, username, behind) => {
          const builder = new StunBuilder(StunClass.REQUEST, STUN_BINDING, bytes(TRANSACTION));
          for (const value of before) builder.add(StunAttribute.PRIORITY, value);
          builder.addString(StunAttribute.USERNAME, username);
          for (const value of behind) builder.add(StunAttribute.PRIORITY, value);
          expect(readUsername(builder.finish(PASSWORD))).toBe(username);
        },
      ),
      { seed: 3, numRuns: 300 },
    );
    expect(readUsername(REQUEST)).toBe('evtj:h6vY');
    expect(readUsername(RESPONSE_IPV4)).toBeUndefined();
    expect(readUsername(REQUEST.subarray(0, 40))).toBeUndefined();
    const endless = check().finish();
    // The length of USERNAME, which would go beyond the message.
    endless[STUN_HEADER_SIZE + 3] = 200;
    expect(readUsername(endless)).toBeUndefined();
  });

  it('reads back what was built, whatever the class, method and attributes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 0, max: 0xfff }),
        fc.uniqueArray(attribute, { maxLength: 8, selector: ([type]) => type }),
        (messageClass, method, attributes) => {
          const reserved: number[] = [StunAttribute.MESSAGE_INTEGRITY, StunAttribute.FINGERPRINT];
          const wanted = attributes.filter(([type]) => !reserved.includes(type));
          const builder = new StunBuilder(messageClass, method, bytes(TRANSACTION));
          for (const [type, value] of wanted) builder.add(type, value);
          const parsed = parse(builder.finish(PASSWORD));
          expect([parsed.class, parsed.method]).toEqual([messageClass, method]);
          expect(parsed.verifyIntegrity(PASSWORD)).toBe(true);
          for (const [type, value] of wanted) expect(parsed.attribute(type)).toEqual(value);
        },
      ),
      { seed: 2, numRuns: 500 },
    );
  });
});
