import { describe, expect, test } from 'vitest';
import { PostgresServer } from '../../packages/store/test/support/postgres-server.js';
import { ParleyServer } from '../support/server.js';

const SET_UP = { workspace_name: 'Kitchen', user_name: 'Olga', password: 'a long way home' };

/** What the owner is answered, whose cookie this is. */
function ask({ url }: ParleyServer, path: string, cookie = ''): Promise<Response> {
  return fetch(`${url}${path}`, { headers: { cookie } });
}

async function setUp({ url }: ParleyServer): Promise<string> {
  const response = await fetch(`${url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(SET_UP),
  });
  expect(response.status).toBe(201);
  return response.headers.getSetCookie()[0]!.split(';')[0]!;
}

describe('a server with a workspace', () => {
  test('sets itself up on a database of its own', async () => {
    const server = await ParleyServer.start({}, { PARLEY_WORKSPACE: 'on' });
    try {
      expect(await (await ask(server, '/api/settings')).json()).toMatchObject({ workspace: true });
      const cookie = await setUp(server);
      expect(await (await ask(server, '/api/v1/me', cookie)).json()).toMatchObject({ user_name: 'Olga' });
      expect((await ask(server, '/api/v1/me')).status).toBe(401);
      expect(await (await ask(server, '/api/v1/start', cookie)).json()).toMatchObject({
        communities: [{ name: 'Kitchen', channels: [{ name: 'general' }, {}, {}] }],
      });
    } finally {
      await server.stop();
    }
  });

  test('says so while PostgreSQL is away, and goes on by itself when it is back', async () => {
    const postgres = await PostgresServer.start();
    const url = await postgres.database('parley');
    const server = await ParleyServer.start({}, { PARLEY_WORKSPACE: 'on', DATABASE_URL: url });
    try {
      const cookie = await setUp(server);
      await postgres.kill();
      const response = await ask(server, '/api/v1/me', cookie);
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await response.json()).toMatchObject({ code: 'unavailable', remedy: 'Try again in a moment.' });
      expect(await (await ask(server, '/readyz')).json()).toEqual({ status: 'the database does not answer' });
      expect((await ask(server, '/healthz')).status).toBe(200);
      await postgres.resume();
      expect(await (await ask(server, '/api/v1/me', cookie)).json()).toMatchObject({ user_name: 'Olga' });
      expect((await ask(server, '/readyz')).status).toBe(200);
    } finally {
      await server.stop();
      await postgres.close();
    }
  });

  test('has no paths of accounts where there are calls alone', async () => {
    const server = await ParleyServer.start();
    try {
      expect(await (await ask(server, '/api/settings')).json()).toMatchObject({ workspace: false });
      expect((await ask(server, '/api/v1/setup')).status).toBe(404);
    } finally {
      await server.stop();
    }
  });
});
