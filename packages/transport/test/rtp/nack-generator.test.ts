import { beforeEach, describe, expect, it } from 'vitest';

import { NackGenerator } from '../../src/rtp/index.js';
import { randomNumbers } from '../random.js';

const out = new Uint16Array(64);
let generator: NackGenerator;
let keyFramesNeeded: number;

beforeEach(() => {
  keyFramesNeeded = 0;
  generator = new NackGenerator({ onKeyFrameNeeded: () => keyFramesNeeded++ });
});

function receive(now: number, ...sequences: number[]): boolean[] {
  return sequences.map((sequence) => generator.receive(sequence & 0xffff, now, false));
}

function poll(now: number, list = out): number[] {
  return [...list.subarray(0, generator.poll(list, now))];
}

describe('what is asked for', () => {
  it('is nothing while packets come in order, across the wrap', () => {
    for (let sequence = 65_000; sequence < 66_000; sequence++) receive(sequence, sequence);
    expect(generator.deadline).toBe(Infinity);
    expect(poll(1e9)).toEqual([]);
  });

  it('is the gap, once the tolerance for reordering is over', () => {
    receive(0, 65_534, 65_538);
    expect(generator.deadline).toBe(10);
    expect(poll(9)).toEqual([]);
    expect(poll(10)).toEqual([65_535, 0, 1]);
  });

  it('is not what was only late', () => {
    receive(0, 1, 4);
    expect(receive(5, 2, 3)).toEqual([true, true]);
    expect(generator.deadline).toBe(Infinity);
    expect(poll(10)).toEqual([]);
    expect(generator.counters).toMatchObject({ reordered: 2, recovered: 0 });
  });

  it('is asked for again once per round trip', () => {
    generator.setRtt(60);
    receive(0, 1, 3);
    expect(poll(10)).toEqual([2]);
    expect(generator.deadline).toBe(70);
    expect(poll(69)).toEqual([]);
    expect(poll(70)).toEqual([2]);
  });

  it('is asked for ten times', () => {
    generator.setRtt(20);
    receive(0, 1, 3);
    const times = [];
    for (let now = 0; now < 1000; now++) if (poll(now).length > 0) times.push(now);
    expect(times).toEqual([10, 30, 50, 70, 90, 110, 130, 150, 170, 190]);
    expect(generator.counters).toMatchObject({ recovered: 0, givenUp: 1 });
    expect(generator.deadline).toBe(Infinity);
  });

  it('is asked for during one second, however long the round trip', () => {
    generator.setRtt(5000);
    receive(0, 1, 3);
    const times = [];
    for (let now = 0; now < 3000; now++) if (poll(now).length > 0) times.push(now);
    expect(times).toEqual([10, 510]);
    expect(generator.missing).toBe(0);
  });

  it('is split when there is more than the list holds', () => {
    receive(0, 1, 12);
    const list = new Uint16Array(4);
    expect(poll(10, list)).toEqual([2, 3, 4, 5]);
    expect(generator.deadline).toBe(10);
    expect(poll(10, list)).toEqual([6, 7, 8, 9]);
    expect(poll(10, list)).toEqual([10, 11]);
    expect(generator.deadline).toBe(110);
  });

  it('is not what lies before a key frame', () => {
    receive(0, 1, 3, 6);
    generator.keyFrame(6);
    expect(poll(10)).toEqual([]);
    receive(20, 9);
    generator.keyFrame(8);
    expect(poll(30)).toEqual([8]);
  });
});

describe('whether a packet is wanted', () => {
  it('is told: new ones and those missing, each once', () => {
    expect(receive(0, 10, 12, 11, 11, 12, 9)).toEqual([true, true, true, false, false, false]);
  });

  it('is told for retransmissions too, which count as recovered', () => {
    receive(0, 10, 12);
    expect(generator.receive(11, 5, true)).toBe(true);
    expect(generator.receive(11, 5, true)).toBe(false);
    expect(generator.counters).toMatchObject({ recovered: 1, reordered: 0 });
  });
});

describe('bounds', () => {
  it('asks for a key frame when the jump is too large', () => {
    receive(0, 1, 2000);
    expect(keyFramesNeeded).toBe(1);
    expect(generator.missing).toBe(0);
    expect(poll(10)).toEqual([]);
    expect(receive(11, 2001, 1999)).toEqual([true, false]);
  });

  it('goes on from there when the publisher starts its numbers anew, further back', () => {
    receive(0, 30_000, 30_002);
    expect(receive(5, 100, 101, 103)).toEqual([true, true, true]);
    expect(keyFramesNeeded).toBe(1);
    expect(poll(15)).toEqual([102]);
  });

  it('does not let a retransmission start the numbers anew', () => {
    receive(0, 30_000);
    expect(generator.receive(100, 5, true)).toBe(false);
    expect(generator.receive(32_000, 5, true)).toBe(false);
    expect(receive(5, 30_001)).toEqual([true]);
    expect(keyFramesNeeded).toBe(0);
  });

  it('asks for a key frame when more than 1,000 packets are missing', () => {
    receive(0, 0, 501, 1002);
    expect(generator.missing).toBe(1000);
    expect(keyFramesNeeded).toBe(0);
    receive(0, 1004);
    expect(keyFramesNeeded).toBe(1);
    expect(generator.missing).toBe(0);
  });

  it('gives up what falls out of the window, and takes nothing else in its place', () => {
    receive(0, 65_000, 65_002);
    for (let sequence = 65_003; sequence < 65_001 + 1024; sequence++) receive(0, sequence);
    expect(generator.missing).toBe(1);
    receive(0, 65_001 + 1024);
    expect(generator.missing).toBe(0);
    expect(generator.counters.givenUp).toBe(1);
    expect(generator.receive(65_001, 0, true)).toBe(false);
  });
});

it('recovers everything over a network that loses a tenth in both directions', () => {
  const random = randomNumbers(3);
  const missing = new Set<number>();
  const arriving: { sequence: number; at: number; isRtx: boolean }[] = [];
  const delivered = new Set<number>();
  let requested = 0;
  generator.setRtt(40);
  for (let now = 0; now < 70_000; now++) {
    if (now < 68_000) {
      const sequence = (60_000 + now) & 0xffff;
      missing.add(sequence);
      if (now === 0 || now === 67_999 || random() > 0.1) {
        arriving.push({ sequence, at: now + 20 + Math.floor(random() * 5), isRtx: false });
      }
    }
    for (const packet of arriving.filter(({ at }) => at <= now)) {
      if (generator.receive(packet.sequence, now, packet.isRtx)) delivered.add(packet.sequence);
      missing.delete(packet.sequence);
      arriving.splice(arriving.indexOf(packet), 1);
    }
    for (const sequence of poll(now)) {
      requested += 1;
      if (random() > 0.1 && random() > 0.1) arriving.push({ sequence, at: now + 40, isRtx: true });
    }
  }
  expect(missing.size).toBe(0);
  expect(delivered.size).toBe(65_536);
  expect(generator.counters.givenUp).toBe(0);
  expect(generator.counters.recovered).toBeGreaterThan(6000);
  expect(requested).toBeLessThan(10_000);
  expect(keyFramesNeeded).toBe(0);
});
