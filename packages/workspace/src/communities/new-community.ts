import type { Transaction } from 'kysely';
import { newId } from '../ids.js';
import type { RandomBytes } from '../ids.js';
import { defaultRoles } from '../permissions/index.js';
import type { WorkspaceTables } from '../schema/tables.js';

export interface NewCommunity {
  name: string;
  description?: string;
  ownerId: string;
  /** Milliseconds since 1970. */
  now: number;
  random: RandomBytes;
}

const CHANNELS = [
  { kind: 'text', name: 'general' },
  { kind: 'text', name: 'announcements' },
  { kind: 'voice', name: 'Voice' },
] as const;

/** Makes a community with its roles, its owner as its member, and the channels to begin with. Returns its id. */
export async function insertCommunity(
  db: Transaction<WorkspaceTables>,
  { name, description = '', ownerId, now, random }: NewCommunity,
): Promise<string> {
  const created_at = new Date(now);
  const id = newId(now, random);
  const role = (position: number, title: string, permissions: string[]) => ({
    ...{ id: newId(now, random), community_id: id, name: title, colour: null, icon: null },
    ...{ position, permissions },
  });
  await db
    .insertInto('communities')
    .values({ id, name, description, owner_id: ownerId, created_at })
    .execute();
  const roles = [
    role(0, 'everyone', defaultRoles.everyone.names()),
    role(1, 'Moderator', defaultRoles.moderator.names()),
    role(2, 'Administrator', defaultRoles.administrator.names()),
  ];
  await db.insertInto('roles').values(roles).execute();
  await insertMember(db, { communityId: id, userId: ownerId, now });
  const channels = CHANNELS.map((channel, position) => ({
    ...{ ...channel, id: newId(now, random), community_id: id, topic: '' },
    ...{ position, archived_at: null, created_at },
  }));
  await db.insertInto('channels').values(channels).execute();
  const announcements = channels.find((channel) => channel.name === 'announcements');
  const [everyone] = roles;
  if (announcements !== undefined && everyone !== undefined) {
    // Announcements are read by everyone and written by those who are let.
    const deny = ['send_messages', 'create_threads'];
    const overwrite = { channel_id: announcements.id, role_id: everyone.id, user_id: null, allow: [], deny };
    await db.insertInto('channel_overwrites').values(overwrite).execute();
  }
  return id;
}

/** Whether they were none before. */
export async function insertMember(
  db: Transaction<WorkspaceTables>,
  { communityId, userId, now }: { communityId: string; userId: string; now: number },
): Promise<boolean> {
  const membership = { community_id: communityId, user_id: userId, joined_at: new Date(now) };
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('members')
    .values({ ...membership, nickname: null, timed_out_until: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}
