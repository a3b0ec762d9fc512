import * as z from 'zod/mini';
import { idInPath, wholeNumber } from './fields.js';
import { availability } from './presence.js';
import { relation } from './relation.js';
import { visibleText } from './visible-text.js';

const YEAR = 31_536_000;
const FROM = '"direct_messages_from" must be "members" or "friends"';
const directMessagesFrom = z.enum(['members', 'friends'], { error: FROM });

/** What somebody says of how they are. */
export const status = z.object({
  text: z.nullable(z.string()),
  emoji: z.nullable(z.string()),
  /** When it ends, in ISO 8601; null for never. */
  until: z.nullable(z.string()),
});

/** What people say of themselves where there is room for it. */
const ofProfile = {
  pronouns: z.nullable(z.string()),
  about: z.nullable(z.string()),
};

/** Somebody as others see them. */
export const person = z.object({
  id: z.string(),
  user_name: z.string(),
  display_name: z.nullable(z.string()),
  /** Id of a file; null for none. */
  avatar: z.nullable(z.string()),
  status: z.nullable(status),
});

/** Oneself. */
export const profile = z.extend(person, {
  /** Who may begin a conversation with one: members of a common community, or friends alone. */
  direct_messages_from: directMessagesFrom,
  ...ofProfile,
  availability,
});

/** Body of `PATCH /api/v1/me/profile`: what is absent stays as it is. */
export const profileChange = z.object({
  display_name: z.optional(z.nullable(visibleText('display_name', { characters: 64, bytes: 256 }))),
  status: z.optional(
    z.nullable(
      z.object(
        {
          text: z.nullable(visibleText('status.text', { characters: 128, bytes: 512 })),
          emoji: z.nullable(visibleText('status.emoji', { characters: 1, bytes: 64 })),
          /** Seconds; null for ever. */
          expires_in: z.nullable(wholeNumber('status.expires_in', { least: 60, most: YEAR })),
        },
        { error: '"status" must be null or have "text", "emoji" and "expires_in"' },
      ),
    ),
  ),
  direct_messages_from: z.optional(directMessagesFrom),
  pronouns: z.optional(z.nullable(visibleText('pronouns', { characters: 40, bytes: 160 }))),
  about: z.optional(z.nullable(visibleText('about', { characters: 200, bytes: 2048 }))),
});

/** Query of `GET /api/v1/people`. */
export const peopleQuery = z.object({
  /** Those with a name that begins with it, or with a word that does; absent: all. */
  query: z.optional(visibleText('query', { characters: 64, bytes: 256 })),
});

/** Answer of it: the first by user name. */
export const foundPeople = z.object({ people: z.array(person) });

/** What stands in the path of `GET /api/v1/people/:id`. */
export const personPath = z.object({ id: idInPath('person') });

/** Answer of `GET /api/v1/people/:id`. */
export const seenPerson = z.object({
  person,
  ...ofProfile,
  relation: z.nullable(relation),
  /** Ids of the communities in which both are members. */
  common_communities: z.array(z.string()),
});

export type Status = z.output<typeof status>;
export type Person = z.output<typeof person>;
export type Profile = z.output<typeof profile>;
export type ProfileChange = z.output<typeof profileChange>;
export type SeenPerson = z.output<typeof seenPerson>;
