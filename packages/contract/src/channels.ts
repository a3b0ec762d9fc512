import * as z from 'zod/mini';
import { idField, idInPath, maybeText, TITLE_LIMITS, wholeNumber, yesOrNo } from './fields.js';
import { visibleText } from './visible-text.js';

const SIX_HOURS = 21_600;
const KIND = '"kind" must be "text", "voice" or "category"';
const kind = z.enum(['text', 'voice', 'category'], { error: KIND });
const topic = maybeText('topic', { characters: 1024, bytes: 4096 });
const slowMode = wholeNumber('slow_mode', { least: 0, most: SIX_HOURS });
const category = z.nullable(idField('category_id', 'a category, or null'));

/** What one is told of a channel of a community, whoever one is. */
export const channelFacts = z.object({
  id: z.string(),
  community_id: z.string(),
  kind,
  /** Null for channels above all categories, and for categories. */
  category_id: z.nullable(z.string()),
  name: z.string(),
  topic: z.string(),
  /** Among the channels of the community; not every number is taken. */
  position: z.int(),
  /** Whether it is seen only by who is let. */
  private: z.boolean(),
  /** Seconds between two messages of one person; 0 for none. */
  slow_mode: z.int(),
  archived: z.boolean(),
});

/** A channel, and what one may do in it. Of a category that one sees for its channels alone that is nothing. */
export const channel = z.extend(channelFacts, { permissions: z.array(z.string()) });

/** Body of `POST /api/v1/communities/:id/channels`, and the id of the path. */
export const newChannel = z.object(
  {
    id: idInPath('community'),
    kind,
    name: visibleText('name', TITLE_LIMITS),
    topic: z.optional(topic),
    category_id: z.optional(category),
    /** Absent: as its category. */
    private: z.optional(yesOrNo('private')),
    slow_mode: z.optional(slowMode),
  },
  { error: 'Send JSON with "kind" and "name"' },
);

/** What stands in the path of `/api/v1/channels/:id`. */
export const channelPath = z.object({ id: idInPath('channel') });

/** Body of `PATCH /api/v1/channels/:id`: what is absent stays as it is. */
export const channelChange = z.object({
  id: idInPath('channel'),
  name: z.optional(visibleText('name', TITLE_LIMITS)),
  topic: z.optional(topic),
  private: z.optional(yesOrNo('private')),
  slow_mode: z.optional(slowMode),
  archived: z.optional(yesOrNo('archived')),
});

/** Body of `POST /api/v1/channels/:id/move`: into a category, before one of its channels or, with null, behind all. */
export const channelMove = z.object(
  {
    id: idInPath('channel'),
    category_id: category,
    before: z.nullable(idField('before', 'a channel, or null')),
  },
  { error: 'Send JSON with "category_id" and "before"' },
);

export type ChannelFacts = z.output<typeof channelFacts>;
export type Channel = z.output<typeof channel>;
export type NewChannel = z.output<typeof newChannel>;
export type ChannelChange = z.output<typeof channelChange>;
export type ChannelMove = z.output<typeof channelMove>;
