import { createAccessToken } from '@parley/access';
import { callSeat } from '@parley/contract';
import { CallService } from '@parley/workspace';
import { expect, test } from 'vitest';
import { CallDoor } from '../../src/workspace/call-door.js';
import type { Knock } from '../../src/workspace/call-door.js';
import { KEY } from '../http/v1/client.js';
import { startKitchen } from '../http/v1/kitchen.js';

async function startDoor() {
  const kitchen = await startKitchen();
  const { ann, addChannel, clock, db, sessions } = kitchen;
  const { id } = await addChannel({ kind: 'voice', name: 'Table' });
  const failed: unknown[] = [];
  let entered = 0;
  const door = new CallDoor({
    calls: new CallService({ db, now: () => clock.now }),
    sessions,
    onEntered: () => (entered += 1),
    onFailed: (thrown) => failed.push(thrown),
  });
  const answer = await ann.client.post(`channels/${id}/call`, {});
  const { token } = callSeat.parse(answer.body);
  const knock: Knock = { authorization: `Bearer ${token}`, query: '' };
  const status = async (other = knock) => (await door.refusal(other))?.status;
  const tokenFor = (identity: string, room: string) => {
    const signed = { apiKey: KEY.key, secret: KEY.secret, lifetime: 60, wall: clock.now };
    return createAccessToken({ ...signed, identity, video: { room, roomJoin: true } });
  };
  return { ...kitchen, channelId: id, door, knock, status, tokenFor, failed, entered: () => entered };
}

test('who may be in the call of a channel comes in with their token, in the header or in the query', async () => {
  const { status, knock } = await startDoor();
  expect(await status()).toBeUndefined();
  const query = `access_token=${knock.authorization?.slice('Bearer '.length)}`;
  expect(await status({ authorization: undefined, query })).toBeUndefined();
});

test('who has lost the permission does not come in with the token that they have', async () => {
  const { olga, ann, channelId, status } = await startDoor();
  const overwrite = { allow: [], deny: ['join_voice'] };
  const path = `channels/${channelId}/overwrites/people/${ann.id}`;
  expect((await olga.client.put(path, overwrite)).status).toBe(204);
  expect(await status()).toBe(403);
});

test('who was taken out of the community does not come in, nor into a channel that is gone', async () => {
  const { olga, ann, communityId, channelId, join, status } = await startDoor();
  expect((await olga.client.delete(`communities/${communityId}/members/${ann.id}`)).status).toBe(204);
  expect(await status()).toBe(403);
  await join(ann);
  expect(await status()).toBeUndefined();
  expect((await olga.client.delete(`channels/${channelId}`)).status).toBe(204);
  expect(await status()).toBe(403);
});

test('who has been signed out does not come in, though they may from elsewhere', async () => {
  const { ann, channelId, door, knock, status, tokenFor } = await startDoor();
  expect((await ann.client.delete('session')).status).toBe(204);
  expect((await door.refusal(knock))?.text).toContain('signed out');
  const other = `access_token=${await tokenFor(ann.id, `channel:${channelId}`)}`;
  expect(await status({ authorization: undefined, query: other })).toBeUndefined();
});

test('who is no account, and who comes to another room, is for media to judge', async () => {
  const { ann, channelId, status, tokenFor, queries } = await startDoor();
  const before = queries.length;
  for (const token of [
    await tokenFor('recorder', `channel:${channelId}`),
    await tokenFor(ann.id, 'lobby'),
    'nonsense',
  ])
    expect(await status({ authorization: `Bearer ${token}`, query: '' })).toBeUndefined();
  expect(queries.slice(before)).toEqual([]);
});

test('while the database does not answer nobody comes in', async () => {
  const { db, status, failed } = await startDoor();
  await db.destroy();
  expect(await status()).toBe(503);
  expect(failed).toHaveLength(1);
});

test('it knows whose session has ended of those who are in, as long as they are', async () => {
  const { ann, channelId, door, knock, entered } = await startDoor();
  const room = `channel:${channelId}`;
  const left = door.entered(knock);
  expect(entered()).toBe(1);
  expect(await door.signedOut(room, [ann.id])).toEqual(new Set());
  await ann.client.delete('session');
  expect(await door.signedOut(room, [ann.id, 'recorder'])).toEqual(new Set([ann.id]));
  expect(await door.signedOut('channel:other', [ann.id])).toEqual(new Set());
  left();
  expect(await door.signedOut(room, [ann.id])).toEqual(new Set());
});

test('of two connections of one person the newer has the place, whichever ends first', async () => {
  const { ann, channelId, door, knock, tokenFor } = await startDoor();
  const room = `channel:${channelId}`;
  const leftFirst = door.entered(knock);
  await ann.client.delete('session');
  door.entered({ authorization: `Bearer ${await tokenFor(ann.id, room)}`, query: '' });
  leftFirst();
  expect(await door.signedOut(room, [ann.id])).toEqual(new Set());
});

test('who came first has their answer first, whatever the database does', async () => {
  const { ann, channelId, knock, tokenFor } = await startDoor();
  const waiting: (() => void)[] = [];
  const door = new CallDoor({
    calls: {
      allowed: (_channelId, [id = '']) =>
        new Promise((resolve) =>
          waiting.push(() => resolve(new Map([[id, { sources: [], listens: true }]]))),
        ),
    },
    sessions: { stillOpen: ([id = '']) => Promise.resolve(new Map([[id, ann.id]])) },
    onEntered: () => undefined,
    onFailed: () => undefined,
  });
  const order: string[] = [];
  const other = await tokenFor(ann.id, `channel:${channelId}`);
  const first = door.refusal(knock).then(() => order.push('first'));
  const second = door
    .refusal({ authorization: `Bearer ${other}`, query: '' })
    .then(() => order.push('second'));
  await expect.poll(() => waiting.length).toBe(2);
  for (const answer of waiting.toReversed()) answer();
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
});
