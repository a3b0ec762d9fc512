import { channel, community } from '@parley/contract';
import type { Channel, NewChannel } from '@parley/contract';
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

export interface Person {
  id: string;
  name: string;
  client: Client;
}

export type Kitchen = Awaited<ReturnType<typeof startKitchen>>;

/** A server with a community of Olga's, of which Ann is a member and Eve is none. Nobody here owns the instance. */
export async function startKitchen() {
  const server = await startServer();
  const { db, clock, client, sessions } = server;

  /** Without a password, which would have to be hashed. */
  const person = async (name: string): Promise<Person> => {
    const id = newId(clock.now, randomBytes);
    const created_at = new Date(clock.now);
    await db
      .insertInto('users')
      .values({ id, name, name_key: name, password_hash: '', created_at, banned_at: null })
      .execute();
    const device = { address: '192.0.2.1', userAgent: 'Test' };
    const token = await db.transaction().execute((trx) => sessions.begin(trx, id, device));
    const own = client();
    own.cookie = `parley_session=${token}`;
    return { id, name, client: own };
  };

  const [olga, ann, eve] = [await person('olga'), await person('ann'), await person('eve')];
  const makeCommunity = (owner: Person) =>
    db
      .transaction()
      .execute((trx) =>
        insertCommunity(trx, { name: 'Kitchen', ownerId: owner.id, now: clock.now, random: randomBytes }),
      );
  const communityId = await makeCommunity(olga);

  const join = async (who: Person, id = communityId) => {
    await db
      .transaction()
      .execute((trx) => insertMember(trx, { communityId: id, userId: who.id, now: clock.now }));
    return who;
  };
  await join(ann);

  const seen = async (who: Person) =>
    community.parse((await who.client.get(`communities/${communityId}`)).body);
  const roleNamed = async (name: string) => (await seen(olga)).roles.find((role) => role.name === name)!;

  /** A role above all others so far. */
  const addRole = async (...permissions: Action[]) => {
    const id = newId(clock.now, randomBytes);
    const position = Math.max(...(await seen(olga)).roles.map((role) => role.position)) + 1;
    const row = { id, community_id: communityId, name: `Role ${position}`, colour: null, icon: null };
    await db
      .insertInto('roles')
      .values({ ...row, position, permissions })
      .execute();
    return id;
  };
  const giveRole = async ({ id }: Person, role_id: string) => {
    await db.insertInto('member_roles').values({ community_id: communityId, user_id: id, role_id }).execute();
  };
  /** Lets somebody do something in the community. */
  const allow = async (who: Person, ...permissions: Action[]) => giveRole(who, await addRole(...permissions));

  const addChannel = async (wish: Omit<NewChannel, 'id'>, by = olga): Promise<Channel> => {
    const answer = await by.client.post(`communities/${communityId}/channels`, wish);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return channel.parse(answer.body);
  };
  const channelNames = async (who: Person) => (await seen(who)).channels.map(({ name }) => name);

  return {
    ...{ ...server, olga, ann, eve, person, communityId, makeCommunity, join },
    ...{ seen, roleNamed, addRole, giveRole, allow, addChannel, channelNames },
  };
}

export function statusesOf(answers: readonly Answer[]): number[] {
  return answers.map(({ status }) => status);
}
