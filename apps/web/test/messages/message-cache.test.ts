import { describe, expect, it } from 'vitest';
import {
  changeMessage,
  messagesIn,
  withMessage,
  withoutMessage,
  withoutReaction,
  withReaction,
  type LoadedMessages,
} from '../../src/messages/message-cache.js';
import { messageOf } from '../messages-fixtures.js';

const LOADED: LoadedMessages = {
  pages: [
    { messages: [messageOf('m3'), messageOf('m5')], older: true, newer: false },
    { messages: [messageOf('m1'), messageOf('m2')], older: false, newer: true },
  ],
  pageParams: [undefined, 'm3'],
};
const ids = (loaded: LoadedMessages) => messagesIn(loaded).map(({ id }) => id);

describe('what is loaded of a channel', () => {
  it('stands with the oldest first', () => {
    expect(ids(LOADED)).toEqual(['m1', 'm2', 'm3', 'm5']);
  });

  it('takes a message once, at its place, whichever way it comes first', () => {
    const more = withMessage(withMessage(LOADED, messageOf('m6')), messageOf('m4'));
    expect(ids(more)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5', 'm6']);
    expect(withMessage(more, messageOf('m4', { text: 'again' }))).toBe(more);
    expect(withMessage(LOADED, messageOf('m1'))).toBe(LOADED);
  });

  it('changes and drops messages, and what quotes them', () => {
    const edited = changeMessage(LOADED, 'm2', (message) => ({ ...message, text: 'new' }));
    expect(messagesIn(edited)[1]?.text).toBe('new');
    const preview = { ...messageOf('m2'), text: 'm2', files: 0, deleted: false };
    const answered = withMessage(LOADED, messageOf('m6', { reply_to: preview }));
    const dropped = withoutMessage(answered, 'm2');
    expect(ids(dropped)).toEqual(['m1', 'm3', 'm5', 'm6']);
    expect(messagesIn(dropped).at(-1)?.reply_to).toMatchObject({ deleted: true, text: '' });
  });

  it('counts one’s own reaction once, though the event comes after the press', () => {
    const mine = { emoji: '👍', mine: true };
    const theirs = { emoji: '👍', mine: false };
    const pressed = withReaction(messageOf('m'), mine);
    expect(withReaction(pressed, mine)).toBe(pressed);
    const both = withReaction(pressed, theirs);
    expect(both.reactions).toEqual([{ emoji: '👍', count: 2, mine: true }]);
    const back = withoutReaction(both, mine);
    expect(withoutReaction(back, mine)).toBe(back);
    expect(back.reactions).toEqual([{ emoji: '👍', count: 1, mine: false }]);
    expect(withoutReaction(back, theirs).reactions).toEqual([]);
  });
});
