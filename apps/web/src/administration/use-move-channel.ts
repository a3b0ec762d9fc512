import type { Channel, Community } from '@parley/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { channelsApi } from '../api/channels.js';
import { useNotices } from '../ui/use-notices.js';
import { communityQuery } from '../workspace/community-queries.js';
import { problemText } from '../workspace/problem-text.js';
import { moved, type ChannelPlace } from './channel-moves.js';

/** Puts channels elsewhere: at once on the page, and back where the server does not agree. */
export function useMoveChannel(community: Community): (channel: Channel, to: ChannelPlace) => void {
  const client = useQueryClient();
  const { notify } = useNotices();
  const { queryKey } = communityQuery(community.id);
  const move = useMutation({
    mutationFn: ({ id, to }: { id: string; to: ChannelPlace }) => channelsApi.move({ id, ...to }),
    onMutate: async ({ id, to }) => {
      await client.cancelQueries({ queryKey });
      client.setQueryData(
        queryKey,
        (before) => before && { ...before, channels: moved(before.channels, id, to) },
      );
    },
    onError: (error) => notify(problemText(error), 'problem'),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  return ({ id }, to) => move.mutate({ id, to });
}
