import { spawnSync } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { DtlsState, NO_SESSION, RxKind, TxKind } from '../src/index.js';
import { Peer, addonFile, rtp } from './peer.js';

/** Enough that none of them would come to the wrong socket only once in four billion times. */
const CLIENTS = 32;

const open: Peer[] = [];
const workers: Worker[] = [];
afterEach(async () => {
  for (const peer of open.splice(0)) peer.wire.close();
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
});

function peer(...[options]: ConstructorParameters<typeof Peer>): Peer {
  const made = new Peer(options);
  open.push(made);
  return made;
}

/** Two wires behind one port, on the event loop of the test. */
function sharers(): [a: Peer, b: Peer] {
  const a = peer({ ufragPrefix: 'A', maxSessions: 64 });
  return [a, peer({ ufragPrefix: 'B', maxSessions: 64, port: a.wire.port })];
}

/** An ICE check for whoever has this user name fragment, told from others by one byte. */
function check(ufrag: string, mark = 0): Uint8Array {
  const username = Buffer.from(`${ufrag}:peer`);
  const padded = Math.ceil(username.length / 4) * 4;
  const message = Buffer.alloc(24 + padded);
  message.writeUInt16BE(0x0001, 0);
  message.writeUInt16BE(4 + padded, 2);
  message.writeUInt32BE(0x2112_a442, 4);
  message[8] = mark;
  message.writeUInt16BE(0x0006, 20);
  message.writeUInt16BE(username.length, 22);
  username.copy(message, 24);
  return message;
}

function marks(at: Peer): number[] {
  return at.ofKind(RxKind.STUN).map(({ bytes }) => bytes[8] ?? -1);
}

/** A session between a client and `server`, connected. */
async function connect(server: Peer, client = peer()): Promise<{ client: Peer; ids: [number, number] }> {
  const serverSession = server.wire.openSession({
    role: 'server',
    remoteFingerprint: client.wire.fingerprintBytes,
  });
  server.wire.setPath(serverSession, server.wire.pathTo('127.0.0.1', client.wire.port));
  const session = client.wire.openSession({
    role: 'client',
    remoteFingerprint: server.wire.fingerprintBytes,
  });
  client.wire.setPath(session, client.wire.pathTo('127.0.0.1', server.wire.port));
  const ticking = setInterval(() => client.wire.handleTimeout(), 20);
  await client.until(() => client.states(session).includes(DtlsState.CONNECTED));
  await server.until(() => server.states(serverSession).includes(DtlsState.CONNECTED));
  clearInterval(ticking);
  return { client, ids: [session, serverSession] };
}

function handedOver(...peers: Peer[]): number {
  return peers.reduce((sum, { wire }) => sum + wire.counters().packetsHandedOver, 0);
}

