import { expect, it } from 'vitest';

import { STUN_BINDING, StunAttribute, StunBuilder, StunClass, StunMessage } from '../../src/stun/index.js';

const TRANSACTION = Uint8Array.from({ length: 12 }, (_, index) => index);

it('writes an error with its reason and the unknown attributes', () => {
  const bytes = new StunBuilder(StunClass.ERROR, STUN_BINDING, TRANSACTION)
    .addErrorCode(420, 'Unknown Attribute')
    .addUnknownAttributes([0x7001, 0x7002, 0x7003])
    .finish('password');
  const message = StunMessage.parse(bytes);
  expect(message?.errorCode).toBe(420);
  expect(message?.transactionId).toEqual(TRANSACTION);
  expect(message?.attribute(StunAttribute.UNKNOWN_ATTRIBUTES)).toEqual(
    Uint8Array.of(0x70, 0x01, 0x70, 0x02, 0x70, 0x03),
  );
  expect(bytes.length % 4).toBe(0);
});

it('refuses to grow beyond its capacity', () => {
  const builder = new StunBuilder(StunClass.REQUEST, STUN_BINDING, TRANSACTION);
  expect(() => builder.add(StunAttribute.USERNAME, new Uint8Array(1001))).toThrow(RangeError);
});
