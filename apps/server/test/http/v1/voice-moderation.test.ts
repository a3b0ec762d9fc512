import { AccessTokenVerifier } from '@parley/access';
import { callSeat } from '@parley/contract';
import { describe, expect, test } from 'vitest';
import { KEY, problemOf } from './client.js';
import { NOT_THERE, startKitchen, statusesOf } from './kitchen.js';
import type { Person } from './kitchen.js';

/** Bob and Ann are in the call of a voice channel; Mo may moderate, and stands above them. */
async function setup() {
  const kitchen = await startKitchen();
  const { person, join, allow, addChannel, voice, ann } = kitchen;
  const [mo, bob] = [await join(await person('mo')), await join(await person('bob'))];
  await allow(mo, 'mute_members', 'deafen_members', 'move_members');
  const [table, stove] = [
    await addChannel({ kind: 'voice', name: 'Table' }),
    await addChannel({ kind: 'voice', name: 'Stove' }),
  ];
  const inCall = (...people: Person[]) =>
    voice.set(
      0,
      table.id,
      people.map(({ id }) => ({ userId: id, microphone: true, camera: false, screen: false })),
    );
  inCall(ann, bob, mo);
  const videoOf = async (who: Person) => {
    const answer = await who.client.post(`channels/${table.id}/call`, {});
    const { token } = callSeat.parse(answer.body);
    const verifier = new AccessTokenVerifier(new Map([[KEY.key, KEY.secret]]), () => kitchen.clock.now);
    return (await verifier.verify(token)).video;
  };
  const path = (who: Person, what = '') => `channels/${table.id}/call/people/${who.id}${what}`;
  return { ...kitchen, mo, bob, table, stove, inCall, videoOf, path };
}

describe('moderators in calls', () => {
  test('mute somebody in all calls of the community until they take it back', async () => {
    const { mo, bob, table, path, videoOf, controlled, seen } = await setup();
    expect((await mo.client.put(path(bob, '/mute'), {})).status).toBe(204);
    expect(controlled).toEqual([`enforce ${table.id}`]);
    expect(await videoOf(bob)).toMatchObject({
      canPublishSources: ['camera', 'screen_share'],
      canSubscribe: true,
    });
    const [state] = (await seen(bob)).voice.channels;
    expect(state?.people.map(({ name, muted }) => [name, muted])).toEqual([
      ['ann', false],
      ['bob', true],
      ['mo', false],
    ]);
    expect((await mo.client.delete(path(bob, '/mute'))).status).toBe(204);
    expect((await videoOf(bob)).canPublishSources).toContain('microphone');
  });

  test('keep somebody from hearing', async () => {
    const { mo, bob, path, videoOf } = await setup();
    expect((await mo.client.put(path(bob, '/deafen'), {})).status).toBe(204);
    expect((await videoOf(bob)).canSubscribe).toBe(false);
    expect((await mo.client.delete(path(bob, '/deafen'))).status).toBe(204);
    expect((await videoOf(bob)).canSubscribe).toBe(true);
  });

  test('take somebody out, or to another channel, of which their page is told', async () => {
    const { mo, bob, table, stove, path, controlled, told, communityId } = await setup();
    expect((await mo.client.delete(path(bob))).status).toBe(204);
    expect((await mo.client.post(path(bob, '/move'), { to: stove.id })).status).toBe(204);
    const out = `remove ${bob.id} from ${table.id}`;
    expect(controlled).toEqual([out, out]);
    expect(told.at(-1)).toEqual({
      type: 'voice_moved',
      payload: { community_id: communityId, from: table.id, to: stove.id, name: 'Stove' },
      audience: { userIds: [bob.id] },
    });
  });

  test('move nobody to where they may not be, nor out of the community', async () => {
    const { mo, olga, bob, table, path, addChannel, controlled } = await setup();
    const text = await addChannel({ kind: 'text', name: 'recipes' });
    const safe = await addChannel({ kind: 'voice', name: 'Safe', private: true });
    const move = (by: Person, to: string) => by.client.post(path(bob, '/move'), { to });
    expect(
      statusesOf([
        await move(mo, table.id),
        await move(mo, text.id),
        await move(mo, safe.id),
        await move(mo, NOT_THERE),
        await move(olga, safe.id),
      ]),
    ).toEqual([422, 422, 404, 404, 409]);
    expect(controlled).toEqual([]);
  });

  test('act only on who is in the call, and stands below them', async () => {
    const { mo, olga, ann, bob, eve, path, inCall } = await setup();
    inCall(ann, mo, olga);
    const mute = (by: Person, who: Person) => by.client.put(path(who, '/mute'), {});
    const answers = [
      await mute(mo, bob),
      await mute(mo, olga),
      await mute(mo, mo),
      await mute(ann, mo),
      await mute(eve, ann),
      await mute(olga, mo),
    ];
    expect(statusesOf(answers)).toEqual([404, 403, 403, 403, 404, 204]);
    expect(problemOf(answers[0]!).title).toBe('They are not in this call.');
  });
});
