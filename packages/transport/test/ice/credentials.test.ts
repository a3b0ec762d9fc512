import fc from 'fast-check';
import { expect, it } from 'vitest';

import { generateIceCredentials } from '../../src/ice/index.js';

it('makes long enough credentials of the characters that ICE allows, whatever the bytes', () => {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(bytes, (random) => {
      const { ufrag, password } = generateIceCredentials((size) => random.subarray(0, size));
      expect(ufrag).toMatch(/^[A-Za-z0-9+/]{12}$/);
      expect(password).toMatch(/^[A-Za-z0-9+/]{24}$/);
    }),
    { seed: 5 },
  );
});

it('puts a prefix before the fragment, which is as random as without it', () => {
  const { ufrag } = generateIceCredentials((size) => new Uint8Array(size), 'B');
  expect(ufrag).toBe(`B${'A'.repeat(12)}`);
});
