import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AccessTokenVerifier, GuestTokens } from '@parley/access';
import { apiError } from '@parley/contract';
import { AddressRateLimiter } from '@parley/core';
import { createHttpServer } from '../../src/http/http-server.js';
import type { HttpTimeouts } from '../../src/http/http-server.js';
import { HttpMetrics } from '../../src/http/metrics.js';
import { checkWebApp } from '../../src/http/web-app.js';
import { VERSION } from '../../src/version.js';
import { FakeMedia, SECRET, silent, temporaryFolder, testConfig, webRoot } from '../support.js';

async function start(environment: Record<string, string> = {}, timeouts?: HttpTimeouts) {
  const media = new FakeMedia();
  const metrics = new HttpMetrics();
  const state = { stopping: false };
  const app = await createHttpServer({
    config: testConfig(environment),
    media,
    guestTokens: new GuestTokens({
      key: { key: 'key', secret: SECRET },
      wall: () => Date.UTC(2026, 0, 1),
      random: randomBytes,
    }),
    apiTokens: new AccessTokenVerifier(new Map([['key', SECRET]]), () => Date.UTC(2026, 0, 1)),
    metrics,
    log: silent,
    webRoot: webRoot(),
    joins: new AddressRateLimiter(5, 10),
    now: () => 0,
    stopping: () => state.stopping,
    ...(timeouts && { timeouts }),
  });
  onTestFinished(() => app.close());
  return { app, media, metrics, state };
}

describe('version, health and settings', () => {
  test('/version says name and version', async () => {
    const { app } = await start();
    expect((await app.inject('/version')).json()).toEqual({ name: 'parley', version: VERSION });
  });

  test('/healthz answers while the process lives, /readyz only while media is up and nobody stops the server', async () => {
    const { app, media, state } = await start();
    const ready = async () => (await app.inject('/readyz')).statusCode;
    expect(await ready()).toBe(200);
    media.ready = false;
    expect(await ready()).toBe(503);
    expect((await app.inject('/readyz')).json()).toEqual({ status: 'media is not up' });
    media.ready = true;
    state.stopping = true;
    expect((await app.inject('/readyz')).json()).toEqual({ status: 'shutting down' });
    expect((await app.inject('/healthz')).statusCode).toBe(200);
  });

  test('/api/settings says whether guests may join', async () => {
    const on = await start();
    expect((await on.app.inject('/api/settings')).json()).toEqual({
      guests: true,
      workspace: false,
      version: VERSION,
    });
    const off = await start({ PARLEY_HTTP_HOST: '0.0.0.0' });
    expect((await off.app.inject('/api/settings')).json()).toEqual({
      guests: false,
      workspace: false,
      version: VERSION,
    });
  });
});

