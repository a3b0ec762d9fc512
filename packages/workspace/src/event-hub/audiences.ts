import type { Kysely } from 'kysely';
import { channelAccess } from '../channels/channel-access.js';
import { loadChannels } from '../channels/channel-queries.js';
import { loadCommunityAccess, loadSubjects } from '../communities/access-queries.js';
import type { Audience } from '../events.js';
import { groupBy } from '../group-by.js';
import { permissionsIn } from '../permissions/index.js';
import type { Action, ChannelAccess, CommunityAccess, Subject } from '../permissions/index.js';
import type { WorkspaceTables } from '../schema/tables.js';

/** A community as it decides who is told of what. */
interface CommunityView {
  community: CommunityAccess;
  channels: ReadonlyMap<string, ChannelAccess>;
  /** Of those who are connected, who may be told, by channel and permission. */
  told: Map<string, readonly string[]>;
}

/**
 * Who of those who are connected may be told of something. Keeps what it has loaded until it is told that this has changed,
 * which it is by the events themselves: they come in the order in which things happened.
 */
export class Audiences {
  readonly #db: Kysely<WorkspaceTables>;
  readonly #now: () => number;
  readonly #subjects = new Map<string, Subject>();
  readonly #communities = new Map<string, CommunityView>();
  readonly #staleUsers = new Set<string>();

  /** @param now Milliseconds since 1970. */
  constructor(db: Kysely<WorkspaceTables>, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  /** From now on this person may be told. */
  async add(userId: string): Promise<void> {
    const subject = (await loadSubjects(this.#db, [userId])).get(userId);
    if (subject === undefined) return;
    this.#subjects.set(userId, subject);
    this.#forgetWhoIsTold(subject);
  }

  remove(userId: string): void {
    const subject = this.#subjects.get(userId);
    this.#subjects.delete(userId);
    if (subject !== undefined) this.#forgetWhoIsTold(subject);
  }

  /** Roles, overwrites, channels or members of a community are others now. */
  communityChanged(communityId: string): void {
    this.#communities.delete(communityId);
    for (const { userId, memberships } of this.#subjects.values()) {
      if (memberships.has(communityId)) this.#staleUsers.add(userId);
    }
  }

  /** What a person may do is another now. */
  userChanged(userId: string): void {
    if (this.#subjects.has(userId)) this.#staleUsers.add(userId);
  }

  /** The ids of all who are to be told, and are connected. */
  async of(audience: Audience): Promise<readonly string[]> {
    await this.#refresh();
    if ('userIds' in audience) return audience.userIds.filter((userId) => this.#subjects.has(userId));
    const { except, ...whole } = audience;
    if (except !== undefined) return (await this.of(whole)).filter((userId) => !except.includes(userId));
    const { communityId, channelId, may } = audience;
    const view = await this.#viewOf(communityId);
    if (view === undefined) return [];
    const key = `${channelId ?? ''} ${may ?? ''}`;
    const known = view.told.get(key);
    if (known !== undefined) return known;
    const told = [...this.#subjects.values()]
      .filter(
        (subject) => subject.memberships.has(communityId) && isTold(subject, view, audience, this.#now()),
      )
      .map(({ userId }) => userId);
    view.told.set(key, told);
    return told;
  }

  /** Whether one of them is among those. */
  async has(audience: Audience, userId: string): Promise<boolean> {
    return (await this.of(audience)).includes(userId);
  }

  async #refresh(): Promise<void> {
    if (this.#staleUsers.size === 0) return;
    const stale = [...this.#staleUsers];
    const loaded = await loadSubjects(this.#db, stale);
    for (const userId of stale) {
      this.#staleUsers.delete(userId);
      const before = this.#subjects.get(userId);
      if (before === undefined) continue;
      this.#forgetWhoIsTold(before);
      const subject = loaded.get(userId);
      if (subject === undefined) {
        this.#subjects.delete(userId);
      } else {
        this.#subjects.set(userId, subject);
        this.#forgetWhoIsTold(subject);
      }
    }
  }

  async #viewOf(communityId: string): Promise<CommunityView | undefined> {
    const known = this.#communities.get(communityId);
    if (known !== undefined) return known;
    const community = await loadCommunityAccess(this.#db, communityId);
    if (community === undefined) return undefined;
    const { rows, overwrites } = await loadChannels(this.#db, [communityId]);
    const overwritesOf = groupBy(overwrites, ({ channel_id }) => channel_id);
    const channels = new Map(
      rows.map((row) => {
        const ofCategory = row.category_id === null ? [] : (overwritesOf.get(row.category_id) ?? []);
        return [row.id, channelAccess(row, [...(overwritesOf.get(row.id) ?? []), ...ofCategory])];
      }),
    );
    const view = { community, channels, told: new Map<string, readonly string[]>() };
    this.#communities.set(communityId, view);
    return view;
  }

  #forgetWhoIsTold({ memberships }: Subject): void {
    for (const communityId of memberships.keys()) this.#communities.get(communityId)?.told.clear();
  }
}

function isTold(
  subject: Subject,
  { community, channels }: CommunityView,
  { channelId, may }: { channelId?: string; may?: Action },
  now: number,
): boolean {
  if (channelId === undefined) {
    return permissionsIn(subject, { kind: 'community', community }, now).has(may ?? 'view_community');
  }
  const channel = channels.get(channelId);
  if (channel === undefined) return false;
  return permissionsIn(subject, { kind: 'channel', community, channel }, now).has(may ?? 'view_channel');
}
