import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NAME_LIMIT, suggestRoomName } from '../../src/lib/room-name.js';

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