describe('/metrics', () => {
  test('joins the metrics of both threads', async () => {
    const { app, media } = await start();
    media.threadMetrics = [
      {
        name: 'parley_rooms',
        help: 'Rooms',
        type: 'gauge',
        aggregator: 'sum',
        values: [{ value: 3, labels: {} }],
      },
    ];
    await app.inject('/version');
    const response = await app.inject('/metrics');
    expect(response.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(response.body).toContain('parley_rooms 3');
    expect(response.body).toContain('process_cpu_seconds_total');
    expect(response.body).toMatch(/parley_event_loop_delay_seconds\{thread="main",quantile="0\.99"\} \d/);
    expect(response.body).toMatch(
      /parley_http_request_duration_seconds_count\{method="GET",route="\/version",status="200"\} 1/,
    );
  });
});

describe('the web app', () => {
  test.each(['/', '/r/kitchen', '/r/a/b', '//', '/r/caf%C3%A9?x=1', '/r/a?x=%ff'])(
    '%s is the page, never cached blindly',
    async (url) => {
      const { app } = await start();
      for (const method of ['GET', 'HEAD'] as const) {
        const response = await app.inject({ method, url });
        expect(response.statusCode).toBe(200);
        expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
        expect(response.headers['cache-control']).toBe('no-cache');
        expect(response.body).toBe(method === 'GET' ? '<!doctype html><title>Parley</title>' : '');
      }
    },
  );

  test('browsers get the compressed copy that stands beside a file, others the file', async () => {
    const { app } = await start();
    const url = '/assets/app-1a2b3c.js';
    const compressed = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } });
    expect(compressed.headers['content-encoding']).toBe('br');
    expect(compressed.headers['content-type']).toMatch(/javascript/);
    expect(compressed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(brotliDecompressSync(compressed.rawPayload).toString()).toBe('export {};');
    const plain = await app.inject(url);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body).toBe('export {};');
    expect([compressed.headers.vary, plain.headers.vary]).toEqual(['accept-encoding', 'accept-encoding']);
  });

  test('hashed files are cached for good', async () => {
    const { app } = await start();
    const response = await app.inject('/assets/app-1a2b3c.js');
    expect(response.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(response.headers['content-type']).toMatch(/javascript/);
  });

  test.each([
    '/nothing',
    '/assets/nothing.js',
    '/../package.json',
    '/%2e%2e/%2e%2e/package.json',
    '/rtc',
    '/rtc/v1',
    '/r/%E0%A4%A',
    '/%?a=%20',
    '/api/%ff',
  ])('%s is not there', async (url) => {
    const { app } = await start();
    const response = await app.inject(url);
    expect(response.statusCode).toBe(404);
    expect(response.json()).toEqual({ code: 'not_found', error: 'There is nothing here.' });
  });

  test('a browser that follows a wrong address gets the page, which says so; programs get JSON', async () => {
    const { app } = await start();
    const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    for (const url of ['/nothing', '/r', '/w/a/b', '/r/%E0%A4%A', '/%', '/r/%ff?x=1']) {
      const response = await app.inject({ url, headers });
      expect(response.statusCode).toBe(404);
      expect(response.headers['content-type']).toMatch(/html/);
      expect(response.body).toContain('<title>Parley</title>');
    }
    for (const request of [
      { url: '/api/nothing', headers },
      { url: '/nothing', headers, method: 'POST' } as const,
    ])
      expect((await app.inject(request)).json()).toEqual({
        code: 'not_found',
        error: 'There is nothing here.',
      });
  });

  test('carries strict security headers', async () => {
    const { app } = await start({ PARLEY_GUESTS: 'off' });
    const { headers } = await app.inject({ url: '/', headers: { host: 'meet.example.org:8045' } });
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("connect-src 'self' ws://meet.example.org:8045 wss://meet.example.org:8045");
    expect(policy).toContain("media-src 'self' blob: mediastream:");
    expect(policy).toContain("worker-src 'self' blob:");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['permissions-policy']).toMatch(/camera=\(self\)/);
  });

  test('a Host header cannot write into the policy', async () => {
    const { app } = await start({ PARLEY_GUESTS: 'off' });
    const { headers } = await app.inject({ url: '/', headers: { host: "x; script-src 'unsafe-inline'" } });
    expect(headers['content-security-policy']).toContain("connect-src 'self';");
    expect(headers['content-security-policy']).not.toContain("script-src 'unsafe-inline'");
  });

  test('a missing build is said in one sentence', () => {
    expect(() => {
      checkWebApp(join(temporaryFolder(), 'dist'));
    }).toThrow('The web app is not built: run "npm run build:web" first');
  });
});

describe('Host', () => {
  test.each(['rebind.example:8045', 'localhost.example', '128.0.0.1', '[::2]', 'localhost@rebind.example'])(
    "%s gets nothing from a server for its own machine, as its page could be anybody's",
    async (host) => {
      const { app, media } = await start();
      for (const request of [
        { url: '/', headers: { host, accept: 'text/html' } },
        { url: '/api/settings', headers: { host } },
        { url: '/rtc/v1/validate', headers: { host } },
        {
          method: 'POST',
          url: '/api/guest-token',
          headers: { host },
          payload: { room: 'kitchen', name: 'Ada' },
        } as const,
      ]) {
        const response = await app.inject(request);
        expect(response.statusCode).toBe(421);
        const { code, error } = response.json<{ code: string; error: string }>();
        expect(code).toBe('unknown_host');
        expect(error).toMatch(/open it as localhost.*PARLEY_GUESTS/);
      }
      expect(media.validated).toEqual([]);
    },
  );

  test.each([
    'localhost',
    'LOCALHOST:80',
    'localhost.:8045',
    'Parley.localhost',
    '127.0.0.1',
    '127.9.9.9:1',
    '[::1]:8045',
  ])('%s is this machine', async (host) => {
    const { app } = await start();
    expect((await app.inject({ url: '/', headers: { host } })).statusCode).toBe(200);
  });

  test.each([{ PARLEY_GUESTS: 'on' }, { PARLEY_GUESTS: 'off' }, { PARLEY_HTTP_HOST: '0.0.0.0' }])(
    'is any with %j',
    async (environment) => {
      const { app } = await start(environment);
      expect((await app.inject({ url: '/', headers: { host: 'meet.example.org' } })).statusCode).toBe(200);
    },
  );
});

