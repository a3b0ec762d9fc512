import { AccessTokenVerifier, createAccessToken, type VideoGrant } from '@parley/access';
import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { mountModule } from '../../src/http/http-module.js';
import { NOBODY } from '../../src/http/principal.js';
import { twirpModule } from '../../src/http/twirp-routes.js';
import { FakeMedia, SECRET } from '../support.js';

const WALL = Date.UTC(2026, 0, 1);
const PATH = '/twirp/livekit.RoomService/ListRooms';

async function start(video: VideoGrant = { roomList: true }) {
  const media = new FakeMedia();
  const state = { stopping: false };
  const app = Fastify();
  onTestFinished(() => app.close());
  const tokens = new AccessTokenVerifier(new Map([['key', SECRET]]), () => WALL);
  app.decorateRequest('principal');
  app.addHook('onRequest', (request, _reply, done) => {
    request.principal = NOBODY;
    done();
  });
  await mountModule(app, twirpModule({ media, stopping: () => state.stopping }), tokens);
  const token = await createAccessToken({
    apiKey: 'key',
    secret: SECRET,
    identity: '',
    video,
    lifetime: 60,
    wall: WALL,
  });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json;charset=UTF-8' };
  return { app, media, headers, state };
}

test('a call goes to the media thread as it is, and its answer comes back as it is', async () => {
  const { app, media, headers } = await start();
  media.apiResponse = { status: 404, contentType: 'application/json', body: Buffer.from('{"code":"x"}') };
  const answer = await app.inject({ method: 'POST', url: PATH, headers, payload: '{"names":[]}' });
  expect(media.apiCalls).toEqual([
    {
      path: PATH,
      contentType: headers['content-type'],
      authorization: headers.authorization,
      body: Buffer.from('{"names":[]}'),
    },
  ]);
  expect(answer.statusCode).toBe(404);
  expect(answer.headers['content-type']).toBe('application/json');
  expect(answer.body).toBe('{"code":"x"}');
});

test('a call without a body is one with an empty body', async () => {
  const { app, media, headers } = await start();
  await app.inject({ method: 'POST', url: PATH, headers: { authorization: headers.authorization } });
  expect(media.apiCalls[0]).toMatchObject({ contentType: '', body: new Uint8Array() });
});

test('a bad token is refused before the body is read', async () => {
  const { app, media } = await start();
  const headers = { authorization: 'Bearer nonsense', 'content-type': 'application/json' };
  const answer = await app.inject({ method: 'POST', url: PATH, headers, payload: '{}' });
  expect(answer.statusCode).toBe(401);
  expect(answer.headers['content-type']).toBe('application/json');
  expect(answer.json()).toEqual({ code: 'unauthenticated', msg: 'the access token is malformed' });
  expect(media.apiCalls).toEqual([]);
});

test.each([{}, { roomJoin: true, room: 'lobby', canPublish: true }])(
  'a token without any grant for the server API is refused before the body is read: %j',
  async (video) => {
    const { app, media, headers } = await start(video);
    const payload = Buffer.alloc(10 * 1024 * 1024 + 1);
    const answer = await app.inject({ method: 'POST', url: PATH, headers, payload });
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'unauthenticated' });
    expect(media.apiCalls).toEqual([]);
  },
);

test('a body of more than 10 MiB is refused', async () => {
  const { app, media, headers } = await start();
  const payload = Buffer.alloc(10 * 1024 * 1024 + 1);
  const answer = await app.inject({ method: 'POST', url: PATH, headers, payload });
  expect(answer.statusCode).toBe(413);
  expect(answer.json()).toMatchObject({ code: 'resource_exhausted' });
  expect(media.apiCalls).toEqual([]);
});

test('a server that stops makes no rooms but still serves those it has', async () => {
  const { app, media, headers, state } = await start();
  state.stopping = true;
  const call = (method: string) =>
    app.inject({ method: 'POST', url: `/twirp/livekit.RoomService/${method}`, headers, payload: '{}' });
  const refused = await call('CreateRoom');
  expect(refused.statusCode).toBe(503);
  expect(refused.json()).toEqual({ code: 'unavailable', msg: 'the server is shutting down' });
  expect(media.apiCalls).toEqual([]);
  expect((await call('ListRooms')).statusCode).toBe(200);
});

test('pages of any origin may call it, with a token', async () => {
  const { app, headers, media } = await start();
  const preflight = await app.inject({
    method: 'OPTIONS',
    url: PATH,
    headers: {
      origin: 'https://app.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });
  expect(preflight.statusCode).toBe(204);
  expect(preflight.headers).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'POST, OPTIONS',
    'access-control-allow-headers': 'authorization, content-type, *',
  });
  expect(media.apiCalls).toEqual([]);
  const call = (authorization: string) =>
    app.inject({ method: 'POST', url: PATH, headers: { ...headers, authorization }, payload: '{}' });
  for (const [authorization, status] of [
    [headers.authorization, 200],
    ['Bearer nonsense', 401],
  ] as const) {
    const answer = await call(authorization);
    expect([answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([status, '*']);
  }
});
