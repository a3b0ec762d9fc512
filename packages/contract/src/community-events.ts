import * as z from 'zod/mini';
import { channelFacts } from './channels.js';
import { communityFacts } from './communities.js';
import { member } from './members.js';
import { role } from './roles.js';

const ofChannel = z.object({ channel: channelFacts });
const ofMember = z.object({ community_id: z.string(), member });
const ofCommunity = z.object({ community_id: z.string() });

/** Of communities and what is in them, but for messages. */
export const communityEvents = [
  z.object({ type: z.literal('community_changed'), payload: z.object({ community: communityFacts }) }),
  z.object({ type: z.literal('community_deleted'), payload: ofCommunity }),
  /** To who joins or makes one, on all devices. */
  z.object({ type: z.literal('community_joined'), payload: ofCommunity }),
  /** To who is a member no more. */
  z.object({ type: z.literal('community_left'), payload: ofCommunity }),
  /** What one may see and do there may be another: ask for the community again. */
  z.object({ type: z.literal('permissions_changed'), payload: ofCommunity }),
  z.object({ type: z.literal('channel_created'), payload: ofChannel }),
  z.object({ type: z.literal('channel_changed'), payload: ofChannel }),
  z.object({
    type: z.literal('channel_deleted'),
    payload: z.object({ community_id: z.string(), channel_id: z.string() }),
  }),
  /** Channels stand elsewhere: ask for the community again. */
  z.object({ type: z.literal('channels_moved'), payload: ofCommunity }),
  /** What they allow may be another: ask for the community again. */
  z.object({
    type: z.literal('roles_changed'),
    payload: z.object({ community_id: z.string(), roles: z.array(role) }),
  }),
  z.object({ type: z.literal('member_joined'), payload: ofMember }),
  z.object({ type: z.literal('member_changed'), payload: ofMember }),
  z.object({
    type: z.literal('member_left'),
    payload: z.object({ community_id: z.string(), user_id: z.string() }),
  }),
] as const;
