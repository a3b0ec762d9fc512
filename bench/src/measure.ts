import { setTimeout as pause } from 'node:timers/promises';
import { cpuBetween, cpuMicroseconds, proportionalMemory } from './accounting.js';
import { Load } from './load.js';
import type { Server } from './server.js';

export interface MeasureOptions {
  subscribers: number;
  seconds: number;
  joins: number;
}

export interface Measurement {
  subscribers: number;
  seconds: number;
  /** Sent by the publisher in a second, and bytes of each before encryption. */
  packetsPerSecond: number;
  packetSize: number;
  /** Received by all subscribers in that time, and missing by their sequence numbers. */
  packetsForwarded: number;
  packetsLost: number;
  /** CPU of the whole server process for each packet forwarded, and of its busiest thread alone. */
  cpuMicrosecondsPerPacket: number;
  cpuMicrosecondsPerPacketBusiestThread: number;
  /** CPU of the server process, in percent of one core. */
  cpuPercent: number;
  /** Memory of the server with the publisher there, and what each subscriber adds. */
  memoryMegabytes: number;
  memoryMegabytesPerSubscriber: number;
  joins: number;
  millisecondsToMediaP50: number;
  millisecondsToMediaP95: number;
}

const PACKET_SIZE = 1_200;
const PACKETS_PER_FRAME = 10;
const FRAMES_PER_SECOND = 25;
const JOIN_CONCURRENCY = 5;
const SETTLE_MS = 5_000;
/** Publishers are asked for a key frame every half second at most, which is not what is measured. */
const BETWEEN_JOINS_MS = 700;
const MEGABYTE = 1_024 * 1_024;
const ROOM = 'bench';

/**
 * Runs the load against the server: one publisher, subscribers who come and go one by one, then many who stay. By the
 * time the many come, the server has compiled its code and grown its heaps: what they add to its memory is theirs.
 */
export async function measure(
  server: Server,
  { subscribers, seconds, joins }: MeasureOptions,
  progress: (text: string) => void,
): Promise<Measurement> {
  const [publishing, subscribing] = [new Load(), new Load()];
  try {
    progress('publishing');
    await publishing.run('publish', {
      url: server.url,
      token: await server.token(ROOM, 'publisher'),
      packetSize: PACKET_SIZE,
      packetsPerFrame: PACKETS_PER_FRAME,
      framesPerSecond: FRAMES_PER_SECOND,
    });

    progress(`${joins} joins, one by one`);
    const times = await measureJoins(server, subscribing, joins);
    await pause(SETTLE_MS);
    const memoryBefore = proportionalMemory(server.pid);

    progress(`${subscribers} subscribers join`);
    await subscribe(server, subscribing, subscribers, JOIN_CONCURRENCY);
    await pause(SETTLE_MS);

    progress(`measuring for ${seconds} seconds`);
    const forwarding = await measureForwarding(server, subscribing, seconds);
    const memoryAfter = proportionalMemory(server.pid);

    return {
      subscribers,
      seconds,
      packetsPerSecond: PACKETS_PER_FRAME * FRAMES_PER_SECOND,
      packetSize: PACKET_SIZE,
      ...forwarding,
      memoryMegabytes: memoryBefore / MEGABYTE,
      memoryMegabytesPerSubscriber: (memoryAfter - memoryBefore) / subscribers / MEGABYTE,
      joins,
      millisecondsToMediaP50: percentile(times, 0.5),
      millisecondsToMediaP95: percentile(times, 0.95),
    };
  } finally {
    publishing.close();
    subscribing.close();
  }
}

async function measureForwarding(server: Server, load: Load, seconds: number) {
  const [countBefore, cpuBefore, start] = [
    await load.run('count', null),
    cpuMicroseconds(server.pid),
    performance.now(),
  ];
  await pause(seconds * 1_000);
  const [countAfter, cpuAfter, end] = [
    await load.run('count', null),
    cpuMicroseconds(server.pid),
    performance.now(),
  ];
  const { total, busiestThread } = cpuBetween(cpuBefore, cpuAfter);
  const packetsForwarded = countAfter.received - countBefore.received;
  return {
    packetsForwarded,
    packetsLost: countAfter.lost - countBefore.lost,
    cpuMicrosecondsPerPacket: total / packetsForwarded,
    cpuMicrosecondsPerPacketBusiestThread: busiestThread / packetsForwarded,
    cpuPercent: (total / 1_000 / (end - start)) * 100,
  };
}

async function measureJoins(server: Server, load: Load, joins: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < joins; i += 1) {
    times.push(...(await subscribe(server, load, 1, 1)));
    await load.run('leave', null);
    await pause(BETWEEN_JOINS_MS);
  }
  return times;
}

async function subscribe(server: Server, load: Load, count: number, concurrency: number): Promise<number[]> {
  const identities = Array.from({ length: count }, (_, i) => `subscriber-${i}`);
  const tokens = await Promise.all(identities.map((identity) => server.token(ROOM, identity)));
  return (await load.run('subscribe', { url: server.url, tokens, concurrency })).millisecondsToMedia;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
