import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { listen, listenAddresses } from '../../src/http/listen.js';

const ADDRESSES = ['127.0.0.1', '127.0.0.2'];

async function start(port = 0) {
  const app = Fastify({ forceCloseConnections: true });
  app.get('/', () => 'ok');
  onTestFinished(() => app.close());
  return { app, port: await listen(app, ADDRESSES, port) };
}

test('a server answers at all addresses of its host, on one port, and sees all connections', async () => {
  const { app, port } = await start();
  const seen: (string | undefined)[] = [];
  app.server.on('connection', (socket: Socket) => seen.push(socket.localAddress));
  for (const address of ADDRESSES) {
    expect(await (await fetch(`http://${address}:${port}/`)).text()).toBe('ok');
  }
  expect(seen).toEqual(ADDRESSES);
});

test('nothing answers any more when the server is closed', async () => {
  const { app, port } = await start();
  await app.close();
  for (const address of ADDRESSES) await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow();
});

test('where the first address is taken, nothing is listened on; where another one is, it is left out', async () => {
  for (const [index, address] of ADDRESSES.entries()) {
    const other = createServer();
    onTestFinished(() => void other.close());
    other.listen(0, address);
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    if (index === 0) await expect(start(port)).rejects.toThrow(/EADDRINUSE/);
    else expect((await start(port)).port).toBe(port);
  }
});

test('localhost is an address of each family that the machine has; others are what they are', async () => {
  expect(await listenAddresses('localhost')).toContain('127.0.0.1');
  expect(await listenAddresses('0.0.0.0')).toEqual(['0.0.0.0']);
});
