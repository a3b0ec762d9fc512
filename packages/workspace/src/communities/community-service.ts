import type {
  Community,
  CommunityChange,
  CommunityFacts,
  CommunitySummary,
  NewCommunity,
} from '@parley/contract';
import type { Kysely, Transaction } from 'kysely';
import { loadVoice } from '../calls/voice-queries.js';
import { voicePlacesOf } from '../calls/voice-places.js';
import type { VoiceRooms } from '../calls/voice-rooms.js';
import { loadChannels } from '../channels/channel-queries.js';
import { checkLimit } from '../limits.js';
import { administersInstance, INSTANCE, permissionsIn } from '../permissions/index.js';
import type { WorkspaceTables } from '../schema/tables.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';
import { loadActor, loadCommunities, loadSubject } from './access-queries.js';
import { communityIdsOf } from './community-queries.js';
import { communityFactsOf, communitySummaryOf, communityViewOf } from './community-views.js';
import { checkMemberships } from './joining.js';
import { insertCommunity } from './new-community.js';
import { changeCommunity, changing, need, noCommunity } from './visit.js';
import type { ChangingVisit } from './visit.js';

export interface CommunityServiceOptions extends ServiceOptions {
  voice: VoiceRooms;
}

/** Communities as wholes. */
export class CommunityService {
  readonly #options: CommunityServiceOptions;

  constructor(options: CommunityServiceOptions) {
    this.#options = options;
  }

  /** Those that somebody is a member of, in the order in which they joined. */
  async list(userId: string): Promise<CommunitySummary[]> {
    const { db, now } = this.#options;
    const subject = await loadActor(db, userId);
    const ids = await communityIdsOf(db, userId);
    const found = await loadCommunities(db, ids);
    return ids.flatMap((id) => {
      const community = found.get(id);
      const summary = community && communitySummaryOf(community, subject, now());
      return summary ?? [];
    });
  }

  /** One community as somebody sees it. */
  async get(userId: string, id: string): Promise<Community> {
    return this.#view(this.#options.db, userId, id);
  }

  async create(userId: string, { name, description = '' }: NewCommunity): Promise<Community> {
    const { random } = this.#options;
    return changing(this.#options, async ({ trx, events, now }) => {
      need(permissionsIn(await loadActor(trx, userId), INSTANCE, now), 'create_communities');
      checkLimit('communitiesOwned', await ownedBy(trx, userId));
      const id = await insertCommunity(trx, { name, description, ownerId: userId, now, random });
      await checkMemberships(trx, userId);
      const payload = { community_id: id };
      events.push({ type: 'community_joined', payload, audience: { userIds: [userId] } });
      return this.#view(trx, userId, id);
    });
  }

  async change(
    userId: string,
    { id: communityId, name, description }: CommunityChange,
  ): Promise<CommunityFacts> {
    return changeCommunity(this.#options, { userId, communityId }, async (visit) => {
      need(visit.permissions, 'manage_community');
      const set = { ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
      return updated(visit, set);
    });
  }

  /** With everything in it. */
  async delete(userId: string, communityId: string): Promise<void> {
    await changeCommunity(this.#options, { userId, communityId }, async ({ permissions, trx, events }) => {
      need(permissions, 'delete_community');
      const members = await trx
        .selectFrom('members')
        .select('user_id')
        .where('community_id', '=', communityId)
        .execute();
      await trx.deleteFrom('communities').where('id', '=', communityId).execute();
      const userIds = members.map(({ user_id }) => user_id);
      const payload = { community_id: communityId };
      events.push({ type: 'community_deleted', payload, audience: { userIds } });
    });
  }

  /** Gives the community to a member. The owner before stays one, with the roles that they have. */
  async transfer(
    userId: string,
    { id: communityId, user_id }: { id: string; user_id: string },
  ): Promise<void> {
    await changeCommunity(this.#options, { userId, communityId }, async (visit) => {
      const { subject, community, trx, events } = visit;
      if (community.ownerId !== userId && !administersInstance(subject)) {
        throw new WorkspaceError('forbidden', 'Only its owner may give a community to somebody else.');
      }
      const next = await loadSubject(trx, user_id);
      if (next?.memberships.has(communityId) !== true || next.banned) {
        throw new WorkspaceError('invalid', 'This is no member of the community.', {
          field: 'user_id',
          remedy: 'Invite them first.',
        });
      }
      checkLimit('communitiesOwned', await ownedBy(trx, user_id));
      await updated(visit, { owner_id: user_id });
      const payload = { community_id: communityId };
      events.push({ type: 'permissions_changed', payload, audience: { userIds: [userId, user_id] } });
    });
  }

  async #view(db: Kysely<WorkspaceTables>, userId: string, id: string): Promise<Community> {
    const subject = await loadActor(db, userId);
    const found = (await loadCommunities(db, [id])).get(id);
    if (found === undefined) throw noCommunity();
    const channels = await loadChannels(db, [id]);
    const view = communityViewOf(found, channels, { subject, now: this.#options.now() });
    if (view === undefined) throw noCommunity();
    return { ...view, voice: await loadVoice(db, voicePlacesOf(view), this.#options.voice) };
  }
}

async function ownedBy(db: Transaction<WorkspaceTables>, userId: string): Promise<number> {
  const owned = await db.selectFrom('communities').select('id').where('owner_id', '=', userId).execute();
  return owned.length;
}

async function updated(
  { trx, events, community }: ChangingVisit,
  set: { name?: string; description?: string; owner_id?: string },
): Promise<CommunityFacts> {
  const ofIt = trx.selectFrom('communities').selectAll().where('id', '=', community.id);
  if (Object.keys(set).length === 0) return communityFactsOf(await ofIt.executeTakeFirstOrThrow());
  const row = await trx
    .updateTable('communities')
    .set(set)
    .where('id', '=', community.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const facts = communityFactsOf(row);
  const audience = { communityId: community.id };
  events.push({ type: 'community_changed', payload: { community: facts }, audience });
  return facts;
}
