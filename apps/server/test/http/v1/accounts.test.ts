import { ownSessions } from '@parley/contract';
import { describe, expect, test } from 'vitest';
import { HERE, problemOf, startServer } from './client.js';
import type { Client } from './client.js';

const OWNER = { user_name: 'Olga', password: 'a long way home' };
const SET_UP = { workspace_name: 'Kitchen', ...OWNER };
const DAY = 24 * 3_600_000;

async function started() {
  const server = await startServer();
  const owner = server.client();
  expect((await owner.post('setup', SET_UP)).status).toBe(201);
  return { ...server, owner };
}

async function sessionsOf(client: Client) {
  return ownSessions.parse((await client.get('sessions')).body).sessions;
}

describe('setting up', () => {
  test('whoever is first becomes the owner, is signed in, and has a community with channels', async () => {
    const { client, db } = await startServer();
    const owner = client();
    expect((await owner.get('setup')).body).toEqual({
      ...{ done: false, workspace_name: null, code_needed: false },
    });
    const answer = await owner.post('setup', SET_UP);
    expect(answer.status).toBe(201);
    expect((await owner.get('me')).body).toMatchObject({ user_name: 'Olga' });
    expect((await client().get('setup')).body).toEqual({
      ...{ done: true, workspace_name: 'Kitchen', code_needed: false },
    });
    const channels = await db.selectFrom('channels').select(['kind', 'name']).orderBy('position').execute();
    expect(channels).toEqual([
      { kind: 'text', name: 'general' },
      { kind: 'text', name: 'announcements' },
      { kind: 'voice', name: 'Voice' },
    ]);
  });

  test('of several at once one becomes the owner, and of the others nothing is left', async () => {
    const { client, db } = await startServer();
    const answers = await Promise.all(
      ['ann', 'bob', 'eve'].map((user_name) => client().post('setup', { ...SET_UP, user_name })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused && problemOf(refused).code).toBe('already_set_up');
    for (const table of ['users', 'workspace', 'communities', 'sessions'] as const) {
      expect(await db.selectFrom(table).select('id').execute(), table).toHaveLength(1);
    }
  });

  test('from another machine it takes the code of the log, in any case', async () => {
    const { client } = await startServer({ setUpCode: 'K7QF-2M9X' });
    const stranger = client();
    expect((await stranger.get('setup')).body).toMatchObject({ done: false, code_needed: true });
    for (const wrong of [{}, { setup_code: '' }, { setup_code: 'K7QF-2M9Y' }]) {
      const refused = await stranger.post('setup', { ...SET_UP, ...wrong });
      expect(refused.status).toBe(403);
      expect(problemOf(refused)).toMatchObject({ code: 'forbidden', field: 'setup_code' });
    }
    expect((await stranger.post('setup', { ...SET_UP, setup_code: ' k7qf2m9x ' })).status).toBe(201);
    expect((await stranger.get('setup')).body).toMatchObject({ done: true, code_needed: false });
  });

  test('on the machine itself it takes none, unless a proxy passes on what others ask', async () => {
    const { client } = await startServer({ setUpCode: 'K7QF-2M9X' });
    const near = client(HERE);
    expect((await near.get('setup')).body).toMatchObject({ code_needed: false });
    for (const passedOn of [
      { 'x-real-ip': '192.0.2.1' },
      { via: '1.1 proxy' },
      { 'x-forwarded-for': HERE },
    ]) {
      expect((await near.post('setup', SET_UP, passedOn)).status).toBe(403);
    }
    expect((await near.post('setup', SET_UP)).status).toBe(201);
  });

  test.each([
    [{ user_name: 'o' }, 422, 'invalid_user_name', 'user_name', 'length'],
    [{ user_name: 'olga smith' }, 422, 'invalid_user_name', 'user_name', 'characters'],
    [{ password: 'short' }, 422, 'invalid_password', 'password', 'short'],
    [{ password: 'Olga Olga1' }, 422, 'invalid_password', 'password', 'guessable'],
    [{ workspace_name: '\u202e' }, 400, 'invalid_request', 'workspace_name', undefined],
    [{ password: 7 }, 400, 'invalid_request', 'password', undefined],
  ])('%j is refused, and nothing is set up', async (wrong, status, code, field, reason) => {
    const { client } = await startServer();
    const answer = await client().post('setup', { ...SET_UP, ...wrong });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const problem = problemOf(answer);
    expect(problem).toMatchObject({ code, field, status });
    expect(problem.reason).toBe(reason);
    expect((await client().get('setup')).body).toMatchObject({ done: false });
  });

  test('a password is stored as argon2id, and a session as a hash', async () => {
    const { db, owner } = await started();
    const { password_hash } = await db.selectFrom('users').selectAll().executeTakeFirstOrThrow();
    expect(password_hash).toMatch(/^\$argon2id\$/);
    const stored = JSON.stringify(await db.selectFrom('sessions').selectAll().execute());
    const [, secret = ''] = owner.cookie?.split('.') ?? [];
    expect(secret).toHaveLength(43);
    expect(stored).not.toContain(secret);
  });
});

describe('signing in', () => {
  test('works however the name is spelled, and gives a cookie that scripts and other sites do not get', async () => {
    const { client } = await started();
    const phone = client();
    expect((await phone.post('session', { ...OWNER, user_name: 'ＯＬＧＡ' })).status).toBe(204);
    expect(phone.lastSetCookie).toMatch(
      /^parley_session=\S+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect((await phone.get('me')).body).toMatchObject({ user_name: 'Olga' });
  });

  test('behind TLS the cookie is for this host and https alone', async () => {
    const { client } = await started();
    const phone = client();
    await phone.post('session', OWNER, { 'x-forwarded-proto': 'https' });
    expect(phone.lastSetCookie).toMatch(
      /^__Host-parley_session=.*; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  test('a wrong password and a name that nobody has are told alike', async () => {
    const { client } = await started();
    const wrong = await client().post('session', { ...OWNER, password: 'another one' });
    const nobody = await client().post('session', { ...OWNER, user_name: 'nobody' });
    expect(wrong.status).toBe(401);
    expect(problemOf(wrong)).toEqual(problemOf(nobody));
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  test('who guesses has to wait, from whichever address, and the right password waits too', async () => {
    const { client, clock } = await started();
    const guess = (at: number, password = 'a guess at it') =>
      client(`198.51.100.${at}`).post('session', { ...OWNER, password });
    const answers = [];
    for (let at = 0; at < 6; at += 1) answers.push(await guess(at));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429]);
    const last = answers[5];
    expect(last && problemOf(last)).toMatchObject({ code: 'too_many_attempts' });
    expect(last?.headers.get('retry-after')).toBe('1');
    expect((await guess(9, OWNER.password)).status).toBe(429);
    clock.now += 1000;
    expect((await guess(9, OWNER.password)).status).toBe(204);
  });

  test('many guesses at once are slowed as well', async () => {
    const { client } = await started();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => client().post('session', { ...OWNER, password: 'a guess at it' })),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(7);
  });
});

describe('sessions', () => {
  test('one sees one\u2019s own, and ends that of another device at once', async () => {
    const { client, clock, owner, ended } = await started();
    const phone = client('203.0.113.7');
    clock.now += 1_000;
    await phone.post('session', OWNER, { 'user-agent': 'A phone' });
    const listed = await sessionsOf(owner);
    expect(listed).toMatchObject([
      { current: false, address: '203.0.113.7', user_agent: 'A phone' },
      { current: true, address: '192.0.2.1' },
    ]);
    const id = listed[0]?.id ?? '';
    expect((await owner.delete(`sessions/${id}`)).status).toBe(204);
    expect(ended).toEqual([id]);
    const answer = await phone.get('me');
    expect(answer.status).toBe(401);
    expect(problemOf(answer).code).toBe('unauthenticated');
    expect(phone.cookie).toBe(undefined);
    expect((await owner.get('me')).status).toBe(200);
  });

  test('signing out ends the session, also for who kept a copy of the cookie', async () => {
    const { owner } = await started();
    const copy = owner.cookie;
    expect((await owner.delete('session')).status).toBe(204);
    expect(owner.cookie).toBe(undefined);
    owner.cookie = copy;
    expect((await owner.get('me')).status).toBe(401);
  });

  test('what is no session of one\u2019s own is not there', async () => {
    const { owner } = await started();
    for (const id of ['0193a2f0-7c1e-7abc-8def-0123456789ab', 'nonsense', '%00', "'--"]) {
      const answer = await owner.delete(`sessions/${id}`);
      expect(answer.status, id).toBe(404);
      expect(problemOf(answer).code).toBe('not_found');
    }
  });

  test('a forged cookie is nobody\u2019s', async () => {
    const { owner, failed } = await started();
    const good = owner.cookie ?? '';
    const forged = [
      // Of the last character two bits are no part of the secret: `B` would say the same as `A`.
      good.slice(0, -1) + (good.endsWith('A') ? 'E' : 'A'),
      good.slice(0, 30),
      'parley_session=',
      `parley_session=${'0'.repeat(8000)}`,
      `__Host-${good}`,
      good.replace(/=.{8}/, '=00000000'),
    ];
    for (const cookie of forged) {
      owner.cookie = cookie;
      expect((await owner.get('me')).status, cookie).toBe(401);
    }
    owner.cookie = good;
    expect((await owner.get('me')).status).toBe(200);
    expect(failed).toEqual([]);
  });

  test('the token is replaced after a day; who comes with the old one later ends the session', async () => {
    const { owner, clock, ended } = await started();
    const old = owner.cookie;
    clock.now += DAY;
    expect((await owner.get('me')).status).toBe(200);
    const fresh = owner.cookie;
    expect(fresh).not.toBe(old);
    // A request that was on its way.
    owner.cookie = old;
    expect((await owner.get('me')).status).toBe(200);
    clock.now += 60_000;
    expect((await owner.get('me')).status).toBe(401);
    expect(ended).toHaveLength(1);
    owner.cookie = fresh;
    expect((await owner.get('me')).status).toBe(401);
  });

  test('of many requests at once after a day all are answered, and one replaces the token', async () => {
    const { owner, client, clock } = await started();
    clock.now += DAY;
    const tabs = Array.from({ length: 5 }, () => Object.assign(client(), { cookie: owner.cookie }));
    const answers = await Promise.all(tabs.map((tab) => tab.get('me')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(tabs.filter(({ lastSetCookie }) => lastSetCookie !== undefined)).toHaveLength(1);
  });

  test('an unused session ends after thirty days', async () => {
    const { owner, clock } = await started();
    clock.now += 30 * DAY;
    expect((await owner.get('me')).status).toBe(401);
  });
});

describe('the password', () => {
  const change = { current_password: OWNER.password, new_password: 'another way home' };

  test('is changed by who knows it, which ends all other sessions', async () => {
    const { client, owner } = await started();
    const phone = client();
    await phone.post('session', OWNER);
    expect((await owner.post('me/password', change)).status).toBe(204);
    expect((await phone.get('me')).status).toBe(401);
    expect((await owner.get('me')).status).toBe(200);
    expect((await phone.post('session', OWNER)).status).toBe(401);
    expect((await phone.post('session', { ...OWNER, password: change.new_password })).status).toBe(204);
  });

  test.each([
    [{ current_password: 'not this one' }, 401, 'wrong_credentials', 'current_password'],
    [{ new_password: 'short' }, 422, 'invalid_password', 'new_password'],
  ])('%j changes nothing', async (wrong, status, code, field) => {
    const { client, owner } = await started();
    const answer = await owner.post('me/password', { ...change, ...wrong });
    expect(answer.status).toBe(status);
    expect(problemOf(answer)).toMatchObject({ code, field });
    expect((await client().post('session', OWNER)).status).toBe(204);
  });
});

describe('requests of other sites', () => {
  test.each([
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page in a sandbox', { origin: 'null' }],
    ['what a browser says comes from elsewhere', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the domain', { 'sec-fetch-site': 'same-site' }],
    ['a form that hides where it comes from', { origin: '' }],
  ])('%s changes nothing', async (_who, headers) => {
    const { client, owner } = await started();
    const answer = await owner.delete('session', headers);
    expect(answer.status).toBe(403);
    expect(problemOf(answer).code).toBe('cross_site');
    expect((await owner.get('me')).status).toBe(200);
    expect((await client().post('session', OWNER, headers)).status).toBe(403);
  });
});

test.each([
  ['{"user_name":', 400, 'invalid_request'],
  ['[]', 400, 'invalid_request'],
  ['null', 400, 'invalid_request'],
])('the body %s is refused with a problem', async (body, status, code) => {
  const { client, failed } = await started();
  const answer = await client().ask('POST', 'session', body);
  expect(answer.status).toBe(status);
  expect(problemOf(answer).code).toBe(code);
  expect(failed).toEqual([]);
});

test('a body that is too large is refused with a problem', async () => {
  const { client } = await started();
  const answer = await client().post('session', { user_name: 'x'.repeat(70_000) });
  expect(answer.status).toBe(413);
  expect(problemOf(answer).code).toBe('request_too_large');
});

test('one address asks no more often than it may, and learns how long to wait', async () => {
  const { client } = await started();
  const answers = await Promise.all(
    Array.from({ length: 31 }, () => client('192.0.2.99').post('session', {})),
  );
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(1);
  expect(refused[0] && problemOf(refused[0]).code).toBe('too_many_requests');
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
});
