import { randomBytes } from 'node:crypto';
import { decodeJwt, jwtVerify, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { createAccessToken, createRoomToken, GuestTokens } from '../src/index.js';

const SECRET = 'a-secret-of-more-than-thirty-two-characters';
const KEY = { key: 'key', secret: SECRET };
const NOW = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

function tokensAt(now: number): GuestTokens {
  return new GuestTokens({ key: KEY, wall: () => now, random: randomBytes });
}

describe('GuestTokens', () => {
  test('signs a token for one room, to publish, subscribe and change its own metadata', async () => {
    const guest = await tokensAt(NOW).issue({ room: 'kitchen', name: 'Ada' });
    expect(guest.identity).toMatch(/^guest-[0-9a-f]{16}$/);
    const { payload } = await jwtVerify(guest.token, new TextEncoder().encode(SECRET), {
      algorithms: ['HS256'],
      issuer: 'key',
      subject: guest.identity,
      currentDate: new Date(NOW),
    });
    expect(payload.exp).toBe(NOW / 1000 + 6 * 3600);
    expect(payload).toMatchObject({
      name: 'Ada',
      video: {
        room: 'kitchen',
        roomJoin: true,
        canPublish: true,
        canSubscribe: true,
        canPublishData: true,
        canUpdateOwnMetadata: true,
      },
    });
  });

  test('gives everybody an identity of their own', async () => {
    const tokens = tokensAt(NOW);
    const [one, two] = [
      await tokens.issue({ room: 'kitchen', name: 'Ada' }),
      await tokens.issue({ room: 'kitchen', name: 'Ada' }),
    ];
    expect(one.identity).not.toBe(two.identity);
  });

  test('keeps the identity of a previous token, up to a week after it expired', async () => {
    const before = await tokensAt(NOW).issue({ room: 'kitchen', name: 'Ada' });
    const again = { room: 'kitchen', name: 'Ada L.', previous: before.token };
    const soon = await tokensAt(NOW + HOUR).issue(again);
    expect(soon.identity).toBe(before.identity);
    expect(decodeJwt(soon.token).name).toBe('Ada L.');
    expect((await tokensAt(NOW + 7 * 24 * HOUR).issue(again)).identity).toBe(before.identity);
    expect((await tokensAt(NOW + (7 * 24 + 7) * HOUR).issue(again)).identity).not.toBe(before.identity);
  });

  test('takes the identity of a token that was refreshed during the call', async () => {
    const before = await tokensAt(NOW).issue({ room: 'kitchen', name: 'Ada' });
    const refreshed = await createAccessToken({
      apiKey: KEY.key,
      secret: KEY.secret,
      identity: before.identity,
      name: 'Ada',
      metadata: 'x',
      video: { room: 'kitchen', roomJoin: true },
      lifetime: 600,
      wall: NOW + HOUR,
    });
    const again = { room: 'kitchen', name: 'Ada', previous: refreshed };
    expect((await tokensAt(NOW + 20 * HOUR).issue(again)).identity).toBe(before.identity);
  });

  test('does not keep an identity for another room', async () => {
    const before = await tokensAt(NOW).issue({ room: 'kitchen', name: 'Ada' });
    const other = await tokensAt(NOW).issue({ room: 'hall', name: 'Ada', previous: before.token });
    expect(other.identity).not.toBe(before.identity);
  });

  test('does not turn the token of a named user into a guest of that name', async () => {
    const token = await createRoomToken(KEY, { room: 'kitchen', identity: 'ada', name: 'Ada', now: NOW });
    const guest = await tokensAt(NOW).issue({ room: 'kitchen', name: 'Eve', previous: token });
    expect(guest.identity).toMatch(/^guest-/);
  });

  test('ignores a previous token that it did not sign', async () => {
    const claims = { video: { room: 'kitchen' } };
    const sign = (issuer: string, secret: string, algorithm = 'HS256') =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: algorithm })
        .setIssuer(issuer)
        .setSubject('guest-1')
        .sign(new TextEncoder().encode(secret));
    const unsigned = `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ ...claims, sub: 'guest-1', iss: 'key' }))}.`;
    const forged = [
      await sign('key', `${SECRET}x`),
      await sign('other', SECRET),
      await sign('key', SECRET + SECRET, 'HS512'),
      unsigned.replaceAll('=', ''),
      'nonsense',
      '',
    ];
    for (const previous of forged) {
      const guest = await tokensAt(NOW).issue({ room: 'kitchen', name: 'Eve', previous });
      expect(guest.identity).not.toBe('guest-1');
    }
  });
});
