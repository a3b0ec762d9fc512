import * as z from 'zod/mini';
import { idInPath, maybeText, wholeNumber } from './fields.js';
import { listQuery } from './listing.js';
import { person } from './people.js';
import { visibleText } from './visible-text.js';

const FOUR_WEEKS = 2_419_200;
const YEAR = 31_536_000;

/** A member of a community. Times are in ISO 8601. */
export const member = z.object({
  person,
  /** What they are called in this community; null for their own name. */
  nickname: z.nullable(z.string()),
  /** Without @everyone. */
  role_ids: z.array(z.string()),
  joined_at: z.string(),
  /** Until when they may only read; null for members who may do what their roles allow. */
  timed_out_until: z.nullable(z.string()),
});

/** Query of `GET /api/v1/communities/:id/members`. */
export const memberQuery = z.object({
  id: idInPath('community'),
  ...listQuery,
  /** Those whose user name, name or nickname begins with it. */
  query: z.optional(visibleText('query', { characters: 64, bytes: 256 })),
});

/** A page of members, by their user names. */
export const memberPage = z.object({
  members: z.array(member),
  /** What to send as "cursor" for the next page; null on the last. */
  next: z.nullable(z.string()),
});

/** What stands in the path of `/api/v1/communities/:id/members/:user_id`. */
export const memberPath = z.object({ id: idInPath('community'), user_id: idInPath('member') });

/** Body of `PATCH /api/v1/communities/:id/members/:user_id`. */
export const memberChange = z.object(
  {
    ...memberPath.shape,
    nickname: z.nullable(visibleText('nickname', { characters: 32, bytes: 256 })),
  },
  { error: 'Send JSON with "nickname"' },
);

/** Body of `PUT /api/v1/communities/:id/members/:user_id/timeout`. */
export const memberTimeout = z.object(
  { ...memberPath.shape, seconds: wholeNumber('seconds', { least: 60, most: FOUR_WEEKS }) },
  { error: 'Send JSON with "seconds"' },
);

/** What stands in the path of `/api/v1/communities/:id/bans/:user_id`. */
export const banPath = z.object({ id: idInPath('community'), user_id: idInPath('account') });

/** Body of `PUT /api/v1/communities/:id/bans/:user_id`. */
export const newBan = z.object(
  {
    ...banPath.shape,
    reason: maybeText('reason', { characters: 512, bytes: 2048 }),
    /** Seconds; null for good. */
    expires_in: z.nullable(wholeNumber('expires_in', { least: 60, most: YEAR })),
  },
  { error: 'Send JSON with "reason" and "expires_in"' },
);

export const ban = z.object({
  person,
  reason: z.string(),
  /** Null when their account is gone. */
  banned_by: z.nullable(z.string()),
  banned_at: z.string(),
  /** Null for good. */
  until: z.nullable(z.string()),
});

/** Query of `GET /api/v1/communities/:id/bans`. */
export const banQuery = z.object({ id: idInPath('community'), ...listQuery });

/** A page of bans, by the user names of who is banned. */
export const banPage = z.object({ bans: z.array(ban), next: z.nullable(z.string()) });

export type Member = z.output<typeof member>;
export type MemberQuery = z.output<typeof memberQuery>;
export type MemberPage = z.output<typeof memberPage>;
export type MemberChange = z.output<typeof memberChange>;
export type MemberTimeout = z.output<typeof memberTimeout>;
export type NewBan = z.output<typeof newBan>;
export type Ban = z.output<typeof ban>;
export type BanQuery = z.output<typeof banQuery>;
export type BanPage = z.output<typeof banPage>;
