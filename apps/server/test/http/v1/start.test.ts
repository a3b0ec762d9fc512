import { start } from '@parley/contract';
import { expect, test } from 'vitest';
import { NOT_THERE, startKitchen } from './kitchen.js';
import type { Kitchen } from './kitchen.js';

/** Ann is in two more communities with many channels, has friends, blocks, requests and conversations. */
async function fill({ db, clock, ann, olga, join, person, makeCommunity, communityId }: Kitchen) {
  const created_at = new Date(clock.now);
  const communities = [communityId, await makeCommunity(olga), await makeCommunity(olga)];
  for (const id of communities.slice(1)) await join(ann, id);
  const channels = communities.flatMap((community_id, nth) =>
    Array.from({ length: 60 }, (_, at) => ({
      ...{ id: NOT_THERE.replace(/...$/, `${100 * (nth + 1) + at}`), community_id, kind: 'text' as const },
      ...{ name: 'x', position: at + 3, archived_at: null, created_at },
    })),
  );
  await db.insertInto('channels').values(channels).execute();
  const overwrites = channels.map(({ id }) => ({
    ...{ channel_id: id, role_id: null, user_id: ann.id, allow: ['pin_messages'], deny: ['speak'] },
  }));
  await db.insertInto('channel_overwrites').values(overwrites).execute();
  for (const name of ['bob', 'cem', 'dora']) {
    const other = await join(await person(name));
    await ann.client.post('conversations/direct', { user_id: other.id });
    await ann.client.post('conversations/group', { name, user_ids: [other.id, olga.id] });
    await ann.client.post('friend-requests', { user_name: name });
  }
}

test('what a page begins with is all there', async () => {
  const kitchen = await startKitchen();
  await fill(kitchen);
  const { ann, communityId } = kitchen;
  const begun = start.parse((await ann.client.get('start')).body);
  expect(begun.me).toMatchObject({ id: ann.id, user_name: 'ann' });
  expect(begun.communities).toHaveLength(3);
  expect(begun.communities.find(({ id }) => id === communityId)).toEqual(
    (await ann.client.get(`communities/${communityId}`)).body,
  );
  expect({ conversations: begun.conversations }).toEqual((await ann.client.get('conversations')).body);
  expect(begun.conversations).toHaveLength(6);
  expect(begun.relations.outgoing.map(({ user_name }) => user_name)).toEqual(['bob', 'cem', 'dora']);
});

test.each([
  'start',
  'communities',
  'conversations',
  'relations',
  'people?query=o',
  'communities/:id',
  'communities/:id/members',
])('however much there is, %s takes as many queries', async (path) => {
  const kitchen = await startKitchen();
  const { ann, olga, join, person, queries, communityId } = kitchen;
  const bob = await join(await person('bert'));
  await ann.client.post('conversations/direct', { user_id: olga.id });
  await ann.client.put(`blocks/${bob.id}`, {});
  const asked = async () => {
    queries.length = 0;
    expect((await ann.client.get(path.replace(':id', communityId))).status).toBe(200);
    return [...queries];
  };
  const few = await asked();
  await fill(kitchen);
  expect((await asked()).length).toBe(few.length);
  expect(few.length).toBeLessThan(20);
});
