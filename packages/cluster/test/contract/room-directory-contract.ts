import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { RoomDirectory, RoomLease } from '../../src/index.js';

/** A directory with nobody in it, and a way to let time pass for it. */
export interface DirectoryUnderTest {
  directory: RoomDirectory;
  /** Milliseconds. */
  pass: (time: number) => Promise<void> | void;
}

/** What every directory promises, wherever it keeps what it knows. */
export function describeRoomDirectory(name: string, make: () => Promise<DirectoryUnderTest>): void {
  describe(name, () => {
    let directory: RoomDirectory;
    let pass: DirectoryUnderTest['pass'];
    beforeEach(async () => {
      ({ directory, pass } = await make());
    });

    async function claimed(room: string, node: string): Promise<RoomLease> {
      const lease = await directory.claim(room, node);
      expect(lease.node).toBe(node);
      return lease;
    }

    test('gives a room to the first that claims it, and tells the others whose it is', async () => {
      await Promise.all([directory.join('a'), directory.join('b')]);
      expect(await directory.find('weekly')).toBeUndefined();
      const [first, second] = await Promise.all([
        directory.claim('weekly', 'a'),
        directory.claim('weekly', 'b'),
      ]);
      expect(second).toEqual(first);
      expect(await directory.find('weekly')).toEqual(first);
      expect(first).toMatchObject({ room: 'weekly', node: 'a' });
    });

    test('gives nothing to a node that is no member', async () => {
      await expect(directory.claim('weekly', 'a')).rejects.toMatchObject({ code: 'node_absent' });
      await directory.join('a');
      await directory.leave('a');
      await expect(directory.claim('weekly', 'a')).rejects.toMatchObject({ code: 'node_absent' });
      expect(await directory.find('weekly')).toBeUndefined();
    });

    test('lets a room go when it is released', async () => {
      await Promise.all([directory.join('a'), directory.join('b')]);
      await directory.release(await claimed('weekly', 'a'));
      expect(await directory.find('weekly')).toBeUndefined();
      await claimed('weekly', 'b');
    });

    test('takes nothing from a successor when an old lease is released', async () => {
      await Promise.all([directory.join('a'), directory.join('b')]);
      const old = await claimed('weekly', 'a');
      await directory.release(old);
      const newer = await claimed('weekly', 'a');
      expect(newer.fencingToken).toBeGreaterThan(old.fencingToken);
      await directory.release(old);
      expect(await directory.find('weekly')).toEqual(newer);
    });

    test('does what one user asks in the order in which it was asked', async () => {
      await directory.join('a');
      const old = await claimed('weekly', 'a');
      const [, newer] = await Promise.all([directory.release(old), directory.claim('weekly', 'a')]);
      expect(newer.fencingToken).toBeGreaterThan(old.fencingToken);
      expect(await directory.find('weekly')).toEqual(newer);
    });

    test('keeps the rooms of a node that is renewed in time', async () => {
      await directory.join('a');
      const lease = await claimed('weekly', 'a');
      for (let turn = 0; turn < 5; turn += 1) {
        await pass(directory.timeToLive * 0.6);
        expect(await directory.renew('a')).toBe(true);
      }
      expect(await directory.find('weekly')).toEqual(lease);
    });

    test('frees the rooms of a node that is not renewed in time, and tells it when it comes back', async () => {
      await Promise.all([directory.join('a'), directory.join('b')]);
      const old = await claimed('weekly', 'a');
      await pass(directory.timeToLive * 0.6);
      expect(await directory.renew('b')).toBe(true);
      await pass(directory.timeToLive * 0.6);
      expect(await directory.find('weekly')).toBeUndefined();
      const newer = await claimed('weekly', 'b');
      expect(newer.fencingToken).toBeGreaterThan(old.fencingToken);

      expect(await directory.renew('a')).toBe(false);
      await directory.join('a');
      expect(await directory.claim('weekly', 'a')).toEqual(newer);
      await directory.release(old);
      expect(await directory.find('weekly')).toEqual(newer);
    });

    test('frees the rooms of a node that leaves or starts anew, and no others', async () => {
      await Promise.all([directory.join('a'), directory.join('b')]);
      await claimed('weekly', 'a');
      const kept = await claimed('daily', 'b');
      await directory.join('a');
      expect(await directory.find('weekly')).toBeUndefined();
      await claimed('monthly', 'a');
      await directory.leave('a');
      expect(await directory.find('monthly')).toBeUndefined();
      expect(await directory.renew('a')).toBe(false);
      expect(await directory.find('daily')).toEqual(kept);
    });

    test('never gives one room to two, and no token twice, whatever happens in whatever order', async () => {
      const step = fc.record({
        action: fc.constantFrom('join', 'leave', 'renew', 'claim', 'release', 'pass'),
        node: fc.constantFrom('a', 'b', 'c'),
        room: fc.constantFrom('daily', 'weekly'),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
          const fresh = await make();
          const held = new Map<string, RoomLease>();
          const tokens = new Map<number, RoomLease>();
          for (const { action, node, room } of steps) {
            if (action === 'join') await fresh.directory.join(node);
            else if (action === 'leave') await fresh.directory.leave(node);
            else if (action === 'renew') await fresh.directory.renew(node);
            else if (action === 'pass') await fresh.pass(fresh.directory.timeToLive / 2);
            else if (action === 'release') {
              const lease = held.get(room);
              if (lease) await fresh.directory.release(lease);
            } else {
              const before = await fresh.directory.find(room);
              const lease = await fresh.directory.claim(room, node).catch(() => undefined);
              if (lease === undefined) continue;
              if (before !== undefined) expect(lease).toEqual(before);
              else expect(lease.fencingToken).toBeGreaterThan(held.get(room)?.fencingToken ?? 0);
              expect(tokens.get(lease.fencingToken) ?? lease).toEqual(lease);
              tokens.set(lease.fencingToken, lease);
              held.set(room, lease);
            }
          }
        }),
        { seed: 8443 },
      );
    });
  });
}
