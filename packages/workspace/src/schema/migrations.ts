import type { Migration } from 'kysely';
import { communitiesSchema } from './communities-schema.js';
import { firstSchema } from './first-schema.js';
import { filesSchema } from './files-schema.js';
import { messagesSchema } from './messages-schema.js';
import { notificationsSchema } from './notifications-schema.js';
import { presenceSchema } from './presence-schema.js';
import { voiceSchema } from './voice-schema.js';

/** What makes the tables, to be run in the order of the names. */
export const migrations: Record<string, Migration> = {
  '0001-accounts': firstSchema,
  '0002-communities': communitiesSchema,
  '0003-messages': messagesSchema,
  '0004-files': filesSchema,
  '0005-presence': presenceSchema,
  '0006-notifications': notificationsSchema,
  '0007-voice': voiceSchema,
};
