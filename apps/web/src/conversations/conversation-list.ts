import type { Conversation, MessageFacts } from '@parley/contract';

/** Ids of messages sort by time. */
export function inOrder(conversations: readonly Conversation[]): Conversation[] {
  return conversations.toSorted((one, other) => (one.last_id < other.last_id ? 1 : -1));
}

/** With one that has come, or is another now. */
export function withConversation(
  conversations: readonly Conversation[],
  changed: Conversation,
): Conversation[] {
  return inOrder([...conversations.filter(({ id }) => id !== changed.id), changed]);
}

/** A conversation in which something was written stands first. */
export function afterMessage(
  conversations: readonly Conversation[],
  { channel_id, thread_id, id }: Pick<MessageFacts, 'channel_id' | 'thread_id' | 'id'>,
): readonly Conversation[] {
  const found = conversations.find((one) => one.id === channel_id);
  if (found === undefined || thread_id !== null || found.last_id >= id) return conversations;
  return withConversation(conversations, { ...found, last_id: id });
}