describe('wires that share a port', () => {
  it('get the ICE checks that name them, whichever socket they came to', async () => {
    const [a, b] = sharers();
    for (let i = 0; i < CLIENTS; i++) {
      const client = peer();
      const path = client.wire.pathTo('127.0.0.1', a.wire.port);
      client.sendRaw(path, check('Aufrag', i));
      client.sendRaw(path, check('Bufrag', i));
    }
    await a.until(() => a.received.length === CLIENTS);
    await b.until(() => b.received.length === CLIENTS);
    const all = Array.from({ length: CLIENTS }, (_, i) => i);
    expect(marks(a).sort((x, y) => x - y)).toEqual(all);
    expect(marks(b).sort((x, y) => x - y)).toEqual(all);
    // One of each client's two came to the wrong one.
    expect(handedOver(a, b)).toBe(CLIENTS);
    expect([...a.received, ...b.received].every(({ session }) => session === NO_SESSION)).toBe(true);
  });

  it('shake hands and get media from peers that the kernel gives to the other', async () => {
    const [a, b] = sharers();
    const sessions = await Promise.all(
      Array.from({ length: CLIENTS }, (_, i) => connect(i % 2 === 0 ? a : b)),
    );
    const before = handedOver(a, b);
    sessions.forEach(({ client, ids: [session] }, i) => {
      client.send(TxKind.RTP_SCRATCH, session, rtp(i, Uint8Array.of(i)));
    });
    for (const server of [a, b]) await server.until(() => server.ofKind(RxKind.RTP).length === CLIENTS / 2);
    expect(a.ofKind(RxKind.RTP).every(({ payload }) => payload[0]! % 2 === 0)).toBe(true);
    expect(b.ofKind(RxKind.RTP).every(({ payload }) => payload[0]! % 2 === 1)).toBe(true);
    expect(handedOver(a, b)).toBeGreaterThan(before);
  });

  it('both send from the port', async () => {
    const [a, b] = sharers();
    for (const server of [a, b]) {
      const { client, ids } = await connect(server);
      server.send(TxKind.RTP_SCRATCH, ids[1], rtp(1, Uint8Array.of(1)));
      await client.until(() => client.ofKind(RxKind.RTP).length === 1);
      expect(client.ofKind(RxKind.RTP)[0]!.path[1]).toBe(a.wire.port);
    }
  });

  it('drop, and count once, what is from nobody they know, and check names that are of neither', async () => {
    const [a, b] = sharers();
    const client = peer();
    const path = client.wire.pathTo('127.0.0.1', a.wire.port);
    const dropped = (): number =>
      a.wire.counters().droppedUnknownAddress + b.wire.counters().droppedUnknownAddress;
    client.sendRaw(path, rtp(1, Uint8Array.of(1)));
    client.sendRaw(path, check('Zufrag'));
    const first = Promise.race([a, b].map((one) => one.until(() => one.received.length > 0)));
    await first;
    expect(dropped()).toBe(1);
    expect(handedOver(a, b)).toBe(0);
    expect(a.received.length + b.received.length).toBe(1);
  });

  it('lose a peer to the one that claims it last', async () => {
    const [a, b] = sharers();
    const client = peer();
    const atA = await connect(a, client);
    const atB = await connect(b, client);
    client.send(TxKind.RTP_SCRATCH, atB.ids[0], rtp(1, Uint8Array.of(1)));
    await b.until(() => b.ofKind(RxKind.RTP).length === 1);
    expect(a.ofKind(RxKind.RTP)).toEqual([]);
    // What a does not have any more it cannot send to.
    const before = a.wire.counters().droppedInvalidDescriptor;
    a.send(TxKind.RTP_SCRATCH, atA.ids[1], rtp(1, Uint8Array.of(1)));
    expect(a.wire.counters().droppedInvalidDescriptor).toBe(before + 1);
    // And it may have it back.
    a.wire.setPath(atA.ids[1], a.wire.pathTo('127.0.0.1', client.wire.port));
    client.wire.setPath(atA.ids[0], client.wire.pathTo('127.0.0.1', a.wire.port));
    // The other one hears of it in the next turns of its event loop.
    for (let i = 2; a.ofKind(RxKind.RTP).length === 0; i++) {
      client.send(TxKind.RTP_SCRATCH, atA.ids[0], rtp(i, Uint8Array.of(2)));
      await new Promise(setImmediate);
    }
  });

  it('cannot have the same prefix', () => {
    const [a] = sharers();
    expect(() => peer({ ufragPrefix: 'B', port: a.wire.port })).toThrow('ufragPrefix');
    peer({ ufragPrefix: 'C', port: a.wire.port });
  });

  it('go on when one of them closes, and take in another one', async () => {
    const [a, b] = sharers();
    const sessions = await Promise.all(Array.from({ length: CLIENTS }, () => connect(a)));
    await connect(b);
    b.wire.close();
    sessions.forEach(({ client, ids: [session] }, i) => {
      client.send(TxKind.RTP_SCRATCH, session, rtp(i, Uint8Array.of(i)));
    });
    await a.until(() => a.ofKind(RxKind.RTP).length === CLIENTS);
    await connect(peer({ ufragPrefix: 'B', port: a.wire.port }));
  });

  it('keep other processes of the same user from the port, and are kept out by them', () => {
    const attempt = (port: number): string => {
      const script = `
        const { NativeWire } = require(${JSON.stringify(addonFile())});
        new NativeWire(${port}, ['127.0.0.1'], 4, 4, Uint16Array.of(7), () => undefined, 65).close();
      `;
      return spawnSync(process.execPath, ['-e', script]).stderr.toString();
    };
    const [a, b] = sharers();
    const { port } = a.wire;
    expect(attempt(port)).toContain(`cannot bind UDP 127.0.0.1 port ${port}: Address already in use`);
    // Those that joined keep it as well as the one that came first.
    a.wire.close();
    expect(attempt(port)).toContain('Address already in use');
    b.wire.close();
    expect(attempt(port)).toBe('');
    const alone = peer();
    expect(() => peer({ ufragPrefix: 'A', port: alone.wire.port })).toThrow('Address already in use');
  });
});

