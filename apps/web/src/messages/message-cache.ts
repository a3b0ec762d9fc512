import type { Message, MessageFacts, MessagePage, ThreadSummary } from '@parley/contract';
import type { InfiniteData } from '@tanstack/react-query';

/** The messages of a channel that are loaded, in pages, the newest first. */
export type LoadedMessages = InfiniteData<MessagePage>;

/** All of them, the oldest first; of those that were deleted the ones that hold a thread. */
export function messagesIn({ pages }: LoadedMessages): Message[] {
  return pages
    .toReversed()
    .flatMap(({ messages }) =>
      messages.filter(({ deleted, thread }) => !deleted || (thread?.reply_count ?? 0) > 0),
    );
}

/** A message that has just been written, if its place is loaded. It may have come before, by another way. */
export function withMessage(loaded: LoadedMessages, message: Message): LoadedMessages {
  const [newest, ...older] = loaded.pages;
  if (
    newest === undefined ||
    newest.newer ||
    loaded.pages.some(({ messages }) => messages.some(({ id }) => id === message.id))
  )
    return loaded;
  // Two that were written at once may arrive in either order; ids sort by time.
  const messages = [...newest.messages, message].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { ...loaded, pages: [{ ...newest, messages }, ...older] };
}

export function changeMessage(
  loaded: LoadedMessages,
  id: string,
  change: (message: Message) => Message,
): LoadedMessages {
  if (!loaded.pages.some(({ messages }) => messages.some((message) => message.id === id))) return loaded;
  const pages = loaded.pages.map((page) => {
    if (!page.messages.some((message) => message.id === id)) return page;
    return {
      ...page,
      messages: page.messages.map((message) => (message.id === id ? change(message) : message)),
    };
  });
  return { ...loaded, pages };
}

/** A message that is gone, and is no longer quoted by those that answer it. */
export function withoutMessage(loaded: LoadedMessages, gone: string): LoadedMessages {
  const pages = loaded.pages.map((page) => ({
    ...page,
    messages: page.messages.map((message): Message => {
      if (message.id === gone) return { ...message, deleted: true, text: '' };
      if (message.reply_to?.id !== gone) return message;
      return { ...message, reply_to: { ...message.reply_to, deleted: true, text: '' } };
    }),
  }));
  return { ...loaded, pages };
}

/** A message as an event tells of it: what it is to oneself is nothing yet. */
export function newMessage(facts: MessageFacts): Message {
  return { ...facts, reactions: [], thread: null, pinned: false, saved: false };
}

export interface ReactionChange {
  emoji: string;
  /** Whether it is one's own. */
  mine: boolean;
}

export function withReaction(message: Message, { emoji, mine }: ReactionChange): Message {
  const found = message.reactions.find((reaction) => reaction.emoji === emoji);
  // One's own was shown when it was pressed.
  if (mine && found?.mine === true) return message;
  if (found === undefined)
    return { ...message, reactions: [...message.reactions, { emoji, count: 1, mine }] };
  const more = { ...found, count: found.count + 1, mine: found.mine || mine };
  return {
    ...message,
    reactions: message.reactions.map((reaction) => (reaction === found ? more : reaction)),
  };
}

export function withoutReaction(message: Message, { emoji, mine }: ReactionChange): Message {
  const found = message.reactions.find((reaction) => reaction.emoji === emoji);
  if (found === undefined || (mine && !found.mine)) return message;
  const less = { ...found, count: found.count - 1, mine: found.mine && !mine };
  return {
    ...message,
    reactions: message.reactions
      .map((reaction) => (reaction === found ? less : reaction))
      .filter(({ count }) => count > 0),
  };
}

/** With what its thread has become. Who writes in a thread follows it. */
export function withThread(message: Message, thread: ThreadSummary, me: string): Message {
  const following = message.thread?.following ?? false;
  return {
    ...message,
    thread: { ...thread, following: following || thread.people.some(({ id }) => id === me) },
  };
}
