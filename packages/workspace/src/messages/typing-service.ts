import type { Kysely } from 'kysely';
import { FloodGate } from '../flood-gate.js';
import type { FloodLimits } from '../flood-gate.js';
import type { Audience, WorkspaceEvent } from '../events.js';
import { shownName } from '../people/shown-name.js';
import { loadAvailability } from '../presence/presence-queries.js';
import type { WorkspaceTables } from '../schema/tables.js';
import type { ServiceOptions } from '../service-options.js';
import { openChannel } from './open-channel.js';
import { demandWriting } from './post-message.js';
import type { MessagePlace } from './message-page.js';
import { requireThread } from './require-message.js';

/** Of one person in one channel: a client says so every three seconds while somebody types. */
const TYPING: FloodLimits = { burst: 2, interval: 2000 };

/** Who is typing. Nothing is kept: whoever is told forgets it after some seconds. */
export class TypingService {
  readonly gate = new FloodGate('say that you type', TYPING);
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** What is to be told to others, if this person may write there; undefined where nobody is to see that they are there. */
  async type(userId: string, { channelId, threadId }: MessagePlace): Promise<WorkspaceEvent | undefined> {
    const { db, now } = this.#options;
    this.gate.pass(`${userId} ${channelId}`, now());
    const open = await openChannel(db, { userId, channelId, now: now() });
    const root =
      threadId === null ? undefined : await requireThread(db, channelId, threadId, { field: 'thread_id' });
    demandWriting(open, root);
    if ((await loadAvailability(db, [userId])).get(userId) === 'invisible') return undefined;
    const { name } = await db
      .selectFrom('channels as c')
      .innerJoin('users as u', (join) => join.on('u.id', '=', userId))
      .leftJoin('members as n', (join) =>
        join.onRef('n.community_id', '=', 'c.community_id').on('n.user_id', '=', userId),
      )
      .select(shownName('u', 'n').as('name'))
      .where('c.id', '=', channelId)
      .executeTakeFirstOrThrow();
    const payload = { channel_id: channelId, thread_id: threadId, user_id: userId, name: name ?? '' };
    return { type: 'typing', payload, audience: await withoutBlocked(db, userId, open.audience) };
  }
}

/** Whom somebody has blocked sees nothing of what they do now. */
async function withoutBlocked(
  db: Kysely<WorkspaceTables>,
  userId: string,
  audience: Audience,
): Promise<Audience> {
  const rows = await db.selectFrom('blocks').select('blocked_id').where('user_id', '=', userId).execute();
  if (rows.length === 0) return audience;
  const except = rows.map(({ blocked_id }) => blocked_id);
  if ('communityId' in audience) return { ...audience, except };
  return { userIds: audience.userIds.filter((id) => !except.includes(id)) };
}
