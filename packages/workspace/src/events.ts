import { workspaceEventBody } from '@parley/contract';
import type { WorkspaceEventBody } from '@parley/contract';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import { isAction } from './permissions/index.js';
import type { Action } from './permissions/index.js';
import type { WorkspaceTables } from './schema/tables.js';

const audience = z.union([
  z.object({
    communityId: z.string(),
    /** Absent: the community as a whole. */
    channelId: z.string().exactOptional(),
    /** What one has to be allowed there. Default: to see it. */
    may: z.custom<Action>((value) => typeof value === 'string' && isAction(value)).exactOptional(),
    /** Ids of people who are not told all the same. */
    except: z.array(z.string()).readonly().exactOptional(),
  }),
  z.object({ userIds: z.array(z.string()).readonly() }),
]);

const addressed = z.looseObject({ audience });

/** Who is told: whoever may, by what `permissionsIn` says when it is delivered, or certain people. */
export type Audience = z.output<typeof audience>;

/** Those of an audience who may read what was written before. */
export function readersOf(to: Audience): Audience {
  return 'userIds' in to ? to : { ...to, may: 'read_history' };
}

/** Something that happened, as the page is told of it. */
export type WorkspaceEvent = WorkspaceEventBody & { audience: Audience };

/** Where events go: they are there exactly if the transaction that caused them is committed, in the order of the calls. */
export interface EventWriter {
  append(trx: Transaction<WorkspaceTables>, events: readonly WorkspaceEvent[]): Promise<void>;
  /** The transaction is committed: what was appended can be delivered at once. */
  committed(): void;
}

/** What is said of messages, of what people do with them, of calls, and of who is there. */
const OF_MESSAGES =
  /^(message|notifications|reaction|reading|thread|following|saved|draft|scheduled|voice|presence|availability)_|^typing$/;

/** Whether somebody may be able to do more, or less, after it. */
export function mayChangePermissions({ type }: WorkspaceEvent): boolean {
  return !OF_MESSAGES.test(type);
}

/** An event that was written down; undefined for one that this version does not know. */
export function parseEvent(written: unknown): WorkspaceEvent | undefined {
  const to = addressed.safeParse(written);
  const body = workspaceEventBody.safeParse(written);
  return to.success && body.success ? { ...body.data, audience: to.data.audience } : undefined;
}
