import type { Channel, Community } from '@parley/contract';

/** What is to be known of a channel, or a conversation, to show what is written in it. */
export interface MessagesPlace extends Pick<
  Channel,
  'id' | 'name' | 'permissions' | 'archived' | 'slow_mode'
> {
  /** Who is in a conversation; those of a community are asked for. */
  people?: readonly { id: string; name: string }[];
}

/** Where messages are read, and by whom. */
export interface Place {
  /** Undefined in conversations. */
  community: Community | undefined;
  /** Id of who is signed in. */
  me: string;
}
