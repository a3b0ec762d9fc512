// Measures what a packet of 1,200 bytes costs on its way through the relay of media over TCP. Clients and media live in
// processes of their own. Prints the CPU time of this process per packet, and its memory.
//
// Usage: node packages/node/bench/tcp-relay.mjs [connections] [packets a second to each] [and from each]
// (after npm run build)
import { fork } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { FrameWriter, STUN_BINDING, StunAttribute, StunBuilder, StunClass } from '@parley/transport';
import { TcpRelay } from '../dist/tcp/tcp-relay.js';

const HOST = '127.0.0.1';
const SECONDS = 6;
const WARM_UP_MS = 2_000;
/** Packets that fall due in this time are sent together. */
const ROUND_MS = 10;
const CHECK_INTERVAL_MS = 2_500;
const PACKET = Buffer.alloc(1200, 0x80);

const [role, ...rest] = process.argv.slice(2);
if (role === 'media') runMedia(...rest.map(Number));
else if (role === 'clients') runClients(...rest.map(Number));
else await runRelay(...[role ?? 20, rest[0] ?? 500, rest[1] ?? 0].map(Number));

async function runRelay(connections, down, up) {
  const media = fork(fileURLToPath(import.meta.url), ['media', down]);
  const mediaPort = await new Promise((resolve) => media.once('message', resolve));
  const relay = new TcpRelay({
    port: 0,
    mediaPort,
    addresses: [HOST],
    maxConnections: connections,
    maxConnectionsPerAddress: connections,
    now: () => performance.now(),
  });
  await relay.listen();
  setInterval(() => relay.handleTimers(), 100);
  const clients = fork(fileURLToPath(import.meta.url), ['clients', relay.port, connections, up]);
  await sleep(WARM_UP_MS);

  const [before, cpu] = [relay.counters(), process.cpuUsage()];
  await sleep(SECONDS * 1000);
  const [after, { user, system }] = [relay.counters(), process.cpuUsage(cpu)];
  const sent = after.packetsSent - before.packetsSent;
  const received = after.packetsReceived - before.packetsReceived;
  console.log({
    connections: after.connections,
    packetsToClients: sent,
    packetsFromClients: received,
    dropped: after.droppedSlowReader - before.droppedSlowReader,
    microsecondsPerPacket: Number(((user + system) / (sent + received)).toFixed(2)),
    cpuPercent: Number(((user + system) / SECONDS / 1e4).toFixed(1)),
    residentMegabytes: Math.round(process.memoryUsage().rss / 1e6),
  });
  for (const child of [media, clients]) child.kill();
  process.exit();
}

/** Answers checks as media does, and sends to everybody who sent one. */
function runMedia(packetsPerSecond) {
  const answer = new StunBuilder(StunClass.SUCCESS, STUN_BINDING, new Uint8Array(12)).finish('password');
  const socket = createSocket('udp4');
  const peers = new Set();
  socket.on('message', (packet, { port }) => {
    if (packet[0] !== 0) return;
    peers.add(port);
    socket.send(answer, port, HOST);
  });
  socket.bind(0, HOST, () => process.send(socket.address().port));
  every(packetsPerSecond, (count) => {
    for (const port of peers) for (let i = 0; i < count; i++) socket.send(PACKET, port, HOST);
  });
}

function runClients(port, connections, packetsPerSecond) {
  const check = new StunBuilder(StunClass.REQUEST, STUN_BINDING, new Uint8Array(12))
    .addString(StunAttribute.USERNAME, 'server:client')
    .finish('password');
  const [checkFrame, packetFrame] = [frame(check), frame(PACKET)];
  const sockets = Array.from({ length: connections }, () => connect(port, HOST).setNoDelay(true).resume());
  const sendChecks = () => sockets.forEach((socket) => socket.write(checkFrame));
  sendChecks();
  setInterval(sendChecks, CHECK_INTERVAL_MS);
  every(packetsPerSecond, (count) => {
    for (const socket of sockets) for (let i = 0; i < count; i++) socket.write(packetFrame);
  });
}

/** Calls back with how many packets are due. */
function every(packetsPerSecond, send) {
  if (packetsPerSecond === 0) return;
  const perRound = (packetsPerSecond * ROUND_MS) / 1000;
  const round = Math.max(ROUND_MS, 1000 / packetsPerSecond);
  setInterval(() => send(Math.max(1, Math.round(perRound))), round);
}

function frame(packet) {
  const writer = new FrameWriter();
  writer.add(packet);
  return writer.take();
}

function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
