import { setTimeout as pause } from 'node:timers/promises';
import { proportionalMemory } from '../accounting.js';
import { slope } from '../statistics.js';
import { participants, type ServerScenario } from './scenario.js';

const ROOM_SIZE = 10;
const READINGS = 4;
/** Joining makes garbage, which servers collect when they have time. */
const SETTLE_MS = 4_000;
const MEGABYTE = 1_024 * 1_024;
/** Few packets, so that it is the participants that take memory. */
const VIDEO = { width: 320, height: 180, framesPerSecond: 10, packetsPerFrame: 1, payloadSize: 1_000 };

/** What each further participant adds to the memory of the server. */
export const memory: ServerScenario = {
  name: 'memory',
  describe: ({ participants: most }) =>
    `up to ${most} participants in rooms of ${ROOM_SIZE}, in each of which one speaks and is seen by all`,
  async run(context) {
    const { server, sizes } = context;
    const load = context.startLoad();
    const points: [participants: number, megabytes: number][] = [];
    const perReading = Math.max(1, Math.round(sizes.participants / READINGS / ROOM_SIZE));
    const baseline = proportionalMemory(server.pid) / MEGABYTE;
    for (let rooms = 0; points.length < READINGS;) {
      for (const end = rooms + perReading; rooms < end; rooms += 1) {
        const room = `memory-${rooms}`;
        await context.join(load, room, [{ identity: 'speaker', audio: true, video: [VIDEO], expects: [] }]);
        await context.join(
          load,
          room,
          participants(ROOM_SIZE - 1, (index) => ({
            identity: `listener-${index}`,
            expects: ['audio' as const, 'video' as const],
          })),
          ROOM_SIZE,
        );
      }
      await pause(SETTLE_MS);
      points.push([rooms * ROOM_SIZE, proportionalMemory(server.pid) / MEGABYTE]);
    }
    return [
      {
        key: 'megabytesPerParticipant',
        label: 'memory per participant, MB',
        value: slope(points),
        aim: { better: 'less', times: 2 },
      },
      { key: 'megabytesIdle', label: 'memory before the first came, MB', value: baseline },
      {
        key: 'megabytesFull',
        label: `memory with ${points.at(-1)?.[0] ?? 0} participants, MB`,
        value: points.at(-1)?.[1] ?? Number.NaN,
      },
    ];
  },
};
