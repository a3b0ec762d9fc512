import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMessage,
  formatTime,
  groupMessages,
  HISTORY_LIMIT,
  splitLinks,
  type ChatMessage,
} from '../../src/chat/chat-message.js';

const message = (id: string, changes: Partial<ChatMessage> = {}): ChatMessage => ({
  id,
  identity: 'ada',
  name: 'Ada',
  text: 'hello',
  time: 0,
  isOwn: false,
  state: 'sent',
  ...changes,
});

describe('addMessage', () => {
  it('adds to the end and replaces in place', () => {
    const two = addMessage([message('a', { state: 'sending' })], message('b'));
    expect(two.map((m) => m.id)).toEqual(['a', 'b']);
    expect(addMessage(two, message('a', { state: 'failed' })).map((m) => m.state)).toEqual([
      'failed',
      'sent',
    ]);
  });

  it('forgets the oldest beyond the limit', () => {
    let messages: ChatMessage[] = [];
    for (let i = 0; i <= HISTORY_LIMIT; i++) messages = addMessage(messages, message(String(i)));
    expect(messages).toHaveLength(HISTORY_LIMIT);
    expect(messages[0]?.id).toBe('1');
  });
});

describe('groupMessages', () => {
  it('groups what one person wrote within five minutes', () => {
    const groups = groupMessages([
      message('a'),
      message('b', { time: 60_000 }),
      message('c', { time: 61_000, identity: 'bob' }),
      message('d', { time: 62_000 }),
      message('e', { time: 62_000 + 5 * 60_000 }),
    ]);
    expect(groups.map((group) => group.messages.map((m) => m.id))).toEqual([['a', 'b'], ['c'], ['d'], ['e']]);
  });
});

describe('splitLinks', () => {
  it('links web addresses and leaves the full stop out', () => {
    expect(splitLinks('See https://example.com/a?b=1. Thanks')).toEqual([
      { text: 'See ' },
      { text: 'https://example.com/a?b=1', href: 'https://example.com/a?b=1' },
      { text: '. Thanks' },
    ]);
  });

  it.each([
    ['(see https://example.com/a_(b))', 'https://example.com/a_(b)'],
    ['https://en.wikipedia.org/wiki/Foo_(bar).', 'https://en.wikipedia.org/wiki/Foo_(bar)'],
    ['[https://example.com/x]', 'https://example.com/x'],
    ['https://example.com/a\u202Emoc.live', 'https://example.com/a'],
  ])('knows where the address in %j ends', (text, href) => {
    expect(splitLinks(text).find((part) => part.href !== undefined)?.href).toBe(href);
  });

  it('links nothing but http and https', () => {
    for (const text of ['javascript:alert(1)', 'data:text/html,x', 'ftp://example.com', 'https://']) {
      expect(splitLinks(text).every((part) => part.href === undefined)).toBe(true);
    }
  });

  it('keeps every character', () => {
    const pieces = fc.constantFrom('http://', 'https://a.b', ' ', '.', 'x', '<', '"', '\n', 'é', '🎉');
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        const text = parts.join('');
        expect(
          splitLinks(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
      { seed: 7 },
    );
  });
});

it('writes the time of day in the reader’s manner', () => {
  const noon = new Date(2026, 0, 5, 12, 7).getTime();
  expect(formatTime(noon, 'de-DE')).toBe('12:07');
  expect(formatTime(noon, 'en-US')).toMatch(/^12:07\sPM$/u);
});