describe('wires that share a port on threads of their own', () => {
  /** Opens a wire, and says what each batch brings it: ICE checks, and what its wire counts. */
  const CODE = `
    const { parentPort, workerData } = require('node:worker_threads');
    const { NativeWire } = require(${JSON.stringify(addonFile())});
    const { port, prefix, gate } = workerData;
    let checks = 0;
    let stuck = false;
    const wire = new NativeWire(port, ['127.0.0.1'], 8192, 64, Uint16Array.of(7), (count) => {
      for (let i = 0; i < count; i++) if (wire.received[i * 20] === ${RxKind.STUN}) checks++;
      parentPort.postMessage({ checks, counters: wire.counters() });
      while (stuck);
    }, prefix.charCodeAt(0));
    parentPort.on('message', (message) => {
      if (message === 'throw') throw new Error('on purpose');
      if (message === 'stick') parentPort.postMessage({ stuck: (stuck = true) });
      if (message === 'report') parentPort.postMessage({ checks, counters: wire.counters() });
      if (message !== 'sleep') return;
      parentPort.postMessage({ asleep: true });
      Atomics.wait(gate, 0, 0);
    });
    parentPort.postMessage({ port: wire.port });
  `;

  class Thread {
    readonly worker: Worker;
    /** While it is 0, it sleeps. */
    readonly gate = new Int32Array(new SharedArrayBuffer(4));
    port = 0;
    checks = 0;
    asleep = false;
    stuck = false;
    counters = { packetsHandedOver: 0, droppedMailboxFull: 0, droppedMalformed: 0 };
    #changed: () => void = () => undefined;

    private constructor(port: number, prefix: string) {
      this.worker = new Worker(CODE, { eval: true, workerData: { port, prefix, gate: this.gate } });
      workers.push(this.worker);
      this.worker.on('message', (said: Partial<Thread>) => {
        Object.assign(this, said);
        this.#changed();
      });
      this.worker.on('error', () => undefined);
    }

    static async start(port: number, prefix: string): Promise<Thread> {
      const thread = new Thread(port, prefix);
      await thread.until(() => thread.port > 0);
      return thread;
    }

    /** Resolves as soon as what it said makes the condition true. */
    until(condition: () => boolean): Promise<void> {
      return new Promise((resolve) => {
        this.#changed = () => {
          if (condition()) resolve();
        };
        this.#changed();
      });
    }

    async sleep(): Promise<void> {
      this.worker.postMessage('sleep');
      await this.until(() => this.asleep);
    }

    wake(): void {
      Atomics.store(this.gate, 0, 1);
      Atomics.notify(this.gate, 0);
    }
  }

  /** A client whose datagrams the kernel gives to this thread. */
  async function clientOf(thread: Thread, others: Thread[]): Promise<Peer> {
    for (;;) {
      const client = peer();
      const before = thread.counters.droppedMalformed;
      client.sendRaw(client.wire.pathTo('127.0.0.1', thread.port), Uint8Array.of(255));
      const total = (): number =>
        [thread, ...others].reduce((sum, { counters }) => sum + counters.droppedMalformed, 0);
      const sum = total();
      while (total() === sum) {
        for (const one of [thread, ...others]) one.worker.postMessage('report');
        await new Promise(setImmediate);
      }
      if (thread.counters.droppedMalformed > before) return client;
    }
  }

  it('hand over across threads; what a busy one cannot take is dropped and counted', async () => {
    const a = await Thread.start(0, 'A');
    const b = await Thread.start(a.port, 'B');
    const client = await clientOf(a, [b]);
    const path = client.wire.pathTo('127.0.0.1', a.port);
    client.sendRaw(path, check('Bufrag'));
    await b.until(() => b.checks === 1);
    expect(a.checks).toBe(0);

    await b.sleep();
    let handed = 0;
    while (a.counters.droppedMailboxFull === 0) {
      for (let i = 0; i < 100; i++) client.sendRaw(path, check('Bufrag'));
      client.sendRaw(path, check('Aufrag'));
      const { checks } = a;
      await a.until(() => a.checks > checks);
      handed = a.counters.packetsHandedOver;
    }
    b.wake();
    await b.until(() => b.checks === handed);

    client.sendRaw(path, check('Bufrag'));
    await b.until(() => b.checks === handed + 1);
  });

  it.each(['throw', 'terminate', 'stick'])('go on when one of them dies (%s)', async (way) => {
    const a = await Thread.start(0, 'A');
    const b = await Thread.start(a.port, 'B');
    const client = await clientOf(b, [a]);
    const path = client.wire.pathTo('127.0.0.1', a.port);
    client.sendRaw(path, check('Aufrag'));
    await a.until(() => a.checks === 1);
    expect(a.counters.packetsHandedOver).toBe(0);

    const gone = new Promise((resolve) => b.worker.on('exit', resolve));
    if (way !== 'terminate') b.worker.postMessage(way);
    if (way === 'stick') {
      await b.until(() => b.stuck);
      client.sendRaw(path, check('Bufrag'));
      await b.until(() => b.checks === 1);
    }
    if (way !== 'throw') void b.worker.terminate();
    await gone;
    client.sendRaw(path, check('Aufrag'));
    await a.until(() => a.checks === 2);
    // Nobody has this name now: it is the business of whoever got it.
    client.sendRaw(path, check('Bufrag'));
    await a.until(() => a.checks === 3);

    const again = await Thread.start(a.port, 'B');
    client.sendRaw(path, check('Bufrag'));
    await again.until(() => again.checks === 1);
  });
});
