import * as z from 'zod/mini';
import { communityEvents } from './community-events.js';
import { messageEvents } from './message-events.js';
import { peopleEvents } from './people-events.js';
import { presenceEvents } from './presence.js';
import { voiceEvents } from './voice.js';

/** What the page is told of, by type: one schema for each. */
export const workspaceEventBody = z.discriminatedUnion('type', [
  ...communityEvents,
  ...messageEvents,
  ...peopleEvents,
  ...presenceEvents,
  ...voiceEvents,
]);

export type WorkspaceEventBody = z.output<typeof workspaceEventBody>;
