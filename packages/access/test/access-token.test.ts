import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import {
  AccessTokenError,
  AccessTokenVerifier,
  claimedSeat,
  createAccessToken,
  tokenOfRequest,
  type AccessTokenOptions,
} from '../src/index.js';

const API_KEY = 'devkey';
const API_SECRET = 'a secret of more than thirty-two characters';
const WALL = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const SECONDS = WALL / 1000;

function verifier(wall = WALL): AccessTokenVerifier {
  return new AccessTokenVerifier(new Map([[API_KEY, API_SECRET]]), () => wall);
}

function token(identity: string, options: Partial<AccessTokenOptions> = {}): Promise<string> {
  return createAccessToken({
    apiKey: API_KEY,
    secret: API_SECRET,
    identity,
    video: { roomJoin: true, room: 'lobby' },
    lifetime: 3600,
    wall: WALL,
    ...options,
  });
}

function sign(claims: Record<string, unknown>, secret = API_SECRET, alg = 'HS256'): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));
}

describe('AccessTokenVerifier.verify()', () => {
  test('answers who it is and what is granted', async () => {
    const grants = await verifier().verify(await token('alice', { name: 'Alice', kind: 'agent' }));
    expect(grants).toMatchObject({
      apiKey: API_KEY,
      identity: 'alice',
      name: 'Alice',
      kind: 'agent',
      video: { roomJoin: true, room: 'lobby' },
    });
  });

  test('takes the identity of old tokens from jti', async () => {
    const grants = await verifier().verify(await sign({ iss: API_KEY, jti: 'alice', exp: SECONDS + 60 }));
    expect(grants.identity).toBe('alice');
  });

  test('keeps claims that it does not know', async () => {
    const claims = { iss: API_KEY, sub: 'alice', exp: SECONDS + 60, video: { roomAdmin: true }, sha256: 'x' };
    const grants = await verifier().verify(await sign(claims));
    expect(grants.claims).toMatchObject({ sha256: 'x', video: { roomAdmin: true } });
  });

  test('lets clocks differ by a minute, and no more', async () => {
    const claims = { iss: API_KEY, sub: 'alice', nbf: SECONDS, exp: SECONDS + 600 };
    const signed = await sign(claims);
    await expect(verifier(WALL - MINUTE + 1000).verify(signed)).resolves.toBeDefined();
    await expect(verifier(WALL - MINUTE - 1000).verify(signed)).rejects.toThrow(
      '"nbf" is missing or not yet valid',
    );
    await expect(verifier(WALL + 11 * MINUTE - 1000).verify(signed)).resolves.toBeDefined();
    await expect(verifier(WALL + 11 * MINUTE + 1000).verify(signed)).rejects.toThrow('has expired');
  });

  test('takes an expired token when told how long ago is good enough', async () => {
    const expired = await sign({ iss: API_KEY, sub: 'alice', exp: SECONDS - 3600 });
    await expect(verifier().verify(expired)).rejects.toThrow('has expired');
    await expect(verifier().verify(expired, 2 * 3600)).resolves.toMatchObject({ identity: 'alice' });
  });

  test.each([
    ['nothing', () => '', 'is missing'],
    ['no token', () => 'x.y', 'is malformed'],
    ['bytes that are no JSON', () => 'AAAA.AAAA.AAAA', 'is malformed'],
    ['far too long a token', () => 'x'.repeat(100_000), 'is too long'],
    ['an unknown key', () => sign({ iss: 'other', exp: SECONDS + 60 }), 'unknown API key'],
    ['no key', () => sign({ exp: SECONDS + 60 }), 'unknown API key'],
    ['another secret', () => sign({ iss: API_KEY, exp: SECONDS + 60 }, 'x'.repeat(32)), 'signature is wrong'],
    [
      'another algorithm',
      () => sign({ iss: API_KEY, exp: SECONDS + 60 }, 'x'.repeat(64), 'HS512'),
      'not signed with HS256',
    ],
    ['no signature', () => new UnsecuredJWT({ iss: API_KEY, exp: SECONDS + 60 }).encode(), 'access token'],
    ['no expiry', () => sign({ iss: API_KEY, sub: 'alice' }), '"exp" is missing'],
    ['an identity that is no text', () => sign({ iss: API_KEY, exp: SECONDS + 60, sub: 7 }), 'access token'],
    [
      'a grant that is no truth value',
      () => sign({ iss: API_KEY, exp: SECONDS + 60, video: { roomJoin: 'yes' } }),
      '"video.roomJoin"',
    ],
    ['an expiry beyond all calendars', () => sign({ iss: API_KEY, sub: 'alice', exp: 1e300 }), '"exp"'],
    [
      'a beginning before 1970',
      () => sign({ iss: API_KEY, sub: 'alice', exp: SECONDS + 60, nbf: -1e300 }),
      '"nbf"',
    ],
    [
      'attributes that are no text',
      () => sign({ iss: API_KEY, exp: SECONDS + 60, attributes: { a: 1 } }),
      '"attributes.a"',
    ],
  ])('refuses %s', async (_what, make, sentence) => {
    const attempt = verifier().verify(await make());
    await expect(attempt).rejects.toBeInstanceOf(AccessTokenError);
    await expect(attempt).rejects.toThrow(sentence);
  });

  test.each([
    ['token_missing', () => ''],
    ['token_key_unknown', () => sign({ iss: 'other', exp: SECONDS + 60 })],
    ['token_expired', () => sign({ iss: API_KEY, exp: SECONDS - 3600 })],
    ['token_not_yet_valid', () => sign({ iss: API_KEY, nbf: SECONDS + 3600, exp: SECONDS + 7200 })],
    ['token_invalid', () => sign({ iss: API_KEY, sub: 'alice' })],
  ])('names the reason: %s', async (code, make) => {
    await expect(verifier().verify(await make())).rejects.toMatchObject({ code });
  });

  test('refuses a token whose payload was changed after signing', async () => {
    const [header, payload, signature] = (await token('alice')).split('.');
    const claims: unknown = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
    const changed = Buffer.from(JSON.stringify(Object.assign({}, claims, { sub: 'bob' }))).toString(
      'base64url',
    );
    await expect(verifier().verify([header, changed, signature].join('.'))).rejects.toThrow(
      'signature is wrong',
    );
  });
});

