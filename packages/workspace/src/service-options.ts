import type { Kysely } from 'kysely';
import type { EventWriter } from './events.js';
import type { RandomBytes } from './ids.js';
import type { WorkspaceTables } from './schema/tables.js';

/** What every service stands on. */
export interface ServiceOptions {
  db: Kysely<WorkspaceTables>;
  events: EventWriter;
  /** Milliseconds since 1970. */
  now: () => number;
  random: RandomBytes;
}
