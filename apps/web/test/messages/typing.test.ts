import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { hideTyping, showTyping, typingAt, typingQuery } from '../../src/messages/typing.js';

const PLACE = { channelId: 'general', threadId: null };

it('somebody types for some seconds after they said so, or until their message comes', () => {
  const client = new QueryClient();
  const typing = (now: number) =>
    typingAt(client.getQueryData(typingQuery(PLACE).queryKey) ?? [], now).map(({ name }) => name);
  showTyping(client, PLACE, { id: 'b', name: 'bob', now: 0 });
  showTyping(client, PLACE, { id: 'e', name: 'eve', now: 1000 });
  showTyping(client, PLACE, { id: 'b', name: 'bob', now: 3000 });
  expect(typing(3000)).toEqual(['eve', 'bob']);
  expect(typing(7500)).toEqual(['bob']);
  hideTyping(client, PLACE, 'b');
  expect(typing(3000)).toEqual(['eve']);
});
