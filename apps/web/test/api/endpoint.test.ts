import {
  messagePage,
  messagesQuery,
  newAccountRequest,
  noInput,
  ownAccount,
  sessionPath,
  signInRequest,
} from '@parley/contract';
import { describe, expect, it } from 'vitest';
import { endpoint, type Fetch } from '../../src/api/endpoint.js';
import { ProblemError } from '../../src/api/problem-error.js';

const answers =
  (status: number, body: string | null, headers: Record<string, string> = {}): Fetch =>
  () =>
    Promise.resolve(new Response(body, { status, headers }));

async function failure(promise: Promise<unknown>): Promise<ProblemError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemError)) throw new Error('expected a ProblemError');
  return error;
}

const me = endpoint({ method: 'GET', path: '/api/v1/me', input: noInput, output: ownAccount });
const signIn = endpoint({ method: 'POST', path: '/api/v1/session', input: signInRequest, output: noInput });

describe('an endpoint', () => {
  it('puts what stands in the path there, and the rest into the body', async () => {
    const sent: { url: string; init: RequestInit }[] = [];
    const request: Fetch = (url, init) => {
      sent.push({ url, init });
      return Promise.resolve(new Response(null, { status: 204 }));
    };
    const join = endpoint({
      ...{ method: 'POST', path: '/api/v1/invites/:code/account', input: newAccountRequest, output: noInput },
    });
    await join({ code: 'a/b', user_name: 'ada', password: 'p' }, request);
    const end = endpoint({
      ...{ method: 'DELETE', path: '/api/v1/sessions/:id', input: sessionPath, output: noInput },
    });
    await end({ id: 'x' }, request);
    const [joined, ended] = sent;
    expect(joined?.url).toBe('/api/v1/invites/a%2Fb/account');
    expect(joined?.init).toMatchObject({ method: 'POST', body: '{"user_name":"ada","password":"p"}' });
    expect(ended).toMatchObject({ url: '/api/v1/sessions/x', init: { method: 'DELETE' } });
    expect(ended?.init.body).toBeUndefined();
  });

  it('asks with a query for what has no body', async () => {
    const asked: string[] = [];
    const request: Fetch = (url) => {
      asked.push(url);
      return Promise.resolve(Response.json({ messages: [], older: false, newer: false }));
    };
    const list = endpoint({
      ...{ method: 'GET', path: '/api/v1/channels/:channel_id/messages', input: messagesQuery },
      output: messagePage,
    });
    await list({ channel_id: 'c', limit: 50, before: undefined }, request);
    expect(asked).toEqual(['/api/v1/channels/c/messages?limit=50']);
  });

  it('returns what its schema knows of the answer', async () => {
    const body = '{"id":"1","user_name":"ada","session_id":"2","permissions":[],"new":true}';
    expect(await me({}, answers(200, body))).toEqual({
      id: '1',
      user_name: 'ada',
      session_id: '2',
      permissions: [],
    });
  });

  it.each(['{"id":7}', 'null', '<html>'])('does not take %s for an account', async (body) => {
    expect((await failure(me({}, answers(200, body)))).code).toBe('not_understood');
  });

  it('passes on what the server says of a problem', async () => {
    const body = JSON.stringify({
      ...{ type: 'about:blank', status: 422, title: 'No.', code: 'invalid_password' },
      ...{ field: 'password', reason: 'short' },
    });
    const error = await failure(signIn({ user_name: 'a', password: 'b' }, answers(422, body)));
    expect(error).toMatchObject({ code: 'invalid_password', field: 'password', reason: 'short' });
    expect(error.retryAfter).toBeUndefined();
  });

  it('knows how long to wait', async () => {
    const body = JSON.stringify({
      type: 'about:blank',
      status: 429,
      title: 'No.',
      code: 'too_many_attempts',
    });
    const error = await failure(
      signIn({ user_name: 'a', password: 'b' }, answers(429, body, { 'retry-after': '8' })),
    );
    expect(error.retryAfter).toBe(8);
  });

  it.each([
    [502, 'unavailable'],
    [404, 'not_understood'],
  ])('tells of a %i that is not the server’s own', async (status, code) => {
    expect((await failure(me({}, answers(status, '<html>Bad gateway</html>')))).code).toBe(code);
  });

  it('tells that nothing came', async () => {
    expect((await failure(me({}, () => Promise.reject(new TypeError('offline'))))).code).toBe('unreachable');
  });
});
