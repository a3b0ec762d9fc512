import { LocalRoomDirectory, type RoomLease } from '@parley/cluster';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RoomPlacement } from '../../src/media/room-placement.js';
import type { Reservation } from '../../src/media/room-placement.js';

/** A directory that answers when it is let. */
class SlowDirectory extends LocalRoomDirectory {
  #waiting: (() => void)[] = [];
  slow = false;

  override async claim(room: string, node: string): Promise<RoomLease> {
    const lease = await super.claim(room, node);
    if (this.slow) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return lease;
  }

  answer(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

interface Placed {
  placement: RoomPlacement;
  directory: SlowDirectory;
  /** By thread. */
  loads: (number | undefined)[];
  /** Rooms that have to end, and where. */
  foreign: [room: string, thread: number][];
  failures: unknown[];
  reserve: (room: string) => Promise<Reservation>;
  /** Milliseconds go by. */
  pass: (time: number) => void;
}

async function placed(...loads: (number | undefined)[]): Promise<Placed> {
  let now = 0;
  const directory = new SlowDirectory({ now: () => now });
  const foreign: Placed['foreign'] = [];
  const failures: unknown[] = [];
  const placement = new RoomPlacement({
    directory,
    nodes: loads.map((_, thread) => `node-${thread}`),
    loads: () => loads,
    onForeign: (room, thread) => foreign.push([room, thread]),
    onFailure: (error) => failures.push(error),
  });
  await placement.start();
  return {
    placement,
    directory,
    loads,
    foreign,
    failures,
    reserve: async (room) => {
      const reservation = await placement.reserve(room);
      if (reservation === undefined) throw new Error('no thread takes rooms');
      return reservation;
    },
    pass: (time) => {
      now += time;
    },
  };
}

/** Lets what was answered take effect. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('a new room', () => {
  test('goes to the thread with the least load', async () => {
    const { reserve } = await placed(5, 2, 3);
    expect((await reserve('a')).thread).toBe(1);
  });

  test('goes where the fewest rooms are when loads are equal, those on their way among them', async () => {
    const { reserve } = await placed(0, 0);
    const threads = await Promise.all(['a', 'b', 'c', 'd'].map(reserve));
    expect(threads.map(({ thread }) => thread)).toEqual([0, 1, 0, 1]);
  });

  test('counts as load while the directory is being asked, so that many at once are spread', async () => {
    const { directory, reserve } = await placed(3, 0);
    directory.slow = true;
    const asked = Promise.all(Array.from({ length: 7 }, (_, index) => reserve(`room ${index}`)));
    await settled();
    directory.answer();
    const threads = (await asked).map(({ thread }) => thread);
    expect(threads.filter((thread) => thread === 1)).toHaveLength(5);
  });

  test('goes to no thread that takes none', async () => {
    const { loads, placement, reserve } = await placed(undefined, 9);
    expect((await reserve('a')).thread).toBe(1);
    loads[1] = undefined;
    expect(await placement.reserve('b')).toBeUndefined();
  });

  test('is leased to its thread, and free again when it has ended', async () => {
    const { directory, placement, reserve } = await placed(0, 0);
    const { release } = await reserve('a');
    expect(await directory.find('a')).toMatchObject({ node: 'node-0' });
    placement.started('a', 0);
    release();
    placement.finished('a', 0);
    expect(await directory.find('a')).toBeUndefined();
  });

  test('is not placed while the directory fails, and is when it answers again', async () => {
    const { directory, failures, placement, reserve } = await placed(0);
    const claim = directory.claim.bind(directory);
    directory.claim = () => Promise.reject(new Error('unreachable'));
    await expect(placement.reserve('a')).rejects.toThrow('unreachable');
    expect(placement.threadOf('a')).toBeUndefined();
    expect(failures).toHaveLength(1);
    directory.claim = claim;
    expect((await reserve('a')).thread).toBe(0);
  });
});

describe('a room', () => {
  test('stays where it is, however loaded, while anything is on its way to it or it is open', async () => {
    const { loads, placement, reserve } = await placed(0, 0);
    const first = await reserve('a');
    loads[0] = 100;
    const second = await reserve('a');
    expect(second.thread).toBe(first.thread);
    placement.started('a', 0);
    first.release();
    second.release();
    expect(placement.threadOf('a')).toBe(0);
    placement.finished('a', 0);
    expect(placement.threadOf('a')).toBeUndefined();
  });

  test('is forgotten when what was on its way did not begin it', async () => {
    const { placement, reserve } = await placed(0, 0);
    (await reserve('a')).release();
    expect(placement.threadOf('a')).toBeUndefined();
    expect((await reserve('b')).thread).toBe(0);
  });

  test('that ends while somebody is on the way to it begins again on the same thread', async () => {
    const { loads, placement, reserve } = await placed(0, 0);
    const first = await reserve('a');
    placement.started('a', 0);
    first.release();
    loads[0] = 100;
    const late = await reserve('a');
    placement.finished('a', 0);
    expect(placement.threadOf('a')).toBe(0);
    placement.started('a', 0);
    late.release();
    expect(placement.threadOf('a')).toBe(0);
  });

  test('that begins and ends before the directory has answered leaves nothing behind', async () => {
    const { directory, placement } = await placed(0, 0);
    directory.slow = true;
    placement.started('a', 1);
    placement.finished('a', 1);
    expect(placement.threadOf('a')).toBe(1);
    await settled();
    directory.answer();
    await settled();
    expect(placement.threadOf('a')).toBeUndefined();
    expect(await directory.find('a')).toBeUndefined();
  });

  test('that two threads have begun ends on the one whose it is not', async () => {
    const { foreign, placement, reserve } = await placed(0, 0);
    await reserve('a');
    placement.started('a', 0);
    placement.started('a', 1);
    expect(foreign).toEqual([['a', 1]]);
    placement.finished('a', 1);
    expect(placement.threadOf('a')).toBe(0);
  });

  test('of another process is not begun here', async () => {
    const { directory, failures, foreign, placement } = await placed(0);
    await directory.join('elsewhere');
    await directory.claim('a', 'elsewhere');
    await expect(placement.reserve('a')).rejects.toThrow('Room a is on elsewhere');
    placement.started('a', 0);
    await settled();
    expect(foreign).toEqual([['a', 0]]);
    expect(failures).not.toEqual([]);
    expect(await directory.find('a')).toMatchObject({ node: 'elsewhere' });
  });
});

describe('a thread that dies', () => {
  test('leaves its rooms to the others, whatever was on its way to it', async () => {
    const { directory, loads, placement, reserve } = await placed(0, 1);
    const before = await reserve('a');
    placement.started('a', 0);
    placement.started('kept', 1);
    placement.threadEnded(0);
    expect(placement.threadOf('a')).toBeUndefined();
    expect(await directory.find('a')).toBeUndefined();
    expect(placement.threadOf('kept')).toBe(1);
    loads[0] = undefined;
    const after = await reserve('a');
    expect(after.thread).toBe(1);
    before.release();
    expect(placement.threadOf('a')).toBe(1);
    placement.finished('a', 0);
    expect(placement.threadOf('a')).toBe(1);
  });

  test('takes nothing from the room that began elsewhere since, by what was on its way to it', async () => {
    const { loads, placement, reserve } = await placed(0, 1);
    const before = await reserve('a');
    placement.threadEnded(0);
    loads[0] = undefined;
    const after = await reserve('a');
    placement.started('a', 1);
    after.release();
    before.release();
    expect(placement.threadOf('a')).toBe(1);
    // Nor does it count as a room less: the next one goes where there are fewer.
    loads[0] = 0;
    loads[1] = 0;
    expect((await reserve('b')).thread).toBe(0);
    placement.finished('a', 0);
    expect(placement.threadOf('a')).toBe(1);
  });

  test('while the directory is being asked has the room placed again, elsewhere', async () => {
    const { directory, loads, placement, reserve } = await placed(0, 1);
    directory.slow = true;
    const asked = reserve('a');
    await settled();
    placement.threadEnded(0);
    loads[0] = undefined;
    directory.slow = false;
    directory.answer();
    expect((await asked).thread).toBe(1);
    expect(await directory.find('a')).toMatchObject({ node: 'node-1' });
  });
});

describe('after standing still for longer than a lease lives', () => {
  test('threads keep the rooms that nobody else was given, and end the others', async () => {
    const { directory, foreign, pass, placement, reserve } = await placed(0);
    await directory.join('elsewhere');
    for (const room of ['a', 'b']) {
      await reserve(room);
      placement.started(room, 0);
    }
    pass(directory.timeToLive);
    await directory.join('elsewhere');
    await directory.claim('b', 'elsewhere');
    await placement.renew();
    await settled();
    expect(foreign).toEqual([['b', 0]]);
    expect(placement.threadOf('a')).toBe(0);
    expect(await directory.find('a')).toMatchObject({ node: 'node-0' });
    expect(placement.threadOf('b')).toBeUndefined();
  });

  test('nothing happens to those that were renewed in time', async () => {
    const { directory, foreign, pass, placement, reserve } = await placed(0);
    await reserve('a');
    const lease = await directory.find('a');
    for (let turn = 0; turn < 4; turn += 1) {
      pass(directory.timeToLive / 2);
      await placement.renew();
    }
    expect(await directory.find('a')).toEqual(lease);
    expect(foreign).toEqual([]);
  });
});

test('closing gives all rooms back', async () => {
  const { directory, placement, reserve } = await placed(0, 0);
  await Promise.all(['a', 'b'].map(reserve));
  await placement.close();
  expect(await Promise.all(['a', 'b'].map((room) => directory.find(room)))).toEqual([undefined, undefined]);
});

test('whatever happens in whatever order, all that is on its way to a room at once goes to one thread', async () => {
  const step = fc.record({
    action: fc.constantFrom('reserve', 'release', 'start', 'finish', 'end', 'still'),
    room: fc.constantFrom('a', 'b', 'c'),
    thread: fc.nat(2),
    loads: fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { directory, loads: given, pass, placement, reserve } = await placed(0, 0, 0);
      let held: { room: string; reservation: Reservation }[] = [];
      for (const { action, room, thread, loads } of steps) {
        given.splice(0, 3, ...loads);
        if (action === 'reserve') held.push({ room, reservation: await reserve(room) });
        else if (action === 'release') held.splice(0, 1)[0]?.reservation.release();
        else if (
          action === 'start' &&
          held.some((one) => one.room === room && one.reservation.thread === thread)
        )
          placement.started(room, thread);
        else if (action === 'finish') placement.finished(room, thread);
        else if (action === 'still') {
          pass(directory.timeToLive);
          await placement.renew();
          await settled();
        } else if (action === 'end') {
          placement.threadEnded(thread);
          held = held.filter(({ reservation }) => {
            if (reservation.thread === thread) reservation.release();
            return reservation.thread !== thread;
          });
        }
        for (const { room: name, reservation } of held) {
          expect(placement.threadOf(name)).toBe(reservation.thread);
          expect((await directory.find(name))?.node).toBe(`node-${reservation.thread}`);
        }
      }
      for (const { reservation } of held) reservation.release();
      for (const room of ['a', 'b', 'c']) for (const thread of [0, 1, 2]) placement.finished(room, thread);
      for (const room of ['a', 'b', 'c']) {
        expect(placement.threadOf(room)).toBeUndefined();
        expect(await directory.find(room)).toBeUndefined();
      }
    }),
    { seed: 8443 },
  );
});
