import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelFromPath, channelPath, roomFromPath, roomPath } from '../../src/lib/route.js';

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

describe('channelFromPath', () => {
  it('reads the channel of an address, and none elsewhere', () => {
    expect(channelFromPath(channelPath({ communityId: '1', id: '2' }))).toBe('2');
    expect(channelFromPath('/c/1/2/')).toBe('2');
    for (const path of ['/', '/c/1', '/c/1/', '/r/1', '/c/1/2/3']) {
      expect(channelFromPath(path)).toBeUndefined();
    }
  });
});
