import type { Community, VoiceNow } from '@parley/contract';
import type { VoicePlace } from './voice-queries.js';

type Seen = Pick<Community, 'channels'>;

/** The voice channels among those that somebody sees in a community. */
export function voicePlacesOf({ channels }: Seen): VoicePlace[] {
  return channels
    .filter(({ kind }) => kind === 'voice')
    .map(({ id, community_id }) => ({ channelId: id, communityId: community_id }));
}

/** Of several communities' calls, those of this one. */
export function voiceIn({ channels }: Seen, { revision, channels: calls }: VoiceNow): VoiceNow {
  const ids = new Set(channels.map(({ id }) => id));
  return { revision, channels: calls.filter(({ channel_id }) => ids.has(channel_id)) };
}
