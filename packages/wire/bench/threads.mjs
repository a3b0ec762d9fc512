// Measures what several threads behind one port do and cost. Peers live in a process of their own.
//
//   forward    packets of 1,200 bytes that 1 thread and 2 threads forward when they do nothing else, to 50 DTLS-SRTP
//              sessions each. The peers stand still, so that all of the machine is the forwarders'.
//   hand-over  CPU time for each packet received and decrypted, when it comes to its owner's socket, and when it comes
//              to the socket of another thread, by turns.
//
// Usage: node bench/threads.mjs forward|hand-over [seconds]   (after npm run build)
import { fork } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { setImmediate, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { DtlsState, RX, RX_WORDS, RxKind, SLOT_SIZE, TX, TX_WORDS, TxKind, Wire } from '../dist/index.js';

const FILE = fileURLToPath(import.meta.url);
const ADDRESS = '127.0.0.1';
const SESSIONS = 50;
const PACKETS_PER_FRAME = 10;
const PACKET_SIZE = 1200;
/** Peers on each socket, and what each of them sends every 10 ms. */
const SENDERS = 8;
const SENDER_BATCH = 25;
const ROUNDS = 3;

const [mode, seconds = '5'] = process.argv.slice(2);
if (!isMainThread) runThread(workerData);
else if (mode === 'peers') runPeers();
else if (mode === 'forward') await measureForwarding(Number(seconds));
else if (mode === 'hand-over') await measureHandOver(Number(seconds));
else console.error('Say what to measure: forward or hand-over.');

/** A server's thread: opens sessions, counts what comes, forwards as fast as it can while told to. */
function runThread({ port, ufragPrefix }) {
  let connected = 0;
  let received = 0;
  let forwarding = false;
  let frame = 0;
  const ids = [];
  const wire = new Wire({
    port,
    ufragPrefix,
    addresses: [ADDRESS],
    onBatch: (count) => {
      for (let i = 0; i < count; i++) {
        const at = i * RX_WORDS;
        const kind = wire.received[at + RX.KIND];
        if (kind === RxKind.RTP) received++;
        else if (kind === RxKind.STATE && wire.received[at + RX.STATE] === DtlsState.CONNECTED) connected++;
      }
    },
  });
  wire.pool.fill(0x5a, 0, PACKETS_PER_FRAME * SLOT_SIZE);
  const forward = () => {
    forwardFrame(wire, ids, frame++);
    if (forwarding) setImmediate(forward);
  };
  setInterval(() => wire.tick(), 50);
  parentPort.on('message', (message) => {
    if (message.type === 'open') {
      for (const { port: peer, fingerprint } of message.peers) {
        const id = wire.openSession({ role: 'server', remoteFingerprint: fingerprint });
        wire.setPath(id, wire.pathTo(ADDRESS, peer));
        ids.push(id);
      }
    } else if (message.type === 'forward') {
      if (message.on && !forwarding) setImmediate(forward);
      forwarding = message.on;
    }
    parentPort.postMessage({
      port: wire.port,
      fingerprint: wire.fingerprintBytes,
      connected,
      received,
      counters: wire.counters(),
    });
  });
}

/** What the forwarding loop of a media server does: all packets of a frame to one session, then to the next. */
function forwardFrame(wire, ids, frame) {
  const out = wire.outgoing;
  let count = 0;
  for (const id of ids) {
    for (let packet = 0; packet < PACKETS_PER_FRAME; packet++) {
      const at = count++ * TX_WORDS;
      out[at + TX.KIND] = TxKind.RTP;
      out[at + TX.SESSION] = id;
      out[at + TX.SOURCE] = packet;
      out[at + TX.LENGTH] = 12 | ((PACKET_SIZE - 12) << 16);
      out[at + TX.SSRC] = 1;
      out[at + TX.SEQUENCE] = ((frame * PACKETS_PER_FRAME + packet) & 0xffff) | (96 << 16);
      out[at + TX.TIMESTAMP] = frame * 3600;
    }
  }
  wire.flush(count);
}

/** Peers, each with a socket of its own: they are opened, connected, and told who of them is to send. */
function runPeers() {
  const peers = [];
  let sending = [];
  let sequence = 0;
  setInterval(() => {
    for (const { wire } of peers) wire.tick();
  }, 50);
  setInterval(() => {
    for (const index of sending) sendBatch(peers[index], sequence);
    sequence += SENDER_BATCH;
  }, 10);
  process.on('message', (message) => {
    if (message.type === 'add') {
      const peer = { wire: undefined, session: 0, connected: false };
      peer.wire = new Wire({ port: 0, addresses: [ADDRESS], slots: 512, maxSessions: 1, onBatch: () => {} });
      peers.push(peer);
      sendRaw(peer.wire, message.port);
      process.send({ port: peer.wire.port, fingerprint: [...peer.wire.fingerprintBytes] });
    } else if (message.type === 'connect') {
      const { wire } = peers[message.index];
      const remoteFingerprint = Uint8Array.from(message.fingerprint);
      peers[message.index].session = wire.openSession({ role: 'client', remoteFingerprint });
      wire.setPath(peers[message.index].session, wire.pathTo(ADDRESS, message.port));
    } else {
      sending = message.indices;
    }
  });
}

/** One byte that is of no protocol: whose socket counts it is the one that the kernel gives this peer to. */
function sendRaw(wire, port) {
  wire.scratch.set(new Uint8Array(wire.pathTo(ADDRESS, port).buffer), 0);
  wire.scratch[64] = 0xff;
  wire.outgoing.set([TxKind.RAW, 0, 64, 1, 0, 0, 0, 0, 0, 0]);
  wire.flush(1);
}

function sendBatch({ wire, session }, sequence) {
  for (let packet = 0; packet < SENDER_BATCH; packet++) {
    const at = packet * TX_WORDS;
    const next = ((sequence + packet) & 0xffff) | (96 << 16);
    wire.outgoing.set(
      [TxKind.RTP, session, 0, 12 | ((PACKET_SIZE - 12) << 16), 1, next, sequence, 0, 0, 0],
      at,
    );
  }
  wire.flush(SENDER_BATCH);
}

async function measureForwarding(duration) {
  for (const count of [1, 2]) {
    const { threads, child } = await start(count);
    const [{ port }] = await report(threads);
    const owners = [];
    for (let i = 0; i < count * SESSIONS; i++) owners.push([await add(child, port), threads[i % count]]);
    await connect(child, threads, owners);
    child.kill('SIGSTOP');
    for (const thread of threads) thread.postMessage({ type: 'forward', on: true });
    await pause(1000);
    const { cpu, wall, before, after } = await during(threads, duration);
    const packets = sum(after, 'packetsSent') - sum(before, 'packetsSent');
    const perSecond = Math.round(packets / wall).toLocaleString('en');
    console.log(
      `${count} thread${count > 1 ? 's' : ' '}  ${perSecond} packets/s, ${(cpu / packets).toFixed(2)} µs CPU each, ${(cpu / wall / 1e6).toFixed(2)} cores used, ${sum(after, 'droppedSend') - sum(before, 'droppedSend')} dropped`,
    );
    await stop(threads, child);
  }
}

async function measureHandOver(duration) {
  const { threads, child } = await start(2);
  const [{ port }] = await report(threads);
  const [, owner] = threads;
  const atSocketOf = [[], []];
  const owners = [];
  while (atSocketOf.some((peers) => peers.length < SENDERS)) {
    const before = await report(threads);
    owners.push([await add(child, port), owner]);
    let socket = -1;
    while (socket < 0) {
      const now = await report(threads);
      socket = now.findIndex(
        ({ counters }, i) => counters.droppedMalformed > before[i].counters.droppedMalformed,
      );
    }
    atSocketOf[socket].push(owners.length - 1);
  }
  await connect(child, threads, owners);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [socket, name] of [
      [1, "owner's socket  "],
      [0, "another's socket"],
    ]) {
      child.send({ type: 'send', indices: atSocketOf[socket].slice(0, SENDERS) });
      await pause(500);
      const { cpu, before, after } = await during(threads, duration);
      const packets = after[1].received - before[1].received;
      const handed = sum(after, 'packetsHandedOver') - sum(before, 'packetsHandedOver');
      console.log(
        `${name}  ${Math.round(packets / duration)} packets/s, ${(cpu / packets).toFixed(2)} µs CPU each, ${handed} handed over, ${sum(after, 'droppedMailboxFull')} dropped`,
      );
    }
  }
  await stop(threads, child);
}

