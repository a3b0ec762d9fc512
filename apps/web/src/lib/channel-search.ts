/** What an address says of a channel besides which it is. */
export interface ChannelSearch {
  /** The panel that is open beside it, such as its pins. */
  panel?: string | undefined;
  /** Id of the message whose thread is open in the panel. */
  thread?: string | undefined;
  /** Id of the message to be shown. */
  message?: string | undefined;
  /** What is searched for in the panel. */
  q?: string | undefined;
}

const NAME = /^[a-z]{1,20}$/u;
const ID = /^[\w-]{1,64}$/u;
const LONGEST_QUERY = 500;

/** The parts of an address that are there and make sense. */
export function channelSearch({ panel, thread, message, q }: Record<string, unknown>): ChannelSearch {
  return {
    ...(isLike(panel, NAME) && { panel }),
    ...(isLike(thread, ID) && { thread }),
    ...(isLike(message, ID) && { message }),
    ...(typeof q === 'string' && { q: q.slice(0, LONGEST_QUERY) }),
  };
}

function isLike(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}
