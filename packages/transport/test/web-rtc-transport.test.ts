import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { RX, RX_WORDS, RxKind } from '@parley/wire';
import { expect, onTestFinished, test } from 'vitest';
import { IceClient } from '../src/ice/index.js';
import { WebRtcServer } from '../src/web-rtc-server.js';
import { randomBytes } from './random.js';

const OBSERVER = {
  onStateChange: () => undefined,
  onDataChannel: () => undefined,
  onMessage: () => undefined,
  onDataChannelClosed: () => undefined,
};

test('a path that another session took away comes back with the next check', async () => {
  const random = randomBytes(1);
  const server = new WebRtcServer({
    port: 0,
    addresses: ['127.0.0.1'],
    candidates: [{ ip: '127.0.0.1' }],
    now: () => 0,
    wall: () => 0,
    random,
    onError: (error) => {
      throw error;
    },
  });
  const owners: number[] = [];
  const setPath = server.wire.setPath.bind(server.wire);
  server.wire.setPath = (session, path) => {
    if (owners.at(-1) !== session) owners.push(session);
    setPath(session, path);
  };
  const socket = createSocket('udp4');
  const peers = ['alice', 'bob'].map((ufrag) => {
    const transport = server.createTransport(OBSERVER);
    const local = { ufrag, password: 'a password of the client' };
    transport.setRemote({
      iceUfrag: ufrag,
      icePassword: local.password,
      fingerprint: random(32),
      role: 'server',
    });
    const remote = { ufrag: transport.iceUfrag, password: transport.icePassword };
    return new IceClient({ local, remote, random });
  });
  const check = async (client: IceClient | undefined, now: number) => {
    const answered = once(socket, 'message');
    socket.send(client?.poll(now) ?? '', server.port, '127.0.0.1');
    await answered;
  };
  const [alice, bob] = peers;
  await check(alice, 0);
  await check(bob, 0);
  await check(alice, 5000);
  await check(alice, 10_000);
  expect(owners).toHaveLength(3);
  expect(owners[0]).toBe(owners[2]);
  expect(owners[1]).not.toBe(owners[0]);
  socket.close();
  server.close();
});

test.each([
  ['RTP packets', RxKind.RTP, 'rtpFlood', 3_000],
  ['RTCP packets', RxKind.RTCP, 'rtcpFlood', 1_000],
  ['packets of data', RxKind.DATA, 'dataFlood', 5_000],
  ['connectivity checks', RxKind.STUN, 'stunFlood', 200],
] as const)('a peer that floods with %s is limited, and no other is', (_name, kind, counter, rate) => {
  const server = new WebRtcServer({
    port: 0,
    addresses: ['127.0.0.1'],
    candidates: [],
    now: () => 0,
    wall: () => 0,
    random: randomBytes(1),
    onError: (error) => {
      throw error;
    },
  });
  onTestFinished(() => {
    server.close();
  });
  const [flooding, other] = [server.createTransport(OBSERVER), server.createTransport(OBSERVER)];
  const rx = new Uint32Array(RX_WORDS);
  rx[RX.KIND] = kind;
  const send = (transport: typeof other, packets: number, now: number) => {
    const before = server.counted[counter];
    for (let packet = 0; packet < packets; packet++) transport.receive(rx, 0, 1, now);
    return server.counted[counter] - before;
  };
  expect(send(flooding, 2 * rate, 0)).toBe(0);
  expect(send(flooding, 10_000, 0)).toBe(10_000);
  expect(send(other, 2 * rate, 0)).toBe(0);
  expect(send(flooding, 2 * rate, 1_000)).toBe(rate);
});
