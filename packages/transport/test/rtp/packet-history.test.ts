import { beforeEach, describe, expect, it } from 'vitest';

import { PacketHistory } from '../../src/rtp/index.js';
import { randomNumbers } from '../random.js';

let history: PacketHistory;
let released: number[];

beforeEach(() => {
  released = [];
  history = new PacketHistory({ capacity: 8, maxAge: 1000, release: (slot) => released.push(slot) });
});

/** Puts packets whose slots are 1000 more than their numbers. */
function put(now: number, ...sequences: number[]): boolean[] {
  return sequences.map((sequence) =>
    history.put(
      sequence + 1000,
      (96 << 16) | (sequence & 0xffff),
      sequence * 10,
      sequence * 100,
      now,
      sequence * 7,
    ),
  );
}

function kept(sequences: readonly number[]): number[] {
  return sequences.filter((sequence) => history.find(sequence & 0xffff) >= 0);
}

describe('a packet', () => {
  it('is found with all its words', () => {
    put(0, 5, 6, 7);
    const entry = history.find(6);
    expect(history.slot(entry)).toBe(1006);
    expect(history.sequenceWord(entry)).toBe((96 << 16) | 6);
    expect(history.timestamp(entry)).toBe(60);
    expect(history.payloadWord(entry)).toBe(600);
    expect(history.dependencyWord(entry)).toBe(42);
  });

  it('is not found when it was never there, even if another has its place', () => {
    put(0, 5, 7);
    expect(history.find(6)).toBe(-1);
    expect(history.find(5 + 8)).toBe(-1);
    expect(history.find(5 + 32_768)).toBe(-1);
  });

  it('is kept once, and the second copy stays with the caller', () => {
    expect(put(0, 5, 6, 5, 6)).toEqual([true, true, false, false]);
    expect(released).toEqual([]);
    expect(history.size).toBe(2);
  });

  it('is kept when it is late, unless it is too late', () => {
    expect(put(0, 65_540, 65_535, 65_533, 65_532)).toEqual([true, true, true, false]);
    expect(kept([65_532, 65_533, 65_534, 65_535, 65_540])).toEqual([65_533, 65_535, 65_540]);
  });
});

describe('a slot', () => {
  it('is released when its packet falls out, oldest first', () => {
    put(0, 65_530, 65_531, 65_533, 65_537);
    expect(released).toEqual([]);
    put(0, 65_540);
    expect(released).toEqual([66_530, 66_531]);
    expect(kept([65_530, 65_531, 65_533, 65_537, 65_540])).toEqual([65_533, 65_537, 65_540]);
  });

  it('is released after its time, and the deadline tells when', () => {
    expect(history.deadline).toBe(Infinity);
    put(100, 1);
    put(200, 3);
    expect(history.deadline).toBe(1100);
    history.handleTimeout(1099);
    expect(released).toEqual([]);
    history.handleTimeout(1100);
    expect(released).toEqual([1001]);
    expect(history.deadline).toBe(1200);
    history.handleTimeout(5000);
    expect(released).toEqual([1001, 1003]);
    expect(history.deadline).toBe(Infinity);
  });

  it('is released when the sequence number jumps, however far', () => {
    for (const jump of [8, 100, 20_000, 32_767]) {
      history.clear();
      released.length = 0;
      put(0, 1, 8);
      put(0, 8 + jump);
      expect(released).toEqual([1001, 1008]);
      expect(history.size).toBe(1);
    }
  });

  it('is released at the end', () => {
    put(0, 1, 3, 2);
    history.clear();
    expect(released).toEqual([1001, 1002, 1003]);
    expect(history.find(1)).toBe(-1);
    expect(put(0, 40_000)).toEqual([true]);
  });
});

describe('what came since a key frame', () => {
  it('is kept whatever its age, as long as it is little', () => {
    put(0, 1, 2);
    history.keyFrame(2);
    put(0, 3);
    history.handleTimeout(60_000);
    expect(kept([1, 2, 3])).toEqual([2, 3]);
    expect(history.stillPicture(60_000)).toBe(2);
    put(60_000, 4, 5, 6);
    history.handleTimeout(60_000);
    expect(kept([2, 3, 4, 5, 6])).toEqual([4, 5, 6]);
    expect(history.stillPicture(120_000)).toBe(-1);
  });

  it('goes where memory is scarce', () => {
    put(0, 2);
    history.keyFrame(2);
    history.handleTimeout(60_000, true);
    expect(history.size).toBe(0);
    expect(history.stillPicture(120_000)).toBe(-1);
  });

  it('goes when the next key frame has come', () => {
    put(0, 2, 3);
    history.keyFrame(2);
    put(5000, 4);
    history.keyFrame(4);
    history.handleTimeout(5000);
    expect(kept([2, 3, 4])).toEqual([4]);
    expect(history.stillPicture(6000)).toBe(4);
  });

  it('starts with the first packet of the frame that looks like its start', () => {
    history.put(1, 2, 90, 0, 0);
    history.keyFrame(2);
    history.put(2, 3, 90, 0, 0);
    history.keyFrame(3);
    expect(history.stillPicture(1000)).toBe(2);
  });
});

it('neither loses nor releases twice a slot, whatever comes', () => {
  const random = randomNumbers(4);
  const held = new Set<number>();
  const mistakes: string[] = [];
  let slot = 0;
  const other = new PacketHistory({
    capacity: 64,
    maxAge: 50,
    release: (gone) => {
      if (!held.delete(gone)) mistakes.push(`released ${gone} twice`);
    },
  });
  let base = 65_000;
  for (let now = 0; now < 50_000; now++) {
    base += random() < 0.001 ? Math.floor(random() * 65_536) : 1;
    const sequence = (base - Math.floor(random() * 80) + 65_536) & 0xffff;
    held.add(++slot);
    if (!other.put(slot, sequence, 0, 0, now)) held.delete(slot);
    else if (other.slot(other.find(sequence)) !== slot) mistakes.push(`lost ${slot}`);
    if (random() < 0.1) other.handleTimeout(now);
    if (other.size !== held.size || other.size > 64) mistakes.push(`${other.size} of ${held.size} at ${now}`);
  }
  expect(mistakes).toEqual([]);
  other.clear();
  expect(held.size).toBe(0);
});

it('refuses a capacity that is not a power of two', () => {
  for (const capacity of [0, 3, 32_768, -8]) {
    expect(() => new PacketHistory({ capacity, maxAge: 1, release: () => undefined })).toThrow(RangeError);
  }
});
