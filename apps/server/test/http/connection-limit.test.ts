import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { ConnectionLimit } from '../../src/http/connection-limit.js';
import type { ConnectionRefusal } from '../../src/http/connection-limit.js';
import { serveSignalling } from '../support.js';

/** A server, on all IPv4 addresses of this machine, that takes two connections of each address. */
async function start({ trustedProxies = [] as string[], host = '0.0.0.0' } = {}) {
  const refused: ConnectionRefusal[] = [];
  const server = createServer((_request, response) => response.end('ok'));
  const limit = new ConnectionLimit({
    perAddress: 2,
    trustedProxies,
    onRefused: (by) => refused.push(by),
  });
  limit.guard(server);
  serveSignalling(server);
  server.listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { server, refused, port: typeof address === 'object' ? (address?.port ?? 0) : 0 };
}

/** A connection that the server has taken, on which nothing is sent. */
async function hold(port: number, localAddress: string, host = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host, localAddress });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** The status with which a request over a connection of its own is answered; undefined when that is closed. */
async function status(port: number, localAddress: string): Promise<number | undefined> {
  const request = get({ port, host: '127.0.0.1', localAddress, agent: false });
  try {
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'close');
    return response.statusCode;
  } catch {
    return undefined;
  }
}

test('one connection too many is closed though nothing was sent, and counted; a neighbour is served meanwhile', async () => {
  const { port, refused } = await start();
  await hold(port, '127.0.0.1');
  await hold(port, '127.0.0.1');
  const third = await hold(port, '127.0.0.1');
  await once(third.resume(), 'close');
  expect(refused).toEqual(['address']);
  expect(await status(port, '127.0.0.1')).toBeUndefined();
  expect(await status(port, '127.0.0.2')).toBe(200);
  expect(refused).toEqual(['address', 'address']);
});

test('a connection that has ended makes room for another', async () => {
  const { server, port, refused } = await start();
  const sockets: Socket[] = [];
  server.on('connection', (socket: Socket) => sockets.push(socket));
  const first = await hold(port, '127.0.0.1');
  await hold(port, '127.0.0.1');
  await expect.poll(() => sockets.length).toBe(2);
  const [taken] = sockets;
  if (taken === undefined) throw new Error('nothing was taken');
  const closed = once(taken, 'close');
  first.destroy();
  await closed;
  expect(await status(port, '127.0.0.1')).toBe(200);
  expect(refused).toEqual([]);
});

test('WebSockets count as long as they are open', async () => {
  const { port } = await start();
  for (let count = 0; count < 2; count++) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rtc/v1`, { localAddress: '127.0.0.1' });
    onTestFinished(() => {
      socket.terminate();
    });
    await once(socket, 'open');
  }
  expect(await status(port, '127.0.0.1')).toBeUndefined();
  expect(await status(port, '127.0.0.2')).toBe(200);
});

test('a connection that offered a foreign upgrade counts once, though the server is handed it anew', async () => {
  const { port, refused } = await start();
  const socket = await hold(port, '127.0.0.1');
  await hold(port, '127.0.0.1');
  for (let count = 0; count < 3; count++) {
    socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 200 /);
  }
  expect(refused).toEqual([]);
});

test('connections of a trusted proxy are not counted', async () => {
  const { port, refused } = await start({ trustedProxies: ['127.0.0.0/31'] });
  for (let count = 0; count < 4; count++) await hold(port, '127.0.0.1');
  expect(await status(port, '127.0.0.1')).toBe(200);
  for (let count = 0; count < 2; count++) await hold(port, '127.0.0.2');
  expect(await status(port, '127.0.0.2')).toBeUndefined();
  expect(refused).toEqual(['address']);
});

test('what the system keeps the server from accepting is counted and does not end the server', async () => {
  const { server, port, refused } = await start();
  server.emit('error', new Error('accept EMFILE'));
  expect(refused).toEqual(['system']);
  expect(await status(port, '127.0.0.1')).toBe(200);
});
