import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RoomPlacement } from '../../src/media/room-placement.js';
import type { Reservation } from '../../src/media/room-placement.js';

function reserve(
  placement: RoomPlacement,
  room: string,
  loads: (number | undefined)[] = [0, 0],
): Reservation {
  const reservation = placement.reserve(room, loads);
  if (reservation === undefined) throw new Error('no thread takes rooms');
  return reservation;
}

describe('a new room', () => {
  test('goes to the thread with the least load', () => {
    const placement = new RoomPlacement(3);
    expect(reserve(placement, 'a', [5, 2, 3]).thread).toBe(1);
  });

  test('goes where the fewest rooms are when loads are equal, those on their way among them', () => {
    const placement = new RoomPlacement(2);
    const threads = ['a', 'b', 'c', 'd'].map((room) => reserve(placement, room).thread);
    expect(threads).toEqual([0, 1, 0, 1]);
  });

  test('goes to no thread that takes none', () => {
    const placement = new RoomPlacement(2);
    expect(reserve(placement, 'a', [undefined, 9]).thread).toBe(1);
    expect(placement.reserve('b', [undefined, undefined])).toBeUndefined();
  });
});

describe('a room', () => {
  test('stays where it is, however loaded, while anything is on its way to it or it is open', () => {
    const placement = new RoomPlacement(2);
    const first = reserve(placement, 'a');
    const second = reserve(placement, 'a', [100, 0]);
    expect(second.thread).toBe(first.thread);
    placement.started('a', 0);
    first.release();
    second.release();
    expect(placement.threadOf('a')).toBe(0);
    placement.finished('a', 0);
    expect(placement.threadOf('a')).toBeUndefined();
  });

  test('is forgotten when what was on its way did not begin it', () => {
    const placement = new RoomPlacement(2);
    reserve(placement, 'a').release();
    expect(placement.threadOf('a')).toBeUndefined();
    expect(reserve(placement, 'b').thread).toBe(0);
  });

  test('that ends while somebody is on the way to it begins again on the same thread', () => {
    const placement = new RoomPlacement(2);
    const first = reserve(placement, 'a');
    placement.started('a', 0);
    first.release();
    const late = reserve(placement, 'a', [100, 0]);
    placement.finished('a', 0);
    expect(placement.threadOf('a')).toBe(0);
    placement.started('a', 0);
    late.release();
    expect(placement.threadOf('a')).toBe(0);
  });

  test('of a thread that died goes elsewhere, whatever was on its way to it', () => {
    const placement = new RoomPlacement(2);
    const before = reserve(placement, 'a', [0, 1]);
    placement.started('a', 0);
    placement.started('kept', 1);
    placement.threadEnded(0);
    expect(placement.threadOf('a')).toBeUndefined();
    expect(placement.threadOf('kept')).toBe(1);
    const after = reserve(placement, 'a', [undefined, 7]);
    expect(after.thread).toBe(1);
    before.release();
    expect(placement.threadOf('a')).toBe(1);
    placement.finished('a', 0);
    expect(placement.threadOf('a')).toBe(1);
  });
});

test('whatever happens in whatever order, all that is on its way to a room at once goes to one thread', () => {
  const step = fc.record({
    action: fc.constantFrom('reserve', 'release', 'start', 'finish', 'end'),
    room: fc.constantFrom('a', 'b', 'c'),
    thread: fc.nat(2),
    loads: fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const placement = new RoomPlacement(3);
      let held: { room: string; reservation: Reservation }[] = [];
      for (const { action, room, thread, loads } of steps) {
        if (action === 'reserve') held.push({ room, reservation: reserve(placement, room, loads) });
        else if (action === 'release') held.splice(0, 1)[0]?.reservation.release();
        else if (
          action === 'start' &&
          held.some((one) => one.room === room && one.reservation.thread === thread)
        )
          placement.started(room, thread);
        else if (action === 'finish') placement.finished(room, thread);
        else if (action === 'end') {
          placement.threadEnded(thread);
          held = held.filter(({ reservation }) => {
            if (reservation.thread === thread) reservation.release();
            return reservation.thread !== thread;
          });
        }
        for (const { room: name, reservation } of held)
          expect(placement.threadOf(name)).toBe(reservation.thread);
      }
      for (const { reservation } of held) reservation.release();
      for (const room of ['a', 'b', 'c']) for (const thread of [0, 1, 2]) placement.finished(room, thread);
      for (const room of ['a', 'b', 'c']) expect(placement.threadOf(room)).toBeUndefined();
    }),
    { seed: 8443 },
  );
});