async function start(count) {
  const child = fork(FILE, ['peers']);
  const threads = [];
  let port = 0;
  for (let i = 0; i < count; i++) {
    threads.push(new Worker(FILE, { workerData: { port, ufragPrefix: 'AB'[i] } }));
    [{ port }] = await report(threads);
  }
  return { threads, child };
}

function report(threads, message = { type: 'report' }) {
  return Promise.all(
    threads.map((thread) => {
      thread.postMessage(message);
      return new Promise((resolve) => thread.once('message', resolve));
    }),
  );
}

async function add(child, port) {
  child.send({ type: 'add', port });
  const peer = await new Promise((resolve) => child.once('message', resolve));
  return { ...peer, fingerprint: Uint8Array.from(peer.fingerprint) };
}

async function connect(child, threads, owners) {
  const states = await report(threads);
  for (const [index, [peer, owner]] of owners.entries()) {
    await report([owner], { type: 'open', peers: [peer] });
    const { port, fingerprint } = states[threads.indexOf(owner)];
    child.send({ type: 'connect', index, port, fingerprint: [...fingerprint] });
  }
  for (let connected = 0; connected < owners.length;) {
    await pause(50);
    connected = (await report(threads)).reduce((total, state) => total + state.connected, 0);
  }
}

async function during(threads, duration) {
  const before = await report(threads);
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await pause(duration * 1000);
  const { user, system } = process.cpuUsage(cpuBefore);
  const wall = (performance.now() - startedAt) / 1000;
  return { cpu: user + system, wall, before, after: await report(threads) };
}

async function stop(threads, child) {
  child.kill('SIGKILL');
  await Promise.all(threads.map((thread) => thread.terminate()));
}

function sum(states, counter) {
  return states.reduce((total, { counters }) => total + counters[counter], 0);
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
