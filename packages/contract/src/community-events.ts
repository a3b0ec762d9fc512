import * as z from 'zod/mini';
import { channelFacts } from './channels.js';

const ofChannel = z.object({ channel: channelFacts });

/** Of communities and what is in them, but for messages. */
export const communityEvents = [
  z.object({ type: z.literal('channel_created'), payload: ofChannel }),
  z.object({ type: z.literal('channel_changed'), payload: ofChannel }),
  z.object({
    type: z.literal('channel_deleted'),
    payload: z.object({ community_id: z.string(), channel_id: z.string() }),
  }),
] as const;
