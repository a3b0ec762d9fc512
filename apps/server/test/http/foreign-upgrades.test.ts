import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { serveSignalling } from '../support.js';

const H2C =
  'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n';

/** A connection to a server with the gateway, whose plain requests `answer` answers. */
async function open(answer: RequestListener = echo): Promise<Socket> {
  const server = createServer(answer);
  serveSignalling(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const socket = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  return socket;
}

/** Answers with what was asked. */
const echo: RequestListener = (request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    const { connection = 'none', upgrade = 'none' } = request.headers;
    response.end(`<${request.method} ${request.url} ${body} connection ${connection} upgrade ${upgrade}>`);
  });
};

/** The bodies of the answers, as soon as there are `count`. */
async function answers(socket: Socket, count: number): Promise<string[]> {
  let text = '';
  for (;;) {
    const found = text.match(/<[^>]*>/g) ?? [];
    if (found.length >= count) return found;
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    text += chunk.toString();
  }
}

test.each(['h2c', 'foo', 'h2c, websocket', 'TLS/1.0'])(
  'a request that offers %s is answered as one that does not',
  async (upgrade) => {
    const socket = await open();
    socket.write(
      `GET /a?b HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: ${upgrade}\r\n\r\n`,
    );
    expect(await answers(socket, 1)).toEqual(['<GET /a?b  connection  upgrade none>']);
  },
);

test('its body comes with it, in whatever pieces, and its other connection options stay', async () => {
  const socket = await open();
  socket.write('POST /a HTTP/1.1\r\nHost: localhost\r\nConnection: close, Upgrade\r\nUpgrade: h2c\r\n');
  socket.write('Content-Length: 6\r\n\r\nab');
  await new Promise(setImmediate);
  socket.write('cdef');
  expect(await answers(socket, 1)).toEqual(['<POST /a abcdef connection close upgrade none>']);
  await once(socket, 'close');
});

test('requests that follow over the same connection, at once or later, are answered in order', async () => {
  const waiting: (() => void)[] = [];
  const socket = await open((request, response) => {
    if (request.url === '/slow') waiting.push(() => void response.end('</slow>'));
    else echo(request, response);
    if (request.url === '/late') waiting.shift()?.();
  });
  const plain = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
  const offer = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${H2C}\r\n`;
  socket.write(`${plain('/slow')}${plain('/late')}${offer('/1')}${offer('/2')}${plain('/3')}`);
  expect(
    (await answers(socket, 5)).map((text) => text.split(/[ >]/).find((part) => part.includes('/'))),
  ).toEqual(['</slow', '/late', '/1', '/2', '/3']);
  socket.write(offer('/4'));
  expect(await answers(socket, 1)).toEqual([expect.stringContaining('/4')]);
});

test('a connection that offers it with every request stays as light as one', async () => {
  let listeners = 0;
  const socket = await open((request, response) => {
    listeners = request.socket
      .eventNames()
      .reduce((sum, event) => sum + request.socket.listenerCount(event), 0);
    response.end('<ok>');
  });
  const counts: number[] = [];
  for (let count = 0; count < 12; count++) {
    socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\n${H2C}\r\n`);
    await answers(socket, 1);
    counts.push(listeners);
  }
  expect(counts.at(-1)).toBe(counts[1]);
});

test('a client that goes away while an earlier answer is still to come does no harm', async () => {
  let respond: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    void open((_request, response) => {
      respond = () => void response.end('<slow>');
      resolve();
    }).then((socket) => {
      socket.write(
        `GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\n${H2C}\r\n`,
      );
      void asked.then(() => socket.resetAndDestroy());
    });
  });
  await asked;
  await new Promise(setImmediate);
  respond();
});
