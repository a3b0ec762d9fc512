import type { WorkspaceEventBody } from '@parley/contract';
import type { Transaction } from 'kysely';
import type { Action } from './permissions/index.js';
import type { WorkspaceTables } from './schema/tables.js';

/** Who is told: whoever may, by what `permissionsIn` says when it is delivered, or certain people. */
export type Audience =
  | {
      communityId: string;
      /** Absent: the community as a whole. */
      channelId?: string;
      /** What one has to be allowed there. Default: to see it. */
      may?: Action;
    }
  | { userIds: readonly string[] };

/** Something that happened, as the page is told of it. */
export type WorkspaceEvent = WorkspaceEventBody & { audience: Audience };

/** Where events go: they are there exactly if the transaction that caused them is committed, in the order of the calls. */
export interface EventWriter {
  append(trx: Transaction<WorkspaceTables>, events: readonly WorkspaceEvent[]): Promise<void>;
}
