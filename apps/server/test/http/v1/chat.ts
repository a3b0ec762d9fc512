import { message, messagePage } from '@parley/contract';
import type { Message } from '@parley/contract';
import { newId } from '@parley/workspace';
import type { Action } from '@parley/workspace';
import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import {
  insertCommunity,
  insertMember,
} from '../../../../../packages/workspace/src/communities/new-community.js';
import { startServer } from './client.js';
import type { Answer, Client } from './client.js';

export const NOT_THERE = '0193a2f0-7c1e-7abc-8def-0123456789ab';

export interface Talker {
  id: string;
  name: string;
  client: Client;
}

export type Chat = Awaited<ReturnType<typeof startChat>>;

/** A community of Olga's with #general. Ann and Bob are members; Eve is none. Every message takes a second. */
export async function startChat() {
  const server = await startServer();
  const { db, clock, client, sessions } = server;

  /** Without a password, which would have to be hashed. Who is made later has a higher id. */
  const person = async (name: string): Promise<Talker> => {
    clock.now += 1;
    const id = newId(clock.now, randomBytes);
    const created_at = new Date(clock.now);
    const row = { id, name, name_key: name, password_hash: '', created_at, banned_at: null };
    await db.insertInto('users').values(row).execute();
    const device = { address: '192.0.2.1', userAgent: 'Test' };
    const token = await db.transaction().execute((trx) => sessions.begin(trx, id, device));
    return { id, name, client: Object.assign(client(), { cookie: `parley_session=${token}` }) };
  };
  const olga = await person('olga');
  const [ann, bob, eve] = [await person('ann'), await person('bob'), await person('eve')];
  const make = { name: 'Kitchen', ownerId: olga.id, now: clock.now, random: randomBytes };
  const communityId = await db.transaction().execute((trx) => insertCommunity(trx, make));
  const join = ({ id: userId }: Talker) =>
    db.transaction().execute((trx) => insertMember(trx, { communityId, userId, now: clock.now }));
  await join(ann);
  await join(bob);
  const channelNamed = async (name: string) =>
    (await db.selectFrom('channels').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id;
  const general = await channelNamed('general');

  const addChannel = async (name: string) => {
    const id = newId(clock.now, randomBytes);
    const row = { id, community_id: communityId, kind: 'text' as const, name, position: 9 };
    const created_at = new Date(clock.now);
    await db
      .insertInto('channels')
      .values({ ...row, archived_at: null, created_at })
      .execute();
    return id;
  };
  /** A channel that everybody sees but who is denied. */
  const overwrite = (channel_id: string, { id: user_id }: Talker, deny: Action[], allow: Action[] = []) =>
    db.insertInto('channel_overwrites').values({ channel_id, user_id, role_id: null, deny, allow }).execute();
  const converse = async (...people: Talker[]) => {
    const id = newId(clock.now, randomBytes);
    const [now, kind] = [new Date(clock.now), people.length > 2 ? 'group' : 'direct'] as const;
    const row = { id, community_id: null, kind, name: '', archived_at: null, created_at: now };
    await db.insertInto('channels').values(row).execute();
    for (const { id: user_id } of people) {
      await db.insertInto('channel_members').values({ channel_id: id, user_id, joined_at: now }).execute();
    }
    return id;
  };

  let nonces = 0;
  /** What posting is answered. */
  const send = (by: Talker, text: string, more: object = {}, channelId = general): Promise<Answer> => {
    clock.now += 1000;
    nonces += 1;
    return by.client.post(`channels/${channelId}/messages`, { text, nonce: `nonce-${nonces}`, ...more });
  };
  const say = async (by: Talker, text: string, more: object = {}, channelId = general): Promise<Message> => {
    const answer = await send(by, text, more, channelId);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return message.parse(answer.body);
  };
  const page = async (by: Talker, query = '', channelId = general) => {
    const answer = await by.client.get(`channels/${channelId}/messages${query}`);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return messagePage.parse(answer.body);
  };
  const texts = async (by: Talker, query = '', channelId = general) =>
    (await page(by, query, channelId)).messages.map(({ text }) => text);

  return {
    ...{ ...server, olga, ann, bob, eve, person, communityId, general, channelNamed, addChannel, overwrite },
    ...{ converse, join, send, say, page, texts },
  };
}
