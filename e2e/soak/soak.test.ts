import { expect, test } from 'vitest';
import { SeededRandom } from '../support/random.js';
import { ParleyServer } from '../support/server.js';
import { MEASURABLE, measureMemory, type ServerMemory } from '../support/server-memory.js';
import { pause, waitFor } from '../support/wait.js';
import { type Visits, Visitor } from './visitor.js';

const MINUTE_MS = 60_000;
const MINUTES = Number(process.env.PARLEY_SOAK_MINUTES ?? 10);
/** Until code is compiled, pools are grown and caches are filled. */
const WARM_UP_MS = Math.min(2, Math.max(0.5, MINUTES / 4)) * MINUTE_MS;
const VISITORS = 6;
const ROOMS = 2;
/** Everybody moves to other rooms after so long, and the old ones end. */
const ROOM_LIFE_MS = 30_000;
/** Until the last room has ended and what was counted per client address is forgotten. */
const EMPTY_TIMEOUT_MS = 90_000;
const SETTLE_MS = 5_000;
const MEGABYTE = 1_024 * 1_024;
/**
 * What may come on top in all the time. Of the heaps: the compiled code of all threads, which goes on growing for long (heap
 * snapshots before and after show nothing else), and less than ten kilobytes for each who was there.
 */
const HEAP_MARGIN = 4 * MEGABYTE;
const EXTERNAL_MARGIN = 2 * MEGABYTE;
const RESIDENT_MARGIN = 24 * MEGABYTE;

/** All gauges of Parley's own, but for those of time. */
async function gauges(server: ParleyServer): Promise<Record<string, number>> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const names = [...text.matchAll(/^# TYPE (parley_\w+) gauge$/gm)].map(([, name]) => name ?? '');
  const values: Record<string, number> = {};
  for (const line of text.split('\n')) {
    const name = /^(\w+)/.exec(line)?.[1] ?? '';
    if (!names.includes(name) || name.endsWith('_seconds')) continue;
    values[line.slice(0, line.lastIndexOf(' '))] = Number(line.slice(line.lastIndexOf(' ') + 1));
  }
  return values;
}

/** Waits until nobody is there and tells what the server holds. */
async function measureIdle(server: ParleyServer): Promise<ServerMemory> {
  await waitFor(
    'all rooms being closed',
    async () => (await server.metric(/^parley_(rooms|signal_sessions|signal_connections)\b/)) === 0,
    EMPTY_TIMEOUT_MS,
  );
  await pause(SETTLE_MS);
  return measureMemory(server);
}

async function load(server: ParleyServer, milliseconds: number, visits: Visits, seed: number): Promise<void> {
  const start = performance.now();
  const visitors = Array.from({ length: VISITORS }, (_, i) => {
    const random = new SeededRandom(seed + i);
    const nextRoom = () =>
      `soak-${seed}-${Math.floor((performance.now() - start) / ROOM_LIFE_MS)}-${random.below(ROOMS)}`;
    return Visitor.run({ server, name: `visitor-${i}`, random, visits, nextRoom }, start + milliseconds);
  });
  await Promise.all(visitors);
}

test(
  `${MINUTES} minutes of joining, publishing, writing, resuming and leaving leave nothing behind`,
  {
    timeout: (MINUTES + 6) * MINUTE_MS,
  },
  async () => {
    const server = await ParleyServer.start({}, MEASURABLE);
    const gaugesAtStart = await gauges(server);
    const visits = (): Visits => ({
      joins: 0,
      resumes: 0,
      republished: 0,
      messagesSent: 0,
      messagesReceived: 0,
      packetsReceived: 0,
    });
    await load(server, WARM_UP_MS, visits(), 1_000);
    const before = await measureIdle(server);

    const done = visits();
    await load(server, MINUTES * MINUTE_MS - WARM_UP_MS, done, 2_000);
    const after = await measureIdle(server);

    console.log(
      `Done: ${JSON.stringify(done)}\n${tell('After the warm-up', before)}\n${tell('At the end', after)}`,
    );
    expect(done.joins).toBeGreaterThan(20 * MINUTES);
    expect(done.messagesReceived).toBeGreaterThan(done.messagesSent / 2);
    expect(done.packetsReceived).toBeGreaterThan(done.joins * 100);
    expect(done.resumes).toBeGreaterThan(0);
    expect(done.republished).toBeGreaterThan(0);
    expect(await gauges(server)).toEqual(gaugesAtStart);
    expect(after.openFiles).toBeLessThanOrEqual(before.openFiles);
    expect(after.heap).toBeLessThan(before.heap + HEAP_MARGIN);
    expect(after.external).toBeLessThan(before.external + EXTERNAL_MARGIN);
    expect(after.resident).toBeLessThan(before.resident + RESIDENT_MARGIN);
    // Fails when the server has logged an error.
    await server.stop();
  },
);

function tell(when: string, { heap, external, resident, openFiles }: ServerMemory): string {
  const [heapMb, externalMb, residentMb] = [heap, external, resident].map((bytes) =>
    (bytes / MEGABYTE).toFixed(1),
  );
  return `${when}: heap ${heapMb} MB, external ${externalMb} MB, resident ${residentMb} MB, ${openFiles} files open`;
}
