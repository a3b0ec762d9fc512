import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AddressRateLimiter } from '@parley/core';
import { EventHub } from '@parley/workspace';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { EventGateway } from '../../../src/http/event-gateway.js';
import { Upgrades } from '../../../src/http/upgrades.js';
import { testConfig } from '../../support.js';
import { startServer } from './client.js';
import { startKitchen } from './kitchen.js';

/** What a proxy says that takes https at chat.example and names the server otherwise. */
const FORWARDED = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'chat.example' };
const OWNER = { workspace_name: 'Kitchen', user_name: 'Olga', password: 'a long way home' };

test('behind a trusted proxy the cookie is for https alone, and pages are those of its host', async () => {
  const browser = (await startServer()).client();
  const own = { ...FORWARDED, origin: 'https://chat.example' };
  expect((await browser.post('setup', OWNER, own)).status).toBe(201);
  expect(browser.lastSetCookie).toMatch(
    /^__Host-parley_session=.+; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
  );
  expect((await browser.get('me', own)).status).toBe(200);
  const foreign = { ...FORWARDED, origin: 'https://elsewhere.example' };
  expect((await browser.delete('session', foreign)).status).toBe(403);
  expect((await browser.delete('session', own)).status).toBe(204);
});

test('what a browser says is of the same origin is so, whatever a proxy made of the host', async () => {
  const browser = (await startServer()).client();
  const own = { origin: 'https://chat.example', 'sec-fetch-site': 'same-origin' };
  expect((await browser.post('setup', OWNER, own)).status).toBe(201);
});

test('of an address that is none only so much is kept as one could have', async () => {
  const browser = (await startServer()).client();
  const answer = await browser.post('setup', OWNER, { 'x-forwarded-for': 'x'.repeat(3000) });
  expect(answer.status).toBe(201);
});

async function startEvents(environment: Record<string, string>) {
  const { ann, db, sessions, presence } = await startKitchen();
  const hub = new EventHub({ db, now: () => 0, position: '0' });
  const server = createServer();
  const joins = new AddressRateLimiter(50, 100);
  new Upgrades([new EventGateway({ hub, sessions, presence, onFailed: () => undefined })], {
    ...{ config: testConfig({ PARLEY_GUESTS: 'on', ...environment }), joins, now: () => 0 },
    onRefused: () => undefined,
  }).attach(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const token = ann.client.cookie?.split('=')[1] ?? '';
  /** The status with which the connection is answered. */
  return async (cookieName: string, headers: Record<string, string>): Promise<number | undefined> => {
    const cookie = `${cookieName}=${token}`;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/events`, { headers: { ...headers, cookie } });
    socket.on('error', () => undefined);
    const refused = once(socket, 'unexpected-response');
    const opened = once(socket, 'open').then(() => undefined);
    const status = await Promise.race([
      opened.then(() => 101),
      refused.then(([, response]) => (response as { statusCode: number }).statusCode),
    ]);
    socket.terminate();
    return status;
  };
}

test('a trusted proxy says of events too where they are asked for', async () => {
  const ask = await startEvents({ PARLEY_HTTP_TRUSTED_PROXIES: '127.0.0.1' });
  const own = { ...FORWARDED, origin: 'https://chat.example' };
  expect(await ask('__Host-parley_session', own)).toBe(101);
  // Over https another name might have been set by another host of the domain.
  expect(await ask('parley_session', own)).toBe(401);
  expect(await ask('__Host-parley_session', { ...own, origin: 'https://elsewhere.example' })).toBe(403);
});

test('nobody else does', async () => {
  const ask = await startEvents({});
  expect(await ask('parley_session', { ...FORWARDED, origin: 'https://chat.example' })).toBe(403);
  expect(await ask('parley_session', { ...FORWARDED })).toBe(101);
});
