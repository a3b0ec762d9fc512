import * as z from 'zod/mini';
import { idField, idInPath, maybeText, TITLE_LIMITS } from './fields.js';
import { person } from './people.js';

const MOST_OTHERS = 9;
const PEOPLE = `"user_ids" must be a list of 1 to ${MOST_OTHERS} ids of people`;
const title = maybeText('name', TITLE_LIMITS);

/** A conversation outside of communities, whoever of its members one is. */
export const conversationFacts = z.object({
  /** Of its channel. */
  id: z.string(),
  /** Of two people, or of several. */
  kind: z.enum(['direct', 'group']),
  /** Empty where it has none. */
  name: z.string(),
  /** In the order in which they came. */
  members: z.array(person),
  /** Id of the newest message, or its own where nothing is written: conversations are in order by it. */
  last_id: z.string(),
});

/** A conversation, and what one may do in it. */
export const conversation = z.extend(conversationFacts, { permissions: z.array(z.string()) });

/** Answer of `GET /api/v1/conversations`: where somebody wrote last comes first. */
export const ownConversations = z.object({ conversations: z.array(conversation) });

/** Body of `POST /api/v1/conversations/direct`. */
export const directRequest = z.object(
  { user_id: idField('user_id', 'a person') },
  { error: 'Send JSON with "user_id"' },
);

/** Body of `POST /api/v1/conversations/group`. */
export const groupRequest = z.object(
  {
    name: z.optional(title),
    user_ids: z
      .array(idField('user_ids', 'a person'), { error: PEOPLE })
      .check(z.minLength(1, { error: PEOPLE }), z.maxLength(MOST_OTHERS, { error: PEOPLE })),
  },
  { error: 'Send JSON with "user_ids"' },
);

/** What stands in the path of `/api/v1/conversations/:id`. */
export const conversationPath = z.object({ id: idInPath('conversation') });

/** Body of `PATCH /api/v1/conversations/:id`. */
export const conversationChange = z.object(
  { id: idInPath('conversation'), name: title },
  { error: 'Send JSON with "name"' },
);

/** What stands in the path of `PUT /api/v1/conversations/:id/members/:user_id`. */
export const conversationMemberPath = z.object({
  id: idInPath('conversation'),
  user_id: idInPath('person'),
});

export type ConversationFacts = z.output<typeof conversationFacts>;
export type Conversation = z.output<typeof conversation>;
export type GroupRequest = z.output<typeof groupRequest>;
export type ConversationChange = z.output<typeof conversationChange>;
