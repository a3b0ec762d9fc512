import type { VoiceState } from '@parley/contract';
import type { QueryClient } from '@tanstack/react-query';
import { communityQuery } from './community-queries.js';

/** Somebody came into the call of a channel, left it, or switched something. */
export function applyVoice(
  client: QueryClient,
  { community_id, ...state }: VoiceState & { community_id: string | null },
): void {
  if (community_id === null) return;
  client.setQueryData(communityQuery(community_id).queryKey, (community) => {
    if (community === undefined) return undefined;
    const others = community.voice.channels.filter(({ channel_id }) => channel_id !== state.channel_id);
    const known = community.voice.channels.find(({ channel_id }) => channel_id === state.channel_id);
    const newest = known !== undefined && known.revision > state.revision ? known : state;
    return { ...community, voice: { ...community.voice, channels: [...others, newest] } };
  });
}