describe('POST /api/guest-token', () => {
  const url = '/api/guest-token';

  test('gives a token', async () => {
    const { app } = await start();
    const response = await app.inject({ method: 'POST', url, payload: { room: 'kitchen', name: 'Ada' } });
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({
      room: 'kitchen',
      name: 'Ada',
      identity: /^guest-/,
      token: /^eyJ/,
    });
  });

  test('refuses when guests are off, and says how to allow them', async () => {
    const { app } = await start({ PARLEY_GUESTS: 'off' });
    const response = await app.inject({ method: 'POST', url, payload: { room: 'kitchen', name: 'Ada' } });
    expect(response.statusCode).toBe(403);
    expect(apiError.parse(response.json())).toMatchObject({ code: 'guests_not_allowed' });
    expect(response.body).toContain('PARLEY_GUESTS=on');
  });

  test.each([
    [{ room: 'kitchen' }, '"name" must be 1 to 64 visible characters'],
    [{ room: '', name: 'Ada' }, '"room" must be 1 to 64 visible characters'],
    [{ room: 'kitchen', name: 'Ada', previous: 5 }, '"previous" must be the token given before, or left out'],
    ['[]', 'Send JSON with "room" and "name"'],
  ])('%j is refused with a sentence', async (payload, error) => {
    const { app } = await start();
    const response = await app.inject({
      method: 'POST',
      url,
      payload,
      headers: { 'content-type': 'application/json' },
    });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toEqual({ code: 'invalid_request', error });
  });

  test('refuses what is no JSON, has another type or is too large', async () => {
    const { app } = await start();
    const refusal = async (payload: string, type: string) => {
      const response = await app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } });
      return [response.statusCode, apiError.parse(response.json()).code];
    };
    const malformed = [400, 'invalid_request'];
    expect(await refusal('{', 'application/json')).toEqual(malformed);
    expect(await refusal('', 'application/json')).toEqual(malformed);
    expect(await refusal('{"__proto__": {}}', 'application/json')).toEqual(malformed);
    expect(await refusal('room=kitchen', 'application/x-www-form-urlencoded')).toEqual([
      415,
      'unsupported_media_type',
    ]);
    const large = JSON.stringify({ room: 'x'.repeat(20_000) });
    expect(await refusal(large, 'application/json')).toEqual([413, 'request_too_large']);
  });

  test('is limited for each address', async () => {
    const { app } = await start({ PARLEY_LIMITS_GUEST_TOKENS_PER_MINUTE: '2' });
    const ask = (remoteAddress: string) =>
      app.inject({ method: 'POST', url, payload: { room: 'kitchen', name: 'Ada' }, remoteAddress });
    expect((await ask('192.0.2.1')).statusCode).toBe(200);
    expect((await ask('192.0.2.1')).statusCode).toBe(200);
    const refused = await ask('192.0.2.1');
    expect(refused.statusCode).toBe(429);
    expect(apiError.parse(refused.json()).code).toBe('too_many_requests');
    expect(refused.body).toMatch(/Too many requests from your address: try again in/);
    expect(refused.headers['retry-after']).toBeDefined();
    expect((await ask('192.0.2.2')).statusCode).toBe(200);
    // Other answers are not limited.
    expect((await app.inject({ url: '/api/settings', remoteAddress: '192.0.2.1' })).statusCode).toBe(200);
  });

  test('believes X-Forwarded-For only from trusted proxies', async () => {
    const { app } = await start({
      PARLEY_LIMITS_GUEST_TOKENS_PER_MINUTE: '1',
      PARLEY_HTTP_TRUSTED_PROXIES: '10.0.0.0/8',
    });
    const ask = async (remoteAddress: string, forwarded: string) =>
      (
        await app.inject({
          method: 'POST',
          url,
          payload: { room: 'kitchen', name: 'Ada' },
          remoteAddress,
          headers: { 'x-forwarded-for': forwarded },
        })
      ).statusCode;
    expect(await ask('10.0.0.1', '192.0.2.1')).toBe(200);
    expect(await ask('10.0.0.1', '192.0.2.2')).toBe(200);
    expect(await ask('192.0.2.9', '192.0.2.3')).toBe(200);
    expect(await ask('192.0.2.9', '192.0.2.4')).toBe(429);
  });
});

