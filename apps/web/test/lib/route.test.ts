import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roomFromPath, roomPath } from '../../src/lib/route.js';

describe('roomFromPath', () => {
  it('reads the room of an invitation', () => {
    expect(roomFromPath('/r/weekly-planning')).toBe('weekly-planning');
    expect(roomFromPath('/r/weekly-planning/')).toBe('weekly-planning');
    expect(roomFromPath('/r/caf%C3%A9%20%2F%20bar')).toBe('café / bar');
  });

  it('finds no room elsewhere', () => {
    for (const path of ['/', '/r/', '/r', '/r/a/b', '/x/a', '/r/%20'])
      expect(roomFromPath(path)).toBeUndefined();
  });

  it('survives broken escapes', () => {
    expect(roomFromPath('/r/%E0%A4%A')).toBeUndefined();
  });

  it('reads back every room that roomPath writes', () => {
    const rooms = fc.string({ unit: 'grapheme', minLength: 1 }).map((room) => room.trim());
    fc.assert(
      fc.property(
        rooms.filter((room) => room !== ''),
        (room) => {
          expect(roomFromPath(roomPath(room))).toBe(room);
        },
      ),
      { seed: 7 },
    );
  });
});
