import { setTimeout as pause } from 'node:timers/promises';
import { cpuMicroseconds, cpuSince } from '../accounting.js';
import { participants, type ServerScenario } from './scenario.js';

const ROOM_SIZE = 10;
/** Joining makes garbage, which servers collect when they have time. */
const SETTLE_MS = 10_000;
const THOUSAND = 1_000;
const MICROSECONDS_PER_PERCENT = 10_000;

/** What people cost who are connected and have nothing to send. */
export const idle: ServerScenario = {
  name: 'idle',
  describe: ({ participants: most, seconds }) =>
    `${most} participants in rooms of ${ROOM_SIZE}, who send and receive nothing, for ${seconds} s`,
  async run(context) {
    const { server, sizes } = context;
    const load = context.startLoad();
    const rooms = Math.ceil(sizes.participants / ROOM_SIZE);
    for (let room = 0; room < rooms; room += 1) {
      const idlers = participants(ROOM_SIZE, (index) => ({ identity: `idle-${index}`, expects: [] }));
      await context.join(load, `idle-${room}`, idlers, ROOM_SIZE);
    }
    await pause(SETTLE_MS);
    const before = cpuMicroseconds(server.pid);
    const start = performance.now();
    await pause(sizes.seconds * 1_000);
    const cpu = cpuSince(server.pid, before);
    const seconds = (performance.now() - start) / 1_000;
    const percent = cpu / seconds / MICROSECONDS_PER_PERCENT;
    return [
      {
        key: 'cpuPercentPerThousandIdle',
        label: 'CPU of the server per 1,000 connected, % of a core',
        value: (percent * THOUSAND) / (rooms * ROOM_SIZE),
        aim: { better: 'less', times: 1 },
      },
    ];
  },
};