describe('GET /api/rooms/<room>/people', () => {
  const url = '/api/rooms/Kitchen%20%31/people';

  test('says who is in the room, however it is spelled', async () => {
    const { app, media } = await start();
    media.roomPeople = { names: ['Ada'], total: 2 };
    const response = await app.inject(url);
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ names: ['Ada'], total: 2 });
    expect(media.roomQuestions).toEqual(['kitchen 1']);
  });

  test('tells nobody where guests may not join', async () => {
    const { app, media } = await start({ PARLEY_GUESTS: 'off' });
    const response = await app.inject(url);
    expect(response.statusCode).toBe(403);
    expect(apiError.parse(response.json()).code).toBe('guests_not_allowed');
    expect(media.roomQuestions).toEqual([]);
  });

  test('refuses what is no name of a room, and says while no thread answers', async () => {
    const { app, media } = await start();
    const refused = await app.inject('/api/rooms/%00/people');
    expect(refused.json()).toEqual({
      code: 'invalid_request',
      error: '"room" must be 1 to 64 visible characters',
    });
    media.roomPeople = undefined;
    const response = await app.inject(url);
    expect([response.statusCode, apiError.parse(response.json()).code]).toEqual([503, 'media_unavailable']);
  });

  test('is limited for each address', async () => {
    const { app } = await start({ PARLEY_LIMITS_ROOM_QUESTIONS_PER_MINUTE: '1' });
    const status = async (remoteAddress: string) => (await app.inject({ url, remoteAddress })).statusCode;
    expect(await status('192.0.2.1')).toBe(200);
    expect(await status('192.0.2.1')).toBe(429);
    expect(await status('192.0.2.2')).toBe(200);
  });
});

describe('/rtc validation', () => {
  test.each([
    ['/rtc/v1/validate', 'v1'],
    ['/rtc/validate', 'v0'],
    ['//rtc/v1/validate', 'v1'],
  ])('%s passes the request on and the answer back, to pages of any origin', async (path, version) => {
    const { app, media } = await start();
    media.validation = { status: 401, text: 'invalid token' };
    const response = await app.inject({
      url: `${path}?access_token=abc&join_request=%3D`,
      headers: { authorization: 'Bearer abc', 'user-agent': 'test' },
    });
    expect(response.statusCode).toBe(401);
    expect(response.body).toBe('invalid token');
    expect(response.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(response.headers['access-control-allow-origin']).toBe('*');
    expect(media.validated).toEqual([
      {
        path: version,
        query: 'access_token=abc&join_request=%3D',
        authorization: 'Bearer abc',
        userAgent: 'test',
        address: '127.0.0.1',
      },
    ]);
  });

  test('is limited for each address', async () => {
    const { app, media } = await start();
    const status = async (remoteAddress: string) =>
      (await app.inject({ url: '/rtc/v1/validate', remoteAddress })).statusCode;
    for (let count = 0; count < 10; count++) expect(await status('192.0.2.1')).toBe(200);
    expect(await status('192.0.2.1')).toBe(429);
    expect(await status('192.0.2.2')).toBe(200);
    expect(media.validated).toHaveLength(11);
  });

  test('says that the server stops, as the refused WebSocket did', async () => {
    const { app, media, state } = await start();
    state.stopping = true;
    const response = await app.inject('/rtc/v1/validate');
    expect([response.statusCode, response.body]).toEqual([503, 'the server is shutting down']);
    expect(response.headers['access-control-allow-origin']).toBe('*');
    expect(media.validated).toEqual([]);
  });

  test('answers the preflight for the Authorization header', async () => {
    const { app } = await start();
    const response = await app.inject({ method: 'OPTIONS', url: '/rtc/v1/validate' });
    expect(response.statusCode).toBe(204);
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'authorization',
      'access-control-max-age': '86400',
    });
  });
});

