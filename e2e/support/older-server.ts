import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import type { ParleyServer } from './server.js';

/** What is served before Parley, as servers do that have `/rtc` only. */
const MISSING = /^\/+rtc\/v1(?=[/?]|$)/;

/** A way to the server on which `/rtc/v1` is not there: clients fall back to `/rtc`. */
export function useOlderServer(
  server: () => ParleyServer,
): () => Pick<ParleyServer, 'token' | 'webSocketUrl'> {
  const refused: string[] = [];
  const proxy: Server = createServer((request, response) => {
    const { url = '' } = request;
    if (MISSING.test(url)) response.writeHead(404).end('404 page not found');
    else
      void fetch(`${server().url}${url}`).then(async (answer) => {
        response.writeHead(answer.status).end(await answer.text());
      });
  });
  proxy.on('upgrade', ({ url = '', rawHeaders }, client, head) => {
    client.on('error', () => client.destroy());
    if (MISSING.test(url)) {
      refused.push(url);
      client.end(
        'HTTP/1.1 404 Not Found\r\nContent-Length: 18\r\nConnection: close\r\n\r\n404 page not found',
      );
      return;
    }
    const upstream = connect(server().httpPort, '127.0.0.1');
    const headers = rawHeaders.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join('');
    upstream.write(`GET ${url} HTTP/1.1\r\n${headers}\r\n`);
    upstream.write(head);
    upstream.on('error', () => client.destroy());
    upstream.pipe(client).pipe(upstream);
  });

  beforeAll(async () => {
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
  });
  afterAll(() => {
    proxy.closeAllConnections();
    proxy.close();
    if (refused.length === 0) throw new Error('No client has tried /rtc/v1: the test tells nothing.');
  });

  return () => ({
    token: (options) => server().token(options),
    webSocketUrl: `ws://localhost:${(proxy.address() as AddressInfo).port}`,
  });
}
