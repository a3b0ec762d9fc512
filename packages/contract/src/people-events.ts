import * as z from 'zod/mini';
import { conversationFacts } from './conversations.js';
import { person } from './people.js';
import { relationTo } from './relations.js';

const ofConversation = z.object({ conversation: conversationFacts });

/** Of people, and of conversations but for what is written in them. */
export const peopleEvents = [
  z.object({ type: z.literal('profile_changed'), payload: z.object({ person }) }),
  /** To oneself: what one is told of is another now; ask for it again. */
  z.object({ type: z.literal('notifications_changed'), payload: z.object({}) }),
  z.object({ type: z.literal('relation_changed'), payload: relationTo }),
  /** To whose they were: what hangs on them ends with them. */
  z.object({ type: z.literal('sessions_ended'), payload: z.object({ ids: z.array(z.string()) }) }),
  z.object({ type: z.literal('conversation_opened'), payload: ofConversation }),
  /** Its name, its members, or what one may do in it. */
  z.object({ type: z.literal('conversation_changed'), payload: ofConversation }),
  z.object({ type: z.literal('conversation_left'), payload: z.object({ id: z.string() }) }),
] as const;
