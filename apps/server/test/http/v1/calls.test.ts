import { AccessTokenVerifier } from '@parley/access';
import { callSeat } from '@parley/contract';
import { describe, expect, test } from 'vitest';
import { KEY, problemOf } from './client.js';
import { NOT_THERE, startKitchen, statusesOf } from './kitchen.js';
import type { Kitchen, Person } from './kitchen.js';

async function grantOf(kitchen: Kitchen, who: Person, channelId: string) {
  const answer = await who.client.post(`channels/${channelId}/call`, {});
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  const { token } = callSeat.parse(answer.body);
  const verifier = new AccessTokenVerifier(new Map([[KEY.key, KEY.secret]]), () => kitchen.clock.now);
  return verifier.verify(token);
}

describe('the call of a voice channel', () => {
  test('is joined with a token that says who one is, and what one may send', async () => {
    const kitchen = await startKitchen();
    const { ann, addChannel } = kitchen;
    const { id } = await addChannel({ kind: 'voice', name: 'Table' });
    const { identity, name, video } = await grantOf(kitchen, ann, id);
    expect({ identity, name }).toEqual({ identity: ann.id, name: 'ann' });
    expect(video).toMatchObject({
      room: `channel:${id}`,
      roomJoin: true,
      canPublish: true,
      canPublishSources: ['microphone', 'camera', 'screen_share', 'screen_share_audio'],
    });
  });

  test('is joined under the name by which one is known there', async () => {
    const kitchen = await startKitchen();
    const { ann, addChannel, communityId } = kitchen;
    const { id } = await addChannel({ kind: 'voice', name: 'Table' });
    await ann.client.patch('me/profile', { display_name: 'Ann Lee' });
    expect(await grantOf(kitchen, ann, id)).toMatchObject({ name: 'Ann Lee' });
    await ann.client.patch(`communities/${communityId}/members/${ann.id}`, { nickname: 'Chef' });
    expect(await grantOf(kitchen, ann, id)).toMatchObject({ name: 'Chef' });
  });

  test('lets one send what one may', async () => {
    const kitchen = await startKitchen();
    const { olga, ann, addChannel } = kitchen;
    const { id } = await addChannel({ kind: 'voice', name: 'Table' });
    const deny = (deny: string[]) =>
      olga.client.put(`channels/${id}/overwrites/people/${ann.id}`, { allow: [], deny });
    expect((await deny(['use_camera', 'share_screen'])).status).toBe(204);
    expect((await grantOf(kitchen, ann, id)).video).toMatchObject({ canPublishSources: ['microphone'] });
    expect((await deny(['speak', 'use_camera', 'share_screen'])).status).toBe(204);
    expect((await grantOf(kitchen, ann, id)).video).toMatchObject({ canPublish: false, canSubscribe: true });
  });

  test("is nobody's who may not join it, and does not exist for who does not see it", async () => {
    const { olga, ann, eve, addChannel } = await startKitchen();
    const { id } = await addChannel({ kind: 'voice', name: 'Table' });
    const secret = await addChannel({ kind: 'voice', name: 'Safe', private: true });
    const ask = (who: Person, channelId: string) => who.client.post(`channels/${channelId}/call`, {});
    const overwrite = { allow: [], deny: ['join_voice'] };
    expect((await olga.client.put(`channels/${id}/overwrites/people/${ann.id}`, overwrite)).status).toBe(204);
    expect(
      statusesOf([
        await ask(ann, id),
        await ask(ann, secret.id),
        await ask(eve, id),
        await ask(olga, secret.id),
        await ask(olga, NOT_THERE),
      ]),
    ).toEqual([403, 404, 404, 201, 404]);
  });

  test('is there in voice channels alone', async () => {
    const { ann, addChannel } = await startKitchen();
    const { id } = await addChannel({ kind: 'text', name: 'recipes' });
    const answer = await ann.client.post(`channels/${id}/call`, {});
    expect(answer.status).toBe(422);
    expect(problemOf(answer).title).toBe('There are calls in voice channels and conversations alone.');
  });
});