describe('createAccessToken()', () => {
  test('signs what the verifier reads back', async () => {
    const signed = await createAccessToken({
      apiKey: API_KEY,
      secret: API_SECRET,
      identity: 'alice',
      name: 'Alice',
      metadata: 'm',
      attributes: { a: 'b' },
      video: { roomJoin: true, room: 'lobby', canPublish: false },
      claims: { roomConfig: { name: 'x' }, name: 'overridden' },
      lifetime: 60,
      wall: WALL,
    });
    const grants = await verifier().verify(signed);
    expect(grants).toMatchObject({ identity: 'alice', name: 'Alice', metadata: 'm', attributes: { a: 'b' } });
    expect(grants.claims).toMatchObject({ roomConfig: { name: 'x' }, nbf: SECONDS, exp: SECONDS + 60 });
  });
});

describe('finding out who is to judge a request', () => {
  test('its token is that of the header, or else of the query', () => {
    const query = new URLSearchParams('access_token=a.b.c');
    expect(tokenOfRequest('bearer  d.e.f', query)).toBe('d.e.f');
    expect(tokenOfRequest('Basic xyz', query)).toBe('a.b.c');
    expect(tokenOfRequest(undefined, new URLSearchParams())).toBe('');
  });

  test('its room is what the token says, whoever signed it', () => {
    const claims = (video: unknown) => new UnsecuredJWT({ video }).encode();
    expect(claimedSeat(claims({ room: 'lobby' })).room).toBe('lobby');
    for (const other of [claims({}), claims({ room: 7 }), claims('lobby'), claims(undefined), 'nonsense', ''])
      expect(claimedSeat(other).room).toBe('');
  });

  test('it says the same of itself before it is verified as after', async () => {
    const video = { room: 'lobby', roomJoin: true };
    const signed = await token('ada', { video, claims: { parleySession: 's1' } });
    const { identity, claims } = await verifier().verify(signed);
    expect(claimedSeat(signed)).toEqual({ room: 'lobby', identity, session: claims.parleySession });
    const old = new UnsecuredJWT({ video, jti: 'eve' }).encode();
    expect(claimedSeat(old)).toEqual({ room: 'lobby', identity: 'eve', session: undefined });
  });
});
