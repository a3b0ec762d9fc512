import { describe, expect, test } from 'vitest';
import { guestTokenRequest } from '../src/index.js';

describe('guestTokenRequest', () => {
  test.each([
    'A',
    'Ada Lovelace',
    'Zoë',
    '李小龍',
    '👩‍👩‍👧‍👦',
    'می‌خواهم',
    'x'.repeat(64),
    '👋🏽'.repeat(64),
    '👨🏻‍👩🏻‍👧🏻‍👦🏻',
    'שָׁלוֹם',
    'ก็ได้',
  ])('accepts the name %j', (name) => {
    expect(guestTokenRequest.parse({ room: 'r', name }).name).toBe(name.normalize('NFC'));
  });

  test('trims and composes, so that one name is one text', () => {
    expect(guestTokenRequest.parse({ room: ' Cafe\u0301 ', name: ' Ada\n' })).toEqual({
      room: 'café',
      name: 'Ada',
    });
  });

  test.each(['Kitchen', ' KITCHEN ', 'ｋｉｔｃｈｅｎ'])('%s is the room kitchen', (room) => {
    expect(guestTokenRequest.parse({ room, name: 'Ada' })).toEqual({ room: 'kitchen', name: 'Ada' });
  });

  test.each(['channel:1', ' Channel:x', 'ｃｈａｎｎｅｌ：1'])(
    "%s is the room of a channel, and no guest's",
    (room) => {
      const result = guestTokenRequest.safeParse({ room, name: 'Ada' });
      expect(result.error?.issues[0]?.message).toBe('"room" must not begin with "channel:"');
    },
  );

  test.each<[name: unknown, why: string]>([
    ['', 'empty'],
    [' \t ', 'blank'],
    ['x'.repeat(65), 'too long'],
    ['a\u0000b', 'a control character'],
    ['a\nb', 'a line break'],
    ['\u202eadA', 'a bidirectional override'],
    ['\u200b', 'invisible'],
    ['\u200d\u200c', 'only joiners'],
    ['g' + '\u0300'.repeat(400), 'a letter under four hundred marks'],
    ['\u{1f469}\u200d'.repeat(64) + '\u{1f469}', 'one picture without an end'],
    ['👨‍👩‍👧‍👦'.repeat(40), 'too many bytes'],
    ['a\ud800', 'half a surrogate pair'],
    [7, 'a number'],
    [undefined, 'missing'],
  ])('refuses the name %j: %s', (name) => {
    const result = guestTokenRequest.safeParse({ room: 'r', name });
    expect(result.error?.issues[0]?.message).toBe('"name" must be 1 to 64 visible characters');
  });
});
