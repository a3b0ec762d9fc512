import type { Channel, Community } from '@parley/contract';

/** What is to be known of a channel, or a conversation, to show what is written in it. */
export type MessagesPlace = Pick<Channel, 'id' | 'name' | 'permissions' | 'archived' | 'slow_mode'>;

/** Where messages are read, and by whom. */
export interface Place {
  /** Undefined in conversations. */
  community: Community | undefined;
  /** Id of who is signed in. */
  me: string;
}
