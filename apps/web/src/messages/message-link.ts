import type { Message } from '@parley/contract';

/** The address that leads to a message of the channel that is open. */
export function messageLink(
  { origin, pathname }: Pick<Location, 'origin' | 'pathname'>,
  { id, thread_id }: Pick<Message, 'id' | 'thread_id'>,
): string {
  const search = new URLSearchParams({ ...(thread_id !== null && { thread: thread_id }), message: id });
  return `${origin}${pathname}?${search.toString()}`;
}
