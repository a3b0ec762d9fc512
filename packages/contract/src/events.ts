import * as z from 'zod/mini';
import { communityEvents } from './community-events.js';

/** What the page is told of, by type: one schema for each. */
export const workspaceEventBody = z.discriminatedUnion('type', [...communityEvents]);

export type WorkspaceEventBody = z.output<typeof workspaceEventBody>;
