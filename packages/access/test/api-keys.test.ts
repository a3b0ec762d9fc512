import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { generateApiKey } from '../src/index.js';

describe('generateApiKey', () => {
  test('makes a secret of more than 32 characters that needs no quoting', () => {
    const { key, secret } = generateApiKey(randomBytes);
    expect(key).toMatch(/^API[0-9a-f]{18}$/);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(generateApiKey(randomBytes).secret).not.toBe(secret);
  });
});
