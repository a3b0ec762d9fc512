import { describe, expect, it } from 'vitest';
import { ApiError, getPeople, getSettings, requestGuestToken } from '../../src/lib/api.js';

const answer = (status: number, body: string) => () => Promise.resolve(new Response(body, { status }));
const failure = async (promise: Promise<unknown>) => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw new Error('expected an ApiError');
  return error;
};

describe('requestGuestToken', () => {
  it('posts what is wanted and returns the token', async () => {
    const granted = { token: 't', identity: 'i', room: 'r', name: 'Ada' };
    let sent: RequestInit | undefined;
    const result = await requestGuestToken({ room: 'r', name: 'Ada', previous: 'p' }, (url, init) => {
      expect(url).toBe('/api/guest-token');
      sent = init;
      return Promise.resolve(new Response(JSON.stringify(granted)));
    });
    expect(result).toEqual(granted);
    expect(sent).toMatchObject({ method: 'POST', body: '{"room":"r","name":"Ada","previous":"p"}' });
  });

  it('passes on the sentence with which the server refuses', async () => {
    const error = await failure(
      requestGuestToken({ room: 'r', name: 'Ada' }, answer(403, '{"error":"No guests here."}')),
    );
    expect(error).toMatchObject({ status: 403, message: 'No guests here.' });
  });

  it('finds its own words when the refusal has none', async () => {
    for (const status of [400, 403, 429, 502]) {
      const error = await failure(
        requestGuestToken({ room: 'r', name: 'Ada' }, answer(status, '<html>Bad gateway</html>')),
      );
      expect(error.status).toBe(status);
      expect(error.message).toMatch(/\.$/);
      expect(error.message).not.toContain('<');
    }
  });

  it('says that the server does not answer when the network fails', async () => {
    const error = await failure(
      requestGuestToken({ room: 'r', name: 'Ada' }, () => Promise.reject(new TypeError('fetch failed'))),
    );
    expect(error.status).toBe(0);
    expect(error.message).toContain('does not answer');
  });

  it('does not accept an answer without a token', async () => {
    await failure(requestGuestToken({ room: 'r', name: 'Ada' }, answer(200, '{"identity":"i"}')));
  });
});

describe('getSettings', () => {
  it('reads the settings', async () => {
    const settings = await getSettings(
      answer(200, '{"guests":true,"workspace":false,"version":"0.1.0","more":1}'),
    );
    expect(settings).toEqual({ guests: true, workspace: false, version: '0.1.0' });
  });

  it('does not accept other shapes', async () => {
    await failure(getSettings(answer(200, '{"guests":"yes","version":"0.1.0"}')));
    await failure(getSettings(answer(200, '[]')));
  });
});

describe('getPeople', () => {
  it('reads who is there, of a room of any name', async () => {
    let asked = '';
    const people = await getPeople('up/down', (url) => {
      asked = url;
      return Promise.resolve(new Response('{"names":["Ada"],"total":2}'));
    });
    expect(asked).toBe('/api/rooms/up%2Fdown/people');
    expect(people).toEqual({ names: ['Ada'], total: 2 });
  });

  it('does not accept other shapes', async () => {
    await failure(getPeople('r', answer(200, '{"names":[1],"total":1}')));
    await failure(getPeople('r', answer(200, '{"names":[]}')));
  });
});
