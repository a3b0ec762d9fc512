import { createAccessToken, AccessTokenVerifier, createRoomToken } from '@parley/access';
import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { toHttpError } from '../../src/http/http-error.js';
import { apiRoute, mountModule } from '../../src/http/http-module.js';
import type { HttpModule } from '../../src/http/http-module.js';
import type { Principal } from '../../src/http/principal.js';
import { SECRET } from '../support.js';

const key = { key: 'key', secret: SECRET };
const now = Date.now();

/** A server with one module, that says which principals have asked. */
async function start(asks: HttpModule['asks']) {
  const seen: Principal['kind'][] = [];
  const app = Fastify();
  onTestFinished(() => app.close());
  app.decorateRequest('principal');
  app.addHook('onRequest', (request, _reply, done) => {
    request.principal = { kind: 'none' };
    done();
  });
  app.setErrorHandler((error, _request, reply) => {
    const { status, code, message } = toHttpError(error);
    return reply.code(status).send({ code, error: message });
  });
  const echo = apiRoute({
    method: 'POST',
    path: '/echo',
    input: z.object({ text: z.string({ error: '"text" must be a text' }) }),
    output: z.object({ text: z.string() }),
    handle: ({ text }, { principal }) => {
      seen.push(principal.kind);
      return { text, more: 1 };
    },
  });
  const module: HttpModule = { name: 'echo', asks, routes: [echo] };
  await mountModule(app, module, new AccessTokenVerifier(new Map([['key', SECRET]]), () => now));
  const ask = (token?: string, payload: object = { text: 'a' }) =>
    app.inject({
      method: 'POST',
      url: '/echo',
      payload,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
  return { ask, seen };
}

const application = await createAccessToken({
  apiKey: key.key,
  secret: key.secret,
  identity: 'backend',
  wall: now,
  lifetime: 60,
  video: { roomAdmin: true },
});
const member = await createRoomToken(key, { room: 'kitchen', identity: 'ada', name: 'Ada', now });

test('a module that asks for a token learns whether an application or somebody with a room asks', async () => {
  const { ask, seen } = await start('token');
  expect((await ask(application)).statusCode).toBe(200);
  expect((await ask(member)).statusCode).toBe(200);
  expect(seen).toEqual(['application', 'room']);
});

test.each([
  ['no token', undefined, 'the access token is missing'],
  ['a forged one', `${member}x`, expect.stringMatching(/access token/) as string],
])('%s is answered 401 with a code, and nothing is done', async (_what, token, error) => {
  const { ask, seen } = await start('token');
  const response = await ask(token);
  expect(response.statusCode).toBe(401);
  expect(response.json()).toEqual({ code: 'unauthenticated', error });
  expect(seen).toEqual([]);
});

test('a module that asks for none looks at none', async () => {
  const { ask, seen } = await start('nobody');
  expect((await ask('nonsense')).statusCode).toBe(200);
  expect(seen).toEqual(['none']);
});

test('what does not fit the schema is refused with its sentence; what is answered is what the schema says', async () => {
  const { ask, seen } = await start('nobody');
  const refused = await ask(undefined, { text: 5 });
  expect(refused.statusCode).toBe(400);
  expect(refused.json()).toEqual({ code: 'invalid_request', error: '"text" must be a text' });
  expect(seen).toEqual([]);
  expect((await ask()).json()).toEqual({ text: 'a' });
});
