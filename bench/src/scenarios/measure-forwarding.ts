import { setTimeout as pause } from 'node:timers/promises';
import { cpuMicroseconds, cpuSince } from '../accounting.js';
import type { Load } from '../load/load.js';
import type { PacketCount } from '../load/load-commands.js';
import type { Figure, ScenarioContext } from './scenario.js';

export interface ForwardingOptions {
  /** Packets that should reach all receivers in a second, of so many sent in one. */
  expected: (sent: number) => number;
  /** How many times fewer microseconds for each packet than livekit-server. */
  aim: number;
}

/** Of all load processes together. */
interface Rates {
  sent: number;
  received: number;
  lost: number;
}

/** What it costs the server to forward what its participants send, over the time of measuring. */
export async function measureForwarding(
  { server, loads, sizes }: ScenarioContext,
  { expected, aim }: ForwardingOptions,
): Promise<Figure[]> {
  const countsBefore = await count(loads);
  const serverBefore = cpuMicroseconds(server.pid);
  const loadsBefore = loads.map(({ pid }) => cpuMicroseconds(pid));
  const start = performance.now();
  await pause(sizes.seconds * 1_000);
  const seconds = (performance.now() - start) / 1_000;
  const serverMicroseconds = cpuSince(server.pid, serverBefore) / seconds;
  const loadMicroseconds =
    loads.reduce((sum, { pid }, index) => sum + cpuSince(pid, loadsBefore[index]), 0) / seconds;
  const { sent, received, lost } = rates(countsBefore, await count(loads));
  return [
    {
      key: 'cpuMicrosecondsPerPacket',
      label: 'CPU per forwarded packet, µs',
      value: serverMicroseconds / received,
      aim: { better: 'less', times: aim },
    },
    { key: 'serverCpuPercent', label: 'CPU of the server, % of a core', value: serverMicroseconds / 10_000 },
    { key: 'packetsPerSecond', label: 'packets delivered per second', value: received },
    {
      key: 'deliveredPercent',
      label: 'delivered of what was due, %',
      value: (received / expected(sent)) * 100,
    },
    { key: 'lostPerSecond', label: 'packets lost per second', value: lost },
    { key: 'loadCpuPercent', label: 'CPU of the load, % of a core', value: loadMicroseconds / 10_000 },
  ];
}

function count(loads: readonly Load[]): Promise<PacketCount[]> {
  return Promise.all(loads.map((load) => load.run('count', null)));
}

/** By each process' own clock: on a busy machine they do not count at the same moment. */
function rates(before: readonly PacketCount[], after: readonly PacketCount[]): Rates {
  const total: Rates = { sent: 0, received: 0, lost: 0 };
  before.forEach((first, index) => {
    const last = after[index] ?? first;
    const seconds = (last.at - first.at) / 1_000;
    total.sent += (last.sent - first.sent) / seconds;
    total.received += (last.received - first.received) / seconds;
    total.lost += (last.lost - first.lost) / seconds;
  });
  return total;
}
