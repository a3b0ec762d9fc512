// Measures what forwarding costs: frames of 10 packets of 1,200 bytes to 100 DTLS-SRTP sessions, whose other ends live
// in a process of their own. Prints the CPU time of this process per forwarded packet.
//
// Usage: node bench/forward.mjs [seconds] [sessions] [gcm|cm]   (after npm run build)
import { fork } from 'node:child_process';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import {
  DtlsState,
  RX,
  RX_WORDS,
  RxKind,
  SLOT_SIZE,
  SRTP_AEAD_AES_128_GCM,
  SRTP_AES128_CM_SHA1_80,
  TX,
  TX_WORDS,
  TxKind,
  Wire,
} from '../dist/index.js';

const PACKETS_PER_FRAME = 10;
const PAYLOAD_SIZE = 1200 - 12;
const FRAMES_PER_SECOND = 25;
const WARM_UP_MS = 1000;

const isChild = process.argv[2] === 'subscribers';
const [seconds, sessions] = process.argv.slice(isChild ? 3 : 2, isChild ? 5 : 4).map(Number);
const profile = process.argv.at(-1) === 'cm' ? SRTP_AES128_CM_SHA1_80 : SRTP_AEAD_AES_128_GCM;

if (isChild) runSubscribers(sessions);
else runForwarder(seconds || 10, sessions || 100);

/** Opens one socket for each session, as subscribers have, and counts what arrives. */
function runSubscribers(count) {
  let received = 0;
  const wires = Array.from({ length: count }, () => openSubscriber((packets) => (received += packets)));
  process.send({
    ports: wires.map(({ wire }) => wire.port),
    fingerprints: wires.map(({ wire }) => wire.fingerprint),
  });
  process.on('message', (message) => {
    if (message === 'count') process.send({ received });
    else {
      for (const { connect } of wires) connect(message.port, Buffer.from(message.fingerprint, 'hex'));
    }
  });
}

function openSubscriber(onPackets) {
  const wire = new Wire({
    port: 0,
    addresses: ['127.0.0.1'],
    slots: 512,
    maxSessions: 1,
    srtpProfiles: [profile],
    onBatch: (count) => {
      let packets = 0;
      for (let i = 0; i < count; i++) if (wire.received[i * RX_WORDS + RX.KIND] === RxKind.RTP) packets++;
      onPackets(packets);
    },
  });
  setInterval(() => wire.tick(), 50);
  const connect = (port, remoteFingerprint) => {
    const session = wire.openSession({ role: 'client', remoteFingerprint });
    wire.setPath(session, wire.pathTo('127.0.0.1', port));
  };
  return { wire, connect };
}

async function runForwarder(duration, count) {
  const child = fork(fileURLToPath(import.meta.url), ['subscribers', duration, count, process.argv.at(-1)]);
  const answer = () => new Promise((resolve) => child.once('message', resolve));
  const { ports, fingerprints } = await answer();

  let connected = 0;
  let allConnected;
  const ready = new Promise((resolve) => (allConnected = resolve));
  const wire = new Wire({
    port: 0,
    addresses: ['127.0.0.1'],
    srtpProfiles: [profile],
    onBatch: (batch) => {
      for (let i = 0; i < batch; i++) {
        const at = i * RX_WORDS;
        const isConnected =
          wire.received[at + RX.KIND] === RxKind.STATE &&
          wire.received[at + RX.STATE] === DtlsState.CONNECTED;
        if (isConnected && ++connected === count) allConnected();
      }
    },
  });
  const ticking = setInterval(() => wire.tick(), 50);
  const memoryBefore = process.memoryUsage().rss;
  const ids = ports.map((port, i) => {
    const remoteFingerprint = Buffer.from(fingerprints[i].replaceAll(':', ''), 'hex');
    const session = wire.openSession({ role: 'server', remoteFingerprint });
    wire.setPath(session, wire.pathTo('127.0.0.1', port));
    return session;
  });
  child.send({ port: wire.port, fingerprint: Buffer.from(wire.fingerprintBytes).toString('hex') });
  await ready;
  clearInterval(ticking);
  const memoryPerSession = (process.memoryUsage().rss - memoryBefore) / count;

  wire.pool.fill(0x5a, 0, PACKETS_PER_FRAME * SLOT_SIZE);
  let frame = 0;
  const timer = setInterval(() => forwardFrame(wire, ids, frame++), 1000 / FRAMES_PER_SECOND);
  await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));

  const cpuBefore = process.cpuUsage();
  const before = wire.counters();
  await new Promise((resolve) => setTimeout(resolve, duration * 1000));
  const cpu = process.cpuUsage(cpuBefore);
  const after = wire.counters();
  clearInterval(timer);

  child.send('count');
  const { received } = await answer();
  const packets = after.packetsSent - before.packetsSent;
  const calls = after.sendCalls - before.sendCalls;
  console.log(`sessions                  ${count}`);
  console.log(
    `packets sent              ${packets} (${Math.round(packets / duration)}/s), dropped ${after.droppedSend}`,
  );
  console.log(`packets that arrived      ${((received / after.packetsSent) * 100).toFixed(1)} %`);
  console.log(`packets per send call     ${(packets / calls).toFixed(1)}`);
  console.log(`CPU per forwarded packet  ${((cpu.user + cpu.system) / packets).toFixed(2)} µs`);
  console.log(`  user                    ${(cpu.user / packets).toFixed(2)} µs`);
  console.log(`  system                  ${(cpu.system / packets).toFixed(2)} µs`);
  console.log(`memory per session        ${Math.round(memoryPerSession / 1024)} KiB`);
  child.kill();
  wire.close();
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
      out[at + TX.LENGTH] = 12 | (PAYLOAD_SIZE << 16);
      out[at + TX.SSRC] = 1;
      out[at + TX.SEQUENCE] = ((frame * PACKETS_PER_FRAME + packet) & 0xffff) | (96 << 16);
      out[at + TX.TIMESTAMP] = frame * 3600;
      if (count === wire.outgoingCapacity) {
        wire.flush(count);
        count = 0;
      }
    }
  }
  wire.flush(count);
}
