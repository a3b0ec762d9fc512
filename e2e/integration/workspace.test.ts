import { once } from 'node:events';
import type { EventEmitter } from 'node:events';
import { connect } from 'node:net';
import { dispose, Room } from '@livekit/rtc-node';
import { callSeat, eventFrame, SESSION_ENDED } from '@parley/contract';
import type { EventFrame } from '@parley/contract';
import { RoomServiceClient, TrackSource } from 'livekit-server-sdk';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { PostgresServer } from '@parley/store/testing';
import { API_KEY, API_SECRET, ParleyServer } from '../support/server.js';

/** As much of it as is looked at. */
interface Start {
  communities: { id: string; channels: { id: string; kind: string }[] }[];
}

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

async function post({ url }: ParleyServer, path: string, body: unknown, cookie: string): Promise<Response> {
  return fetch(`${url}/api/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, cookie },
    body: JSON.stringify(body),
  });
}

/** A connection over which somebody is told what happens. */
function listen(server: ParleyServer, cookie: string, after = '') {
  const socket = new WebSocket(`${server.webSocketUrl}/api/v1/events${after}`, { headers: { cookie } });
  onTestFinished(() => {
    socket.terminate();
  });
  const frames: EventFrame[] = [];
  socket.on('message', (data: Buffer) => frames.push(eventFrame.parse(JSON.parse(data.toString()))));
  const types = () => frames.map((frame) => (frame.type === 'event' ? frame.event.type : frame.type));
  return { socket, frames, types };
}

afterAll(dispose);

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

  test('tells who is signed in what happens, and what has happened meanwhile', async () => {
    const server = await ParleyServer.start({}, { PARLEY_WORKSPACE: 'on' });
    try {
      const cookie = await setUp(server);
      const communities: unknown = await (await ask(server, '/api/v1/communities', cookie)).json();
      const { id } = (communities as { communities: { id: string }[] }).communities[0]!;
      const makeChannel = (name: string) =>
        post(server, `communities/${id}/channels`, { kind: 'text', name }, cookie);

      const first = listen(server, cookie);
      await once(first.socket, 'message');
      expect((await makeChannel('recipes')).status).toBe(201);
      await expect.poll(first.types).toEqual(['hello', 'channel_created']);
      first.socket.close();
      await once(first.socket, 'close');
      expect((await makeChannel('soups')).status).toBe(201);
      const last = first.frames.at(-1);
      const back = listen(server, cookie, `?after=${last?.type === 'event' ? last.position : ''}`);
      await expect.poll(back.types).toEqual(['hello', 'channel_created']);
      expect(back.frames[0]).toMatchObject({ resumed: true });

      const closed = once(back.socket, 'close');
      const { url } = server;
      await fetch(`${url}/api/v1/session`, { method: 'DELETE', headers: { cookie, origin: url } });
      expect((await closed)[0]).toBe(SESSION_ENDED);
    } finally {
      await server.stop();
    }
  });

  test('keeps a call as the permissions say, while it is on, and ends it with the session', async () => {
    const server = await ParleyServer.start({}, { PARLEY_WORKSPACE: 'on' });
    const room = new Room();
    try {
      const owner = await setUp(server);
      const send = (method: string, path: string, body: unknown, cookie: string) =>
        fetch(`${server.url}/api/v1/${path}`, {
          method,
          headers: { 'content-type': 'application/json', origin: server.url, cookie },
          body: JSON.stringify(body),
        });
      const start: unknown = await (await ask(server, '/api/v1/start', owner)).json();
      const [kitchen] = (start as Start).communities;
      const voice = kitchen!.channels.find(({ kind }) => kind === 'voice')!;
      const wish = { community_id: kitchen!.id, expires_in: null, most_uses: null };
      const { code } = (await (await send('POST', 'invites', wish, owner)).json()) as { code: string };
      const account = { user_name: 'bob', password: SET_UP.password };
      const joined = await send('POST', `invites/${code}/account`, account, '');
      const bob = joined.headers.getSetCookie()[0]!.split(';')[0]!;

      /** Joins; with what comes when the call is over for whoever joined. */
      const join = async (cookie: string) => {
        const seat: unknown = await (await send('POST', `channels/${voice.id}/call`, {}, cookie)).json();
        const { token, identity } = callSeat.parse(seat);
        await room.connect(server.webSocketUrl, token, { autoSubscribe: true, dynacast: false });
        return { token, identity, ended: once(room as unknown as EventEmitter, 'disconnected') };
      };
      const validate = async (token: string) => {
        const answer = await fetch(`${server.url}/rtc/validate?access_token=${token}`);
        return [answer.status, await answer.text()];
      };
      const first = await join(bob);
      const { identity } = first;
      const sources = async (): Promise<unknown> => {
        const client = new RoomServiceClient(server.url, API_KEY, API_SECRET);
        const { permission } = await client.getParticipant(`channel:${voice.id}`, identity);
        return permission?.canPublishSources;
      };
      expect(await sources()).toHaveLength(4);
      const overwrite = { allow: [], deny: ['use_camera', 'share_screen'] };
      const path = `channels/${voice.id}/overwrites/people/${identity}`;
      expect((await send('PUT', path, overwrite, owner)).status).toBe(204);
      await expect.poll(sources).toEqual([TrackSource.MICROPHONE]);

      expect((await send('DELETE', 'session', {}, bob)).status).toBe(204);
      await first.ended;
      expect(await validate(first.token)).toEqual([403, expect.stringContaining('signed out')]);

      const again = (await send('POST', 'session', account, '')).headers.getSetCookie()[0]!.split(';')[0]!;
      const { token, ended } = await join(again);
      const member = `communities/${kitchen!.id}/members/${identity}`;
      expect((await send('DELETE', member, {}, owner)).status).toBe(204);
      await ended;
      const back = new WebSocket(`${server.webSocketUrl}/rtc?access_token=${token}`);
      back.on('error', () => undefined);
      const [, refusal] = (await once(back, 'unexpected-response')) as [unknown, { statusCode: number }];
      expect(refusal.statusCode).toBe(403);
      expect(await validate(token)).toEqual([403, expect.stringContaining('may not')]);
    } finally {
      await room.disconnect();
      await server.stop();
    }
  });

  test('tells nothing to pages of other sites, and to who is not signed in', async () => {
    const server = await ParleyServer.start({}, { PARLEY_WORKSPACE: 'on' });
    try {
      const cookie = await setUp(server);
      const statusFor = async (headers: Record<string, string>) => {
        const socket = new WebSocket(`${server.webSocketUrl}/api/v1/events`, { headers });
        socket.on('error', () => undefined);
        const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
        socket.terminate();
        return response.statusCode;
      };
      expect(await statusFor({ cookie, origin: 'https://elsewhere.example' })).toBe(403);
      expect(await statusFor({})).toBe(401);
      expect(await statusFor({ cookie: `${cookie}x` })).toBe(401);
    } finally {
      await server.stop();
    }
  });

  test('stops at once while pages are open, also one that does not take leave', async () => {
    const server = await ParleyServer.start(
      {},
      { PARLEY_WORKSPACE: 'on', PARLEY_SHUTDOWN_GRACE_SECONDS: '300' },
    );
    const cookie = await setUp(server);
    const page = listen(server, cookie);
    await once(page.socket, 'message');
    const mute = connect(server.httpPort, 'localhost');
    onTestFinished(() => {
      mute.destroy();
    });
    const header = [
      'GET /api/v1/events HTTP/1.1',
      ...[`Host: localhost:${server.httpPort}`, `Cookie: ${cookie}`, 'Connection: Upgrade'],
      ...['Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='],
    ];
    mute.write(`${header.join('\r\n')}\r\n\r\n`);
    expect(String((await once(mute, 'data'))[0])).toContain('101 Switching Protocols');
    const closed = once(page.socket, 'close');
    // Far less than the grace, which is for calls alone.
    await server.stop(60_000);
    expect((await closed)[0]).toBe(1012);
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
