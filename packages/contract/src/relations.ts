import * as z from 'zod/mini';
import { idInPath } from './fields.js';
import { person } from './people.js';
import { relation } from './relation.js';

const LONGEST_NAME = 64;
const NAME = '"user_name" must be a user name';

/** Answer of `GET /api/v1/relations`, by user name. */
export const relations = z.object({
  friends: z.array(person),
  /** Who asks to be one's friend. */
  incoming: z.array(person),
  /** Whom one has asked. */
  outgoing: z.array(person),
  /** Whom one has blocked. */
  blocked: z.array(person),
});

/** Body of `POST /api/v1/friend-requests`. */
export const friendRequest = z.object(
  { user_name: z.string({ error: NAME }).check(z.maxLength(LONGEST_NAME, { error: NAME })) },
  { error: 'Send JSON with "user_name"' },
);

/** What somebody is to one now; null for nobody in particular. */
export const relationTo = z.object({ person, relation: z.nullable(relation) });

/** What stands in the path of `/api/v1/friends/:user_id` and `/api/v1/blocks/:user_id`. */
export const relationPath = z.object({ user_id: idInPath('person') });

export type Relations = z.output<typeof relations>;
export type RelationTo = z.output<typeof relationTo>;
