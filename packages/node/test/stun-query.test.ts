import { createSocket } from 'node:dgram';
import type { RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { STUN_BINDING, StunAttribute, StunBuilder, StunClass, StunMessage } from '@parley/transport/stun';
import { queryStun } from '../src/stun-query.js';

const TIMEOUT = 20;
const lookup = () =>
  Promise.resolve([
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ]);
const external = (port: number) => ({ family: 4 as const, bytes: Uint8Array.of(203, 0, 113, 7), port });

/** A STUN server that answers each question with what `answers` gives, one after the other. */
async function stunServer(
  ...answers: ((request: StunMessage, from: RemoteInfo) => Uint8Array | undefined)[]
): Promise<string> {
  const socket = createSocket('udp4');
  onTestFinished(() => {
    socket.close();
  });
  socket.on('message', (message, from) => {
    const request = StunMessage.parse(message);
    const answer = request && answers.shift()?.(request, from);
    if (answer) socket.send(answer, from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return `stun:localhost:${socket.address().port}`;
}

function success({ transactionId }: StunMessage, { port }: RemoteInfo): Uint8Array {
  return new StunBuilder(StunClass.SUCCESS, STUN_BINDING, transactionId)
    .addXorMappedAddress(external(port))
    .finish();
}

describe('queryStun', () => {
  test('tells the address that the server sees', async () => {
    expect(await queryStun(await stunServer(success), '127.0.0.1', lookup)).toBe('203.0.113.7');
  });

  test('asks again when a datagram is lost', async () => {
    const url = await stunServer(() => undefined, success);
    expect(await queryStun(url, '127.0.0.1', lookup, TIMEOUT)).toBe('203.0.113.7');
  });

  test('does not believe an answer to another question, an error, or one that is malformed', async () => {
    const url = await stunServer(
      (_request, { port }) =>
        new StunBuilder(StunClass.SUCCESS, STUN_BINDING, new Uint8Array(12))
          .addXorMappedAddress(external(port))
          .finish(),
      ({ transactionId }) =>
        new StunBuilder(StunClass.ERROR, STUN_BINDING, transactionId).addErrorCode(500, '').finish(),
      ({ transactionId }) =>
        new StunBuilder(StunClass.SUCCESS, STUN_BINDING, transactionId)
          .add(StunAttribute.XOR_MAPPED_ADDRESS, Uint8Array.of(0, 1, 2))
          .finish(),
    );
    await expect(queryStun(url, '127.0.0.1', lookup, TIMEOUT)).rejects.toThrow(`${url} does not answer`);
  });

  test('says when nobody answers, when a name has no IPv4 address, and when the local address is not there', async () => {
    await expect(queryStun(await stunServer(), '127.0.0.1', lookup, TIMEOUT)).rejects.toThrow(
      'does not answer',
    );
    const ipv6Only = () => Promise.resolve([{ address: '::1', family: 6 }]);
    await expect(queryStun('stun:a', '127.0.0.1', ipv6Only)).rejects.toThrow('a has no IPv4 address');
    await expect(queryStun('stun:a', '192.0.2.77', lookup)).rejects.toThrow('EADDRNOTAVAIL');
  });
});
