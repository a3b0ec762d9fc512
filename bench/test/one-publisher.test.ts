import { createTapBuffer, Tap, TapReader } from '@parley/sfu';
import { expect, test } from 'vitest';
import { OnePublisher } from '../src/tap/one-publisher.js';

/** Runs until forwarders and the tap have what they wait for. */
function receive(world: OnePublisher, frames: number): void {
  for (let frame = 0; frame < frames; frame += 1) {
    world.receiveFrame(10, 1_170, frame % 10 === 0);
    world.handleTimeout();
  }
}

test('every subscriber is sent every packet', () => {
  const world = new OnePublisher(7);
  receive(world, 20);
  const before = world.sent;
  receive(world, 10);
  const sent = world.sent - before;
  // And a report now and then.
  expect(sent - 7 * 10 * 10).toBeGreaterThanOrEqual(0);
  expect(sent - 7 * 10 * 10).toBeLessThan(10);
});

test('the tap gets every packet whole', () => {
  const world = new OnePublisher(1);
  const buffer = createTapBuffer(1 << 20);
  const reader = new TapReader(buffer);
  world.addTap(new Tap({ buffer }));
  receive(world, 20);
  const sizes: number[] = [];
  for (let record = reader.next(); record !== undefined; record = reader.next())
    if (record.type === 'packet') sizes.push(record.payload.length);
  expect(sizes).toEqual(Array<number>(200).fill(1_170));
});
