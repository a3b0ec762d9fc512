import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createTapBuffer, Tap } from '@parley/sfu';
import { cpuMicroseconds } from '../accounting.js';
import { OnePublisher } from './one-publisher.js';
import type { TapOrder, TapResult } from './tap-commands.js';

/** The load of `video`. */
const PACKETS = 10;
const PAYLOAD_SIZE = 1_170;
const KEY_FRAME_INTERVAL = 100;
/** Frames in one go, which the tap's memory has room for, and milliseconds for its reader between them. */
const FRAMES = 200;
const PAUSE = 20;
const CAPACITY = 1 << 22;
/** Frames before measuring, until code is compiled. */
const WARM_UP_ROUNDS = 40;

process.on('message', ({ subscribers, seconds }: TapOrder) => {
  void measure(subscribers, seconds).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());

/** Rounds with a tap and rounds without take turns; the least of each counts, as what disturbs only adds. */
async function measure(subscribers: number, seconds: number): Promise<TapResult> {
  const world = new OnePublisher(subscribers);
  const buffer = createTapBuffer(CAPACITY);
  const reader = new Worker(new URL('tap-reader-thread.js', import.meta.url), { workerData: buffer });
  await once(reader, 'online');
  const tap = new Tap({ buffer });
  const plain: number[] = [];
  const tapped: number[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) run(world);
  world.addTap(tap);
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) await runAndPause(world);
  const lostBefore = tap.lost;
  const other = new OnePublisher(subscribers);
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) run(other);
  for (const end = performance.now() + seconds * 1_000; performance.now() < end;) {
    plain.push(await runAndPause(other));
    tapped.push(await runAndPause(world));
  }
  const lost = tap.lost - lostBefore;
  world.removeTap(tap);
  await once(reader, 'exit');
  return { without: Math.min(...plain), with: Math.min(...tapped), lost };
}

async function runAndPause(world: OnePublisher): Promise<number> {
  const cost = run(world);
  await pause(PAUSE);
  return cost;
}

/** Microseconds of this thread for each packet received. */
function run(world: OnePublisher): number {
  const before = threadMicroseconds();
  for (let frame = 0; frame < FRAMES; frame += 1) {
    world.receiveFrame(PACKETS, PAYLOAD_SIZE, frame % KEY_FRAME_INTERVAL === 0);
    world.handleTimeout();
  }
  return (threadMicroseconds() - before) / (FRAMES * PACKETS);
}

/** Of the main thread: the reader's time is its own business. */
function threadMicroseconds(): number {
  return cpuMicroseconds(process.pid).get(process.pid) ?? Number.NaN;
}
