import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AccessTokenVerifier } from '@parley/livekit/access-token';
import { AddressRateLimiter } from '../../src/address-rate-limiter.js';
import { GuestTokens } from '../../src/auth/guest-tokens.js';
import { createHttpServer } from '../../src/http/http-server.js';
import { HttpMetrics } from '../../src/http/metrics.js';
import { checkWebApp } from '../../src/http/web-app.js';
import { VERSION } from '../../src/version.js';
import { FakeMedia, SECRET, silent, temporaryFolder, testConfig, webRoot } from '../support.js';

async function start(environment: Record<string, string> = {}) {
  const media = new FakeMedia();
  const metrics = new HttpMetrics();
  const state = { stopping: false };
  const app = await createHttpServer({
    config: testConfig(environment),
    media,
    guestTokens: new GuestTokens({ key: 'key', secret: SECRET }, () => Date.UTC(2026, 0, 1)),
    apiTokens: new AccessTokenVerifier(new Map([['key', SECRET]]), () => Date.UTC(2026, 0, 1)),
    metrics,
    log: silent,
    webRoot: webRoot(),
    joins: new AddressRateLimiter(5, 10),
    now: () => 0,
    stopping: () => state.stopping,
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
    expect((await on.app.inject('/api/settings')).json()).toEqual({ guests: true, version: VERSION });
    const off = await start({ PARLEY_HTTP_HOST: '0.0.0.0' });
    expect((await off.app.inject('/api/settings')).json()).toEqual({ guests: false, version: VERSION });
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
  test.each(['/', '/r/kitchen', '/r/a/b', '//', '/r/caf%C3%A9?x=1'])(
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
  ])('%s is not there', async (url) => {
    const { app } = await start();
    const response = await app.inject(url);
    expect(response.statusCode).toBe(404);
    expect(response.json()).toEqual({ error: 'There is nothing here.' });
  });

  test('carries strict security headers', async () => {
    const { app } = await start();
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
    const { app } = await start();
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
    expect(response.json()).toEqual({ error });
  });

  test('refuses what is no JSON, has another type or is too large', async () => {
    const { app } = await start();
    const status = async (payload: string, type: string) =>
      (await app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } })).statusCode;
    expect(await status('{', 'application/json')).toBe(400);
    expect(await status('', 'application/json')).toBe(400);
    expect(await status('room=kitchen', 'application/x-www-form-urlencoded')).toBe(415);
    expect(await status(JSON.stringify({ room: 'x'.repeat(20_000) }), 'application/json')).toBe(413);
    expect(await status('{"__proto__": {}}', 'application/json')).toBe(400);
  });

  test('is limited for each address', async () => {
    const { app } = await start({ PARLEY_LIMITS_GUEST_TOKENS_PER_MINUTE: '2' });
    const ask = (remoteAddress: string) =>
      app.inject({ method: 'POST', url, payload: { room: 'kitchen', name: 'Ada' }, remoteAddress });
    expect((await ask('192.0.2.1')).statusCode).toBe(200);
    expect((await ask('192.0.2.1')).statusCode).toBe(200);
    const refused = await ask('192.0.2.1');
    expect(refused.statusCode).toBe(429);
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
    expect(response.json()).toEqual({ error: 'Something went wrong on the server.' });
  });

  test.each(['/%', '/r/%ff', '/%00', `/${'a'.repeat(5_000)}`])('the path %s is answered', async (url) => {
    const { app } = await start();
    expect((await app.inject(url.slice(0, 6_000))).statusCode).toBeLessThan(500);
  });
});
