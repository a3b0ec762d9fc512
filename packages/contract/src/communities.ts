import * as z from 'zod/mini';
import { channel } from './channels.js';
import { idField, idInPath, maybeText, TITLE_LIMITS } from './fields.js';
import { role } from './roles.js';
import { visibleText } from './visible-text.js';
import { voiceNow } from './voice.js';

const description = maybeText('description', { characters: 1024, bytes: 4096 });

/** What one is told of a community, whoever one is. */
export const communityFacts = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** Ids of files; null for none. */
  icon: z.nullable(z.string()),
  banner: z.nullable(z.string()),
  owner_id: z.string(),
});

/** A community, and what one may do in it. */
export const communitySummary = z.extend(communityFacts, { permissions: z.array(z.string()) });

/** Answer of `GET /api/v1/communities`: those that one is a member of, in the order in which one joined. */
export const ownCommunities = z.object({ communities: z.array(communitySummary) });

/** A community with its roles, the highest first, the channels that one sees, in their order, and who is in their calls. */
export const community = z.extend(communitySummary, {
  roles: z.array(role),
  channels: z.array(channel),
  voice: voiceNow,
});

/** Body of `POST /api/v1/communities`. */
export const newCommunity = z.object(
  { name: visibleText('name', TITLE_LIMITS), description: z.optional(description) },
  { error: 'Send JSON with "name"' },
);

/** What stands in the path of `/api/v1/communities/:id`. */
export const communityPath = z.object({ id: idInPath('community') });

/** Body of `PATCH /api/v1/communities/:id`: what is absent stays as it is. */
export const communityChange = z.object({
  id: idInPath('community'),
  name: z.optional(visibleText('name', TITLE_LIMITS)),
  description: z.optional(description),
});

/** Body of `POST /api/v1/communities/:id/owner`. */
export const newOwner = z.object(
  { id: idInPath('community'), user_id: idField('user_id', 'a member') },
  { error: 'Send JSON with "user_id"' },
);

export type CommunityFacts = z.output<typeof communityFacts>;
export type CommunitySummary = z.output<typeof communitySummary>;
export type Community = z.output<typeof community>;
export type NewCommunity = z.output<typeof newCommunity>;
export type CommunityChange = z.output<typeof communityChange>;
