import { channelRoom } from '@parley/contract';

/** Where a call is: a room that guests may join by its name, or a channel or conversation of the workspace. */
export interface CallPlace {
  /** A room as the person spells it; of a channel its room on the media server. */
  room: string;
  /** What people call it. */
  title: string;
  /** Absent for a room of guests. */
  channel?: ChannelOfCall;
}

export interface ChannelOfCall {
  id: string;
  /** Null for a conversation. */
  communityId: string | null;
}

export function roomPlace(room: string): CallPlace {
  return { room, title: room };
}

export function channelPlace(channel: ChannelOfCall, title: string): CallPlace {
  return { room: channelRoom(channel.id), title, channel };
}

/** Whether it is the call of a conversation. */
export function isOfConversation({ channel }: CallPlace): boolean {
  return channel?.communityId === null;
}
