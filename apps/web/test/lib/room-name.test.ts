import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isLinkable, NAME_LIMIT, roomKey, suggestRoomName } from '../../src/lib/room-name.js';

it('suggests names of two words and three digits, whatever the randomness', () => {
  const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(unit, unit, unit), (values) => {
      const queue = [...values];
      const name = suggestRoomName(() => queue.shift() ?? 0);
      expect(name).toMatch(/^[a-z]+-[a-z]+-[1-9]\d\d$/);
      expect(name.length).toBeLessThanOrEqual(NAME_LIMIT);
    }),
    { seed: 7 },
  );
});

it('takes spellings that differ in case or form for one room', () => {
  expect(roomKey('Weekly')).toBe(roomKey('weekly'));
  expect(roomKey('Ｗｅｅｋｌｙ ')).toBe(roomKey('weekly'));
  expect(roomKey('Cafe\u0301')).toBe(roomKey('CAFÉ'));
  expect(roomKey('weekly 2')).not.toBe(roomKey('weekly'));
});

it('knows the rooms to which no link leads', () => {
  for (const room of ['.', '..', ' .. ', '．']) expect(isLinkable(room), room).toBe(false);
  for (const room of ['...', '.a', 'a.']) expect(isLinkable(room), room).toBe(true);
});
