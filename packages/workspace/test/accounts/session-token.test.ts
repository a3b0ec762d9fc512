import { hashSecret, judgeSession, parseSessionToken, SESSION_LIMITS, sessionToken } from '@parley/workspace';
import type { SessionSecrets } from '@parley/workspace';
import { expect, test } from 'vitest';

const ID = '0193a2f0-7c1e-7abc-8def-0123456789ab';
const OLDER = new Uint8Array(32).fill(1);
const NEWER = new Uint8Array(32).fill(2);
const OTHER = new Uint8Array(32).fill(3);
const { rotateAfter, overlap, lifetime } = SESSION_LIMITS;

const session: SessionSecrets = {
  current: hashSecret(NEWER),
  previous: hashSecret(OLDER),
  rotatedAt: 0,
  expiresAt: lifetime,
};

test('a token says its session and its secret', () => {
  expect(parseSessionToken(sessionToken(ID, NEWER))).toEqual({ sessionId: ID, secret: Buffer.from(NEWER) });
});

test.each([
  '',
  ID,
  `${ID}.`,
  `${ID}.short`,
  `${sessionToken(ID, NEWER)}x`,
  ` ${sessionToken(ID, NEWER)}`,
  sessionToken("'; drop table", NEWER),
])('%j is no token', (text) => {
  expect(parseSessionToken(text)).toBe(undefined);
});

test('a secret that could be guessed is refused', () => {
  expect(() => sessionToken(ID, new Uint8Array(8))).toThrow(RangeError);
});

test('the current secret is good, and replaced after a day', () => {
  expect(judgeSession(session, NEWER, rotateAfter - 1)).toBe('good');
  expect(judgeSession(session, NEWER, rotateAfter)).toBe('rotate');
});

test('requests on their way may bring the secret before; later it was stolen', () => {
  expect(judgeSession(session, OLDER, overlap - 1)).toBe('good');
  expect(judgeSession(session, OLDER, overlap)).toBe('stolen');
});

test('what was never given out, and what has expired, is refused', () => {
  expect(judgeSession(session, OTHER, 1)).toBe('refused');
  expect(judgeSession({ ...session, previous: null }, OLDER, 1)).toBe('refused');
  expect(judgeSession(session, NEWER, lifetime)).toBe('refused');
});
