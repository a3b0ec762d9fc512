import { createHash } from 'node:crypto';
import { jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { signWebhook } from '../../src/webhooks/sign-webhook.js';
import { API_KEY, API_SECRET, WALL } from '../support/harness.js';

test('the signature is a JWT of the key that holds the hash of the body for five minutes', async () => {
  const jwt = await signWebhook('{"event":"room_started"}', { apiKey: API_KEY, secret: API_SECRET }, WALL);
  const { payload } = await jwtVerify(jwt, Buffer.from(API_SECRET), { currentDate: new Date(WALL) });
  expect(payload).toEqual({
    iss: API_KEY,
    nbf: WALL / 1000,
    exp: WALL / 1000 + 300,
    sha256: createHash('sha256').update('{"event":"room_started"}').digest('base64'),
  });
});