describe('connections that stay open without need', () => {
  const post = 'POST /api/guest-token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';

  test.each([
    ['on which nothing came', '', '408'],
    ['with half a header', 'GET / HTTP/1.1\r\nHost: loc', '408'],
    ['with half a body', `${post}Content-Length: 40\r\n\r\n{"room":`, '408'],
    ['that were answered', 'GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n', '200'],
    ['that speak no HTTP', 'nonsense\r\n\r\n', '400'],
  ])('%s are closed, though the client does not close its side', async (_what, text, status) => {
    const { app } = await start({}, { request: 60, check: 20, idle: 600 });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const address = app.server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    onTestFinished(() => void client.destroy());
    let answer = '';
    client.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    const ended = once(client, 'end');
    if (text !== '') client.write(text);
    const [socket] = (await once(app.server, 'connection')) as [Socket];
    await once(socket, 'close');
    await ended;
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});

test('an address with as many connections as it may have gets no further one', async () => {
  const { app, metrics } = await start({ PARLEY_LIMITS_CONNECTIONS_PER_ADDRESS: '1' });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  for (let count = 0; count < 2; count++) {
    const client = connect({ port, host: '127.0.0.1' });
    onTestFinished(() => void client.destroy());
    await once(client.resume(), count === 0 ? 'connect' : 'close');
  }
  expect(await metrics.render([])).toContain('parley_http_connections_refused_total{limit="address"} 1');
});

/** All that comes in answer to these bytes, from a server that closes the connection then. */
async function answerTo(app: FastifyInstance, text: string): Promise<string> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  socket.write(text);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('the target of a request', () => {
  test('may name the host too, which then counts instead of Host', async () => {
    const ask = (target: string, host: string) =>
      `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    const own = await start();
    expect(await answerTo(own.app, ask('http://localhost:8045/version?x', 'rebind.example'))).toMatch(
      /^HTTP\/1\.1 200 .*"name":"parley"/s,
    );
    const foreign = await start();
    expect(await answerTo(foreign.app, ask('http://rebind.example/version', 'localhost'))).toMatch(
      /^HTTP\/1\.1 421 /,
    );
    const bare = await start();
    expect(await answerTo(bare.app, ask('HTTP://127.0.0.1', 'localhost'))).toMatch(
      /^HTTP\/1\.1 200 .*Parley/s,
    );
  });

  test.each(['GET *', 'OPTIONS *', 'GET ftp://localhost/version'])('is no path with %s', async (line) => {
    const { app } = await start();
    const answer = await answerTo(app, `${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 404 .*"not_found"/s);
  });

  test('is refused with a sentence where it asks for a tunnel', async () => {
    const { app, metrics } = await start();
    const answer = await answerTo(app, 'CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 501 .*This server is no proxy/s);
    expect(await metrics.render([])).toContain('parley_http_malformed_requests_total 1');
  });
});

describe('bad input', () => {
  test('what is no HTTP is answered with 400 and counted', async () => {
    const { app, metrics } = await start();
    await app.listen({ host: '127.0.0.1', port: 0 });
    const address = app.server.address();
    const socket = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.end('\u0016\u0003\u0001 not HTTP\r\n\r\n');
    await once(socket, 'close');
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(await metrics.render([])).toContain('parley_http_malformed_requests_total 1');
  });

  test('an error inside is answered without its text', async () => {
    const { app, media } = await start();
    media.validate = () => Promise.reject(new Error('the details'));
    const response = await app.inject('/rtc/v1/validate');
    expect(response.statusCode).toBe(500);
    expect(response.json()).toEqual({ code: 'internal', error: 'Something went wrong on the server.' });
  });

  test.each(['/%', '/r/%ff', '/%00', `/${'a'.repeat(5_000)}`])('the path %s is answered', async (url) => {
    const { app } = await start();
    expect((await app.inject(url.slice(0, 6_000))).statusCode).toBeLessThan(500);
  });
});
