import { setTimeout as pause } from 'node:timers/promises';
import { cpuMicroseconds, cpuSince } from '../accounting.js';
import type { Load } from '../load/load.js';
import type { PacketCount } from '../load/load-commands.js';
import type { Figure, ScenarioContext } from './scenario.js';

export interface ForwardingOptions {
  /** Packets that should have reached all receivers, of so many sent and in so many seconds. */
  expected: (sent: number, seconds: number) => number;
  /** How many times fewer microseconds for each packet than livekit-server. */
  aim: number;
}

/** What it costs the server to forward what its participants send, over the time of measuring. */
export async function measureForwarding(
  { server, loads, sizes }: ScenarioContext,
  { expected, aim }: ForwardingOptions,
): Promise<Figure[]> {
  const countBefore = await count(loads);
  const [serverBefore, loadBefore] = [
    cpuMicroseconds(server.pid),
    loads.map(({ pid }) => cpuMicroseconds(pid)),
  ];
  const start = performance.now();
  await pause(sizes.seconds * 1_000);
  const milliseconds = performance.now() - start;
  const serverMicroseconds = cpuSince(server.pid, serverBefore);
  const loadMicroseconds = loads.map(({ pid }, index) => cpuSince(pid, loadBefore[index]));
  const countAfter = await count(loads);

  const received = countAfter.received - countBefore.received;
  const wanted = expected(countAfter.sent - countBefore.sent, milliseconds / 1_000);
  const percentOfCore = (microseconds: number) => (microseconds / 1_000 / milliseconds) * 100;
  return [
    {
      key: 'cpuMicrosecondsPerPacket',
      label: 'CPU per forwarded packet, µs',
      value: serverMicroseconds / received,
      aim: { better: 'less', times: aim },
    },
    {
      key: 'serverCpuPercent',
      label: 'CPU of the server, % of a core',
      value: percentOfCore(serverMicroseconds),
    },
    {
      key: 'packetsPerSecond',
      label: 'packets delivered per second',
      value: received / (milliseconds / 1_000),
    },
    { key: 'deliveredPercent', label: 'delivered of what was due, %', value: (received / wanted) * 100 },
    { key: 'packetsLost', label: 'packets lost', value: countAfter.lost - countBefore.lost },
    {
      key: 'loadCpuPercent',
      label: 'CPU of the load, % of a core',
      value: percentOfCore(loadMicroseconds.reduce((sum, one) => sum + one, 0)),
    },
  ];
}

async function count(loads: readonly Load[]): Promise<PacketCount> {
  const total: PacketCount = { sent: 0, received: 0, lost: 0 };
  for (const { sent, received, lost } of await Promise.all(loads.map((load) => load.run('count', null)))) {
    total.sent += sent;
    total.received += received;
    total.lost += lost;
  }
  return total;
}
