import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { RX, RX_WORDS, RxKind } from '@parley/wire';
import { expect, onTestFinished, test } from 'vitest';
import { IceClient } from '../../src/ice/index.js';
import { STUN_BINDING, StunAttribute, StunBuilder, StunClass } from '../../src/stun/index.js';
import { TransportServer } from '../../src/server/index.js';
import { WebRtcServer } from '../../src/web-rtc/web-rtc-server.js';
import { randomBytes } from '../random.js';

const OBSERVER = {
  onStateChange: () => undefined,
  onDataChannel: () => undefined,
  onMessage: () => undefined,
  onDataChannelClosed: () => undefined,
};

test('a path that another session took away comes back with the next check', async () => {
  const random = randomBytes(1);
  const { served, server } = serve(random);
  const owners: number[] = [];
  const setPath = served.wire.setPath.bind(served.wire);
  served.wire.setPath = (session, path) => {
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
});

test.each([
  ['RTP packets', RxKind.RTP, 'rtpFlood', 3_000],
  ['RTCP packets', RxKind.RTCP, 'rtcpFlood', 1_000],
  ['packets of data', RxKind.DATA, 'dataFlood', 5_000],
  ['connectivity checks', RxKind.STUN, 'stunFlood', 200],
] as const)('a peer that floods with %s is limited, and no other is', (_name, kind, counter, rate) => {
  const { served, server } = serve(randomBytes(1));
  const [flooding, other] = [server.createTransport(OBSERVER), server.createTransport(OBSERVER)];
  const rx = new Uint32Array(RX_WORDS);
  rx[RX.KIND] = kind;
  const send = (transport: typeof other, packets: number, now: number) => {
    const before = served.counted[counter];
    for (let packet = 0; packet < packets; packet++) transport.receive(rx, 0, 1, now);
    return served.counted[counter] - before;
  };
  expect(send(flooding, 2 * rate, 0)).toBe(0);
  expect(send(flooding, 10_000, 0)).toBe(10_000);
  expect(send(other, 2 * rate, 0)).toBe(0);
  expect(send(flooding, 2 * rate, 1_000)).toBe(rate);
});

test('RTP over a path that the peer has not nominated is refused, and counted', () => {
  const { served, transport, receiveCheck, receiveRtp, received } = transportWithReceiver();
  receiveCheck(false);
  receiveRtp();
  expect(received()).toBe(0);
  expect(served.counted.rtpBeforeNomination).toBe(1);
  receiveCheck(true);
  receiveRtp();
  expect(received()).toBe(1);
  expect(served.counted.rtpBeforeNomination).toBe(1);
  transport.close();
});

test('after an ICE restart the old credentials are answered until the first check with the new ones', () => {
  const { served, transport, receiveCheck } = transportWithReceiver();
  const old = { ufrag: transport.iceUfrag, password: transport.icePassword };
  receiveCheck(true);
  transport.restartIce();
  expect(transport.iceUfrag).not.toBe(old.ufrag);
  expect(receiveCheck(true, old)).toBe(true);
  expect(receiveCheck(true)).toBe(true);
  expect(receiveCheck(true, old)).toBe(false);
  expect(served.counted.stunUnknownUsername).toBe(0);
});

test('checks on their way while ICE restarts still reach the transport, those of the restart before do not', async () => {
  const { served, transport, random } = transportWithReceiver();
  const socket = createSocket('udp4');
  onTestFinished(() => {
    socket.close();
  });
  const credentials = () => ({ ufrag: transport.iceUfrag, password: transport.icePassword });
  const send = (remote: { ufrag: string; password: string }) => {
    const local = { ufrag: 'remote', password: 'a password of the client' };
    socket.send(new IceClient({ local, remote, random }).poll(0) ?? '', served.wire.port, '127.0.0.1');
  };
  const first = credentials();
  transport.restartIce();
  let answered = once(socket, 'message');
  send(first);
  await answered;
  expect(served.counted.stunUnknownUsername).toBe(0);

  transport.setRemote({
    iceUfrag: 'other',
    icePassword: 'a password of the client',
    fingerprint: random(32),
    role: 'server',
  });
  transport.restartIce();
  answered = once(socket, 'message');
  send(first);
  send(credentials());
  await answered;
  expect(served.counted.stunUnknownUsername).toBe(1);
});

function serve(random: (bytes: number) => Uint8Array) {
  const served = new TransportServer({
    port: 0,
    addresses: ['127.0.0.1'],
    now: () => 0,
    random,
    onError: (error) => {
      throw error;
    },
  });
  onTestFinished(() => {
    served.close();
  });
  return { served, server: new WebRtcServer(served, { candidates: [] }) };
}

/** A transport whose packets are put into the wire's memory by hand. */
function transportWithReceiver() {
  const random = randomBytes(1);
  const { served, server } = serve(random);
  const transport = server.createTransport(OBSERVER);
  transport.setRemote({
    iceUfrag: 'remote',
    icePassword: 'a password of the client',
    fingerprint: random(32),
    role: 'server',
  });
  let count = 0;
  const receiver = transport.createReceiver({
    mid: '0',
    kind: 'audio',
    codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000 }],
    extensions: {},
    ssrcs: [500],
    rtxPairs: [],
    rids: [],
  });
  receiver.addSink({
    onStream: () => undefined,
    onAudioLevel: () => undefined,
    onPackets: (_, __, first, last) => (count += last - first),
  });
  const path = served.wire.pathTo('127.0.0.1', server.port);
  let sequence = 0;
  let transaction = 0;
  const receiveRtp = () => {
    const rx = new Uint32Array(RX_WORDS);
    rx[RX.KIND] = RxKind.RTP;
    rx[RX.SSRC] = 500;
    rx[RX.SEQUENCE] = ++sequence | (111 << 16);
    transport.receive(rx, 0, 1, 0);
  };
  /** Returns whether the check was answered. */
  const receiveCheck = (
    nominate: boolean,
    { ufrag, password } = { ufrag: transport.iceUfrag, password: transport.icePassword },
  ): boolean => {
    const builder = new StunBuilder(StunClass.REQUEST, STUN_BINDING, new Uint8Array(12).fill(++transaction))
      .addString(StunAttribute.USERNAME, `${ufrag}:remote`)
      .add(StunAttribute.ICE_CONTROLLING, new Uint8Array(8));
    if (nominate) builder.add(StunAttribute.USE_CANDIDATE, new Uint8Array(0));
    const bytes = builder.finish(password);
    served.wire.pool.set(bytes);
    const rx = new Uint32Array(RX_WORDS);
    rx[RX.KIND] = RxKind.STUN;
    rx[RX.LENGTH] = bytes.length;
    rx.set(path, RX.PATH);
    const before = served.wire.counters().packetsSent;
    transport.receive(rx, 0, 1, 0);
    served.handleTimeout(0);
    return served.wire.counters().packetsSent > before;
  };
  return { served, transport, random, receiveRtp, receiveCheck, received: () => count };
}
