import type { Conversation, Person } from '@parley/contract';

export function personOf(id: string, facts: Partial<Person> = {}): Person {
  return { id, user_name: id, display_name: null, avatar: null, status: null, ...facts };
}

/** A conversation of ada's with others. */
export function conversationOf(
  id: string,
  others: readonly Person[],
  facts: Partial<Conversation> = {},
): Conversation {
  return {
    id,
    kind: others.length === 1 ? 'direct' : 'group',
    name: '',
    members: [personOf('ada'), ...others],
    last_id: id,
    permissions: ['view_channel', 'read_history', 'send_messages', 'add_reactions'],
    ...facts,
  };
}
