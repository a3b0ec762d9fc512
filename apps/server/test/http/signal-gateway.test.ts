import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { HttpMetrics } from '../../src/http/metrics.js';
import type { SignalGateway } from '../../src/http/signal-gateway.js';
import type { Upgrades } from '../../src/http/upgrades.js';
import { serveSignalling, testConfig } from '../support.js';
import type { Admission } from '../../src/workspace/call-door.js';
import type { FakeMedia } from '../support.js';
import type { FakeConnection } from '../support.js';

interface Running {
  gateway: SignalGateway;
  upgrades: Upgrades;
  media: FakeMedia;
  metrics: HttpMetrics;
  port: number;
  clock: { now: number };
}

async function start(environment: Record<string, string> = {}, admission?: Admission): Promise<Running> {
  const clock = { now: 0 };
  const server = createServer();
  const running = serveSignalling(server, {
    ...{ config: testConfig(environment), now: () => clock.now },
    ...(admission && { admission }),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    await running.gateway.drain(0);
    server.closeAllConnections();
    server.close();
  });
  return { ...running, port: portOf(server), clock };
}

/** Bytes that do not compress. */
function noise(length: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, index) => Math.imul(index, 2_654_435_761) >>> 24));
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function open(
  port: number,
  path = '/rtc/v1?join_request=abc',
  options: WebSocket.ClientOptions = {},
): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, options);
  onTestFinished(() => {
    socket.on('error', () => undefined);
    socket.terminate();
  });
  return socket;
}

