import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkMediaPort } from '../../src/doctor/media-port.js';
import type { MediaProbe } from '../../src/doctor/media-probe.js';
import { testConfig } from '../support.js';

/** What is found of each protocol, and whether its port was kept for further checks. */
async function check(environment: Record<string, string>) {
  const probes: MediaProbe[] = [];
  onTestFinished(() => {
    for (const probe of probes) probe.close();
  });
  const config = testConfig({
    PARLEY_MEDIA_BIND: '127.0.0.1',
    PARLEY_MEDIA_TCP: 'on',
    PARLEY_HTTP_PORT: '1',
    ...environment,
  });
  const findings = await checkMediaPort(config, probes);
  return {
    sentences: findings.map(({ status, text }) => `${status} ${text}`),
    protocols: probes.map(({ protocol }) => protocol),
  };
}

/** A port that another program has over UDP. */
async function takenUdpPort(): Promise<string> {
  const socket = createSocket('udp4');
  onTestFinished(() => {
    socket.close();
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return String(socket.address().port);
}

async function takenTcpPort(): Promise<string> {
  const server = createTcpServer();
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return String(typeof address === 'object' ? address?.port : 0);
}

/** A port that nobody has over UDP, nor over TCP, which a free one over UDP may be taken over. */
async function freePort(): Promise<string> {
  for (;;) {
    const udp = createSocket('udp4').bind(0, '127.0.0.1');
    await once(udp, 'listening');
    const { port } = udp.address();
    const tcp = createTcpServer().listen(port, '127.0.0.1');
    const isFree = await once(tcp, 'listening').then(
      () => true,
      () => false,
    );
    tcp.close();
    udp.close();
    if (isFree) return String(port);
  }
}

describe('checkMediaPort', () => {
  test('keeps the port of both protocols, which have the same number', async () => {
    const port = await freePort();
    expect(await check({ PARLEY_MEDIA_PORT: port })).toEqual({
      sentences: [
        `ok UDP port ${port} on 127.0.0.1 can be used and reached on this machine`,
        `ok TCP port ${port} on 127.0.0.1 can be used and reached on this machine`,
      ],
      protocols: ['UDP', 'TCP'],
    });
  });

  test('leaves TCP out where media does not use it', async () => {
    const { protocols } = await check({ PARLEY_MEDIA_PORT: '0', PARLEY_MEDIA_TCP: 'off' });
    expect(protocols).toEqual(['UDP']);
  });

  test('tells of a port that another program has', async () => {
    const udp = await takenUdpPort();
    expect((await check({ PARLEY_MEDIA_PORT: udp })).sentences[0]).toBe(
      `change UDP port ${udp} on 127.0.0.1 is in use: stop the other program or set media.port (PARLEY_MEDIA_PORT) to another`,
    );
    const tcp = await takenTcpPort();
    expect((await check({ PARLEY_MEDIA_PORT: tcp })).sentences[1]).toBe(
      `change TCP port ${tcp} on 127.0.0.1 is in use: stop the other program or set media.port (PARLEY_MEDIA_PORT) to another, or media.tcp (PARLEY_MEDIA_TCP) to off`,
    );
  });

  test('takes a port in use for well when it is that of a running Parley', async () => {
    const http = createServer((_request, response) => response.end('{"name":"parley"}'));
    onTestFinished(() => void http.close());
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const address = http.address();
    const udp = await takenUdpPort();
    const { sentences, protocols } = await check({
      PARLEY_MEDIA_PORT: udp,
      PARLEY_MEDIA_TCP: 'off',
      PARLEY_HTTP_HOST: '127.0.0.1',
      PARLEY_HTTP_PORT: String(typeof address === 'object' ? address?.port : 0),
    });
    expect(sentences).toEqual([`ok UDP port ${udp} on 127.0.0.1 is in use, and Parley is running here`]);
    expect(protocols).toEqual([]);
  });

  test("tells of an address to listen on that is not this machine's", async () => {
    expect((await check({ PARLEY_MEDIA_BIND: '192.0.2.77', PARLEY_MEDIA_TCP: 'off' })).sentences).toEqual([
      'change 192.0.2.77 is no address of this machine: change media.bind (PARLEY_MEDIA_BIND)',
    ]);
  });
});
