import * as z from 'zod/mini';
import { signInRequest } from './accounts.js';
import { person } from './people.js';

const YEAR = 31_536_000;
const LIFETIME = `"expires_in" must be null or whole seconds from 60 to ${YEAR}`;
const USES = '"most_uses" must be null or a whole number from 1 to 10000';

/** Body of `POST /api/v1/invites`. */
export const inviteRequest = z.object(
  {
    community_id: z.uuid({ error: '"community_id" must be the id of a community' }),
    /** Seconds; null for ever. */
    expires_in: z.nullable(
      z
        .int({ error: LIFETIME })
        .check(z.minimum(60, { error: LIFETIME }), z.maximum(YEAR, { error: LIFETIME })),
    ),
    /** Null for any number. */
    most_uses: z.nullable(
      z.int({ error: USES }).check(z.minimum(1, { error: USES }), z.maximum(10_000, { error: USES })),
    ),
  },
  { error: 'Send JSON with "community_id", "expires_in" and "most_uses"' },
);

/** What stands in the path of `/api/v1/invites/:code`. */
export const invitePath = z.object({ code: z.string() });

/** Body of `POST /api/v1/invites/:code/account`, and the code of the path. */
export const newAccountRequest = z.extend(signInRequest, { code: z.string() });

/** What an invite is for. */
export const invite = z.object({
  code: z.string(),
  community: z.object({ id: z.string(), name: z.string() }),
  /** In ISO 8601; null for never. */
  expires_at: z.nullable(z.string()),
});

/** Answer of `GET /api/v1/communities/:id/invites`: those in force, the newest first. Times are in ISO 8601. */
export const communityInvites = z.object({
  invites: z.array(
    z.object({
      code: z.string(),
      made_by: person,
      created_at: z.string(),
      /** Null for never. */
      expires_at: z.nullable(z.string()),
      /** Null for any number. */
      most_uses: z.nullable(z.int()),
      uses: z.int(),
    }),
  ),
});

export type CommunityInvites = z.output<typeof communityInvites>;
export type Invite = z.output<typeof invite>;