/** Asks for an upgrade with this key, without a client that knows what it does. */
function upgradeByHand(port: number, key: string, target = '/rtc/v1'): Socket {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(
    [
      `GET ${target} HTTP/1.1`,
      'Host: localhost',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${key}`,
      '\r\n',
    ].join('\r\n'),
  );
  return socket;
}

/** The status and the body with which an upgrade was refused. */
async function refusal(socket: WebSocket): Promise<{ status: number | undefined; text: string }> {
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode, text: Buffer.concat(chunks).toString() };
}

/** The code and the reason with which a WebSocket was closed. */
async function closed(socket: WebSocket): Promise<{ code: number; reason: string }> {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  return { code, reason: reason.toString() };
}

async function connected(running: Running): Promise<{ socket: WebSocket; connection: FakeConnection }> {
  const socket = open(running.port);
  await once(socket, 'open');
  const connection = running.media.connections.at(-1);
  if (connection === undefined) throw new Error('no connection came');
  return { socket, connection };
}

test("a page under another name than this machine's own opens no connection", async () => {
  const { port, media } = await start();
  const foreign = open(port, '/rtc/v1', { headers: { host: `rebind.example:${port}` } });
  const { status, text } = await refusal(foreign);
  expect(status).toBe(421);
  expect(text).toContain('localhost');
  expect(media.connections).toEqual([]);
});

test('a target that names the host too is as good as a path, and its host is the one that counts', async () => {
  const { port, media } = await start();
  const key = Buffer.alloc(16).toString('base64');
  for (const [host, status] of [
    ['localhost', '101'],
    ['rebind.example', '421'],
  ]) {
    const socket = upgradeByHand(port, key, `http://${host}/rtc/v1?a=b`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  }
  expect(media.connections.map(({ request }) => request.query)).toEqual(['a=b']);
});

describe('where somebody else is asked too about who comes in', () => {
  test('who is refused does not get to media', async () => {
    const text = 'you may not be in the call of this channel';
    const { port, media } = await start(
      {},
      { refusal: () => Promise.resolve({ status: 403, text }), entered: () => () => undefined },
    );
    expect(await refusal(open(port))).toEqual({ status: 403, text });
    expect(media.connections).toEqual([]);
  });

  test('it is told who is in, and when they have gone', async () => {
    const told: string[] = [];
    const running = await start(
      {},
      {
        refusal: () => Promise.resolve(undefined),
        entered: ({ query }) => {
          told.push(`in: ${query}`);
          return () => told.push(`out: ${query}`);
        },
      },
    );
    const { socket, connection } = await connected(running);
    expect(told).toEqual([]);
    connection.listener.send('hello');
    connection.listener.send('more');
    socket.close();
    await expect.poll(() => told).toEqual(['in: join_request=abc', 'out: join_request=abc']);
  });
});

describe('the upgrade', () => {
  test('is finished when media accepts, which gets the request as it came', async () => {
    const { port, media } = await start();
    const socket = open(port, '/rtc/v1?access_token=a.b.c&join_request=%3D', {
      headers: { authorization: 'Bearer abc', 'user-agent': 'test' },
    });
    await once(socket, 'open');
    expect(media.connections.map(({ request }) => request)).toEqual([
      {
        path: 'v1',
        query: 'access_token=a.b.c&join_request=%3D',
        authorization: 'Bearer abc',
        userAgent: 'test',
        address: '127.0.0.1',
      },
    ]);
    expect(socket.extensions).toContain('permessage-deflate');
  });

  test('is measured to the first answer over it, once', async () => {
    const { port, media, metrics, clock } = await start();
    media.onConnect = ({ listener }) => {
      listener.accepted();
      clock.now += 30;
      listener.send('join');
      clock.now += 1_000;
      listener.send('later');
    };
    await once(open(port), 'open');
    const text = await metrics.render([]);
    expect(text).toContain('parley_join_duration_seconds_count 1');
    expect(text).toContain('parley_join_duration_seconds_sum 0.03');
  });

  test('says which version of the protocol its path stands for', async () => {
    const { port, media } = await start();
    await once(open(port, '/rtc?access_token=abc'), 'open');
    await once(open(port, '/rtc/v1?access_token=abc'), 'open');
    expect(media.connections.map(({ request }) => request.path)).toEqual(['v0', 'v1']);
  });

  test('tolerates more than one leading slash, and one at the end', async () => {
    const { port } = await start();
    await once(open(port, '//rtc/v1?join_request=abc'), 'open');
    await once(open(port, '///rtc//v1/?join_request=abc'), 'open');
  });

  test.each([
    [401, 'invalid token'],
    [404, 'requested room does not exist'],
    [503, 'too many rooms'],
  ])('is refused with the status %i when media says so', async (status, text) => {
    const { port, media, metrics } = await start();
    media.onConnect = ({ listener }) => {
      listener.rejected(status, text);
    };
    expect(await refusal(open(port))).toEqual({ status, text });
    expect(await metrics.render([])).toContain(`parley_signal_rejections_total{status="${status}"} 1`);
  });

  test.each(['/', '/rtcx', '/rtc/v2', '/rtc/v1/validate', '/rtc/v1x'])('of %s is refused', async (path) => {
    const { port, media } = await start();
    expect((await refusal(open(port, path))).status).toBe(404);
    expect(media.connections).toEqual([]);
  });

  test('is refused while the server stops', async () => {
    const { port, upgrades } = await start();
    upgrades.stop();
    expect(await refusal(open(port))).toEqual({ status: 503, text: 'the server is shutting down' });
  });

  test('is refused when one address joins too often', async () => {
    const { port, clock } = await start({ PARLEY_LIMITS_JOINS_PER_SECOND: '1' });
    await once(open(port), 'open');
    await once(open(port), 'open');
    expect(await refusal(open(port))).toEqual({
      status: 429,
      text: 'too many connections from your address',
    });
    clock.now = 1_000;
    await once(open(port), 'open');
  });

  test('counts addresses behind a trusted proxy each by itself', async () => {
    const { port, media } = await start({ PARLEY_HTTP_TRUSTED_PROXIES: '127.0.0.1' });
    await once(open(port, undefined, { headers: { 'x-forwarded-for': '192.0.2.7' } }), 'open');
    expect(media.connections[0]?.request.address).toBe('192.0.2.7');
  });

  test('is refused with 503 when the media thread dies meanwhile', async () => {
    const { port, media } = await start();
    media.onConnect = ({ listener }) => {
      listener.close(1012, 'media restarts');
    };
    expect(await refusal(open(port))).toEqual({ status: 503, text: 'media restarts' });
  });

  test('that is malformed is answered with 400 and leaves no connection', async () => {
    const { port, media, metrics } = await start();
    const socket = upgradeByHand(port, 'no');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    await media.connections[0]?.disconnected;
    expect(await metrics.render([])).toContain('parley_signal_drops_total{reason="malformed"} 1');
  });

  test('of a client that goes away meanwhile is undone', async () => {
    const { port, media } = await start();
    const waiting = new Promise<FakeConnection>((resolve) => {
      media.onConnect = resolve;
    });
    const socket = open(port);
    socket.on('error', () => undefined);
    const connection = await waiting;
    socket.terminate();
    connection.listener.accepted();
    await connection.disconnected;
  });
});

describe('an open connection', () => {
  test('passes binary and text messages both ways', async () => {
    const running = await start();
    running.media.onMessage = ({ listener }, data) => {
      listener.send(data);
    };
    const { socket, connection } = await connected(running);
    socket.send(Buffer.from([1, 2, 3]));
    expect(await once(socket, 'message')).toEqual([Buffer.from([1, 2, 3]), true]);
    socket.send('{"ping":"1"}');
    expect(await once(socket, 'message')).toEqual([Buffer.from('{"ping":"1"}'), false]);
    expect(connection.received.map((data) => typeof data)).toEqual(['object', 'string']);
  });

  test('sends what media says right after accepting, in order', async () => {
    const running = await start();
    running.media.onConnect = ({ listener }) => {
      listener.accepted();
      listener.send('one');
      listener.send('two');
      listener.close(1000, 'done');
    };
    const socket = open(running.port);
    const messages: string[] = [];
    socket.on('message', (data: Buffer) => messages.push(data.toString()));
    expect(await closed(socket)).toEqual({ code: 1000, reason: 'done' });
    expect(messages).toEqual(['one', 'two']);
  });

  test.each([
    [1000, 'bye', 1000, 'bye'],
    [1012, 'media restarts', 1012, 'media restarts'],
    [4001, '', 4001, ''],
    [1006, 'not to be sent', 1011, 'not to be sent'],
    [99, 'nonsense', 1011, 'nonsense'],
    [1000, 'é'.repeat(100), 1000, 'é'.repeat(61)],
  ])('is closed by media with %i %j', async (code, reason, sentCode, sentReason) => {
    const running = await start();
    const { socket, connection } = await connected(running);
    connection.listener.close(code, reason);
    expect(await closed(socket)).toEqual({ code: sentCode, reason: sentReason });
    await connection.disconnected;
    expect(running.gateway.size).toBe(0);
  });

  test('tells media when the client has gone', async () => {
    const running = await start();
    const { socket, connection } = await connected(running);
    socket.close();
    await connection.disconnected;
    expect(running.gateway.size).toBe(0);
    // Nothing happens to what is said too late.
    connection.listener.send('late');
    connection.listener.close(1000, 'late');
  });

  test('ends with 1009 when a message is too large, also when it is so only unpacked', async () => {
    const running = await start({ PARLEY_LIMITS_MESSAGE_BYTES: '65536' });
    const { socket, connection } = await connected(running);
    socket.send(Buffer.alloc(65_537));
    expect(await closed(socket)).toMatchObject({ code: 1009 });
    await connection.disconnected;
    expect(connection.received).toEqual([]);
    expect(await running.metrics.render([])).toContain('parley_signal_drops_total{reason="oversize"} 1');
  });

  test('ends with 1008 when too many messages come', async () => {
    const running = await start({ PARLEY_LIMITS_MESSAGES_PER_SECOND: '1' });
    const { socket, connection } = await connected(running);
    for (let count = 0; count < 20; count++) socket.send('x');
    expect(await closed(socket)).toEqual({ code: 1008, reason: 'too many messages' });
    await connection.disconnected;
    expect(connection.received).toHaveLength(10);
    expect(await running.metrics.render([])).toContain('parley_signal_drops_total{reason="flood"} 1');
  });

  test.each([
    ['the defaults', {}],
    ['their least', { PARLEY_LIMITS_MESSAGES_PER_SECOND: '1', PARLEY_LIMITS_MESSAGE_BYTES: '65536' }],
    [
      'their most for a few large ones',
      { PARLEY_LIMITS_MESSAGES_PER_SECOND: '1', PARLEY_LIMITS_MESSAGE_BYTES: '16777216' },
    ],
    ['their most', { PARLEY_LIMITS_MESSAGES_PER_SECOND: '100000', PARLEY_LIMITS_MESSAGE_BYTES: '16777216' }],
  ])('the largest message and as many as allowed get through where the limits are %s', async (_, limits) => {
    const running = await start(limits);
    const { limits: promised } = testConfig(limits);
    const many = await connected(running);
    // As many as a test has the time for.
    const count = Math.min(10 * promised.messages_per_second, 20_000);
    for (let index = 0; index < count; index++) many.socket.send('x');
    const large = await connected(running);
    large.socket.send(Buffer.alloc(promised.message_bytes));
    await vi.waitFor(() => {
      expect(many.connection.received).toHaveLength(count);
      expect(large.connection.received).toHaveLength(1);
    }, 20_000);
  });

  test('large messages count as several', async () => {
    const running = await start({ PARLEY_LIMITS_MESSAGES_PER_SECOND: '1' });
    const { socket, connection } = await connected(running);
    for (let count = 0; count < 3; count++) socket.send(Buffer.alloc(70_000));
    expect(await closed(socket)).toMatchObject({ code: 1008 });
    expect(connection.received).toHaveLength(2);
  });

  test('ends when the client does not read what it is sent', async () => {
    const running = await start({ PARLEY_LIMITS_BACKLOG_BYTES: '65536' });
    const { socket, connection } = await connected(running);
    socket.pause();
    // The largest is allowed beside what may wait, and the one that crosses the limit waits too.
    for (let count = 0; count < 4; count++) connection.listener.send(noise(65_536));
    await connection.disconnected;
    expect(await running.metrics.render([])).toContain('parley_signal_drops_total{reason="backlog"} 1');
  });

  test.each([
    ['its least', { PARLEY_LIMITS_BACKLOG_BYTES: '65536' }, 1_000_000],
    ['its default', {}, 8_000_000],
    ['its most', { PARLEY_LIMITS_BACKLOG_BYTES: '268435456' }, 8_000_000],
  ])('a large message and those after it get through where what may wait is %s', async (_, limits, size) => {
    const running = await start(limits);
    const { socket, connection } = await connected(running);
    const lengths: number[] = [];
    socket.on('message', (data: Buffer) => lengths.push(data.length));
    socket.pause();
    for (const length of [10, size, 10, 1_000, 10]) connection.listener.send(noise(length));
    socket.resume();
    await vi.waitFor(() => {
      expect(lengths).toEqual([10, size, 10, 1_000, 10]);
    }, 20_000);
  });

  test('ends when the client answers no ping', async () => {
    const running = await start();
    const { socket, connection } = await connected(running);
    socket.pause();
    running.gateway.heartbeat();
    running.gateway.heartbeat();
    await connection.disconnected;
    expect(await running.metrics.render([])).toContain('parley_signal_drops_total{reason="unresponsive"} 1');
  });

  test('stays when the client answers pings', async () => {
    const running = await start();
    running.media.onMessage = ({ listener }, data) => {
      listener.send(data);
    };
    const { socket } = await connected(running);
    for (let count = 0; count < 3; count++) {
      running.gateway.heartbeat();
      await once(socket, 'ping');
      // The pong is on its way before this message is.
      socket.send('x');
      await once(socket, 'message');
    }
    expect(running.gateway.size).toBe(1);
  });

  test('ends when the client breaks the protocol', async () => {
    const running = await start();
    const socket = upgradeByHand(running.port, 'dGhlIHNhbXBsZSBub25jZQ==');
    await once(socket, 'data');
    // Not masked, and with a reserved operation code.
    socket.write(Buffer.from([0x83, 0x00]));
    const connection = running.media.connections[0];
    if (connection === undefined) throw new Error('no connection came');
    await connection.disconnected;
    expect(await running.metrics.render([])).toContain('parley_signal_drops_total{reason="malformed"} 1');
  });
});

describe('drain', () => {
  test('waits for clients that close', async () => {
    const running = await start();
    const { connection } = await connected(running);
    connection.listener.close(1001, 'the server stops');
    await running.gateway.drain(10_000);
    expect(running.gateway.size).toBe(0);
  });

  test('ends those that do not', async () => {
    const running = await start();
    const { socket } = await connected(running);
    const end = closed(socket);
    await running.gateway.drain(0);
    expect(await end).toMatchObject({ code: 1006 });
  });
});
