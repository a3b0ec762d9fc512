import { messagePage, ownCalls } from '@parley/contract';
import { describe, expect, test } from 'vitest';
import { startKitchen } from './kitchen.js';
import type { Person } from './kitchen.js';

/** Olga and Ann have a conversation, and pages open; `inCall` is what the media server sees. */
async function setup() {
  const kitchen = await startKitchen();
  const { olga, ann, presence, voice, ringing, told, person, clock } = kitchen;
  const come = (who: Person) => presence.connected(who.id, `${who.name}'s desk`, true);
  const go = async (who: Person) => {
    await presence.disconnected(who.id, `${who.name}'s desk`);
    clock.now += 60_000;
  };
  await come(olga);
  await come(ann);
  const { body } = await olga.client.post('conversations/direct', { user_id: ann.id });
  const { id } = body as { id: string };
  const inCall = (...people: Person[]) => {
    const shown = people.map((person) => ({
      ...{ userId: person.id, microphone: true, camera: false, screen: false },
    }));
    voice.set(0, id, shown);
    ringing.peopleChanged(id);
  };
  const call = (who: Person) => who.client.post(`channels/${id}/call`, {});
  const stop = (who: Person) => who.client.delete(`channels/${id}/call/ring`);
  const rings = () =>
    told.flatMap((event) =>
      event.type === 'voice_ringing' && 'userIds' in event.audience
        ? [[event.payload, event.audience] as const]
        : [],
    );
  const lines = async (who: Person) =>
    messagePage.parse((await who.client.get(`channels/${id}/messages`)).body).messages;
  const callsOf = async (who: Person) => ownCalls.parse((await who.client.get('calls')).body).calls;
  /** Olga's, with Ann, Bob and Cem. */
  const startGroup = async () => {
    const [bob, cem] = [await person('bob'), await person('cem')];
    for (const who of [bob, cem]) await kitchen.join(who);
    const made = await olga.client.post('conversations/group', { user_ids: [ann.id, bob.id, cem.id] });
    expect(made.status).toBe(201);
    return { bob, cem, group: (made.body as { id: string }).id };
  };
  return { ...kitchen, id, inCall, call, stop, rings, lines, come, go, callsOf, startGroup };
}

describe('a call in a conversation', () => {
  test('calls the other, on all devices and those that open meanwhile, until they answer', async () => {
    const { olga, ann, id, call, inCall, rings, lines, callsOf } = await setup();
    expect((await call(olga)).status).toBe(201);
    const ringing = { channel_id: id, caller: { id: olga.id, name: 'olga' }, ended: false };
    expect(rings()).toMatchObject([
      [{ ...ringing, people: [{ id: ann.id, state: 'ringing' }] }, { userIds: [olga.id, ann.id] }],
    ]);
    expect(await callsOf(ann)).toMatchObject([ringing]);
    inCall(olga);
    expect((await call(ann)).status).toBe(201);
    expect(rings().at(-1)).toMatchObject([{ people: [{ id: ann.id, state: 'answered' }] }, {}]);
    inCall(olga, ann);
    inCall();
    await expect.poll(() => rings().at(-1)).toMatchObject([{ ended: true }, {}]);
    await expect
      .poll(() => lines(ann))
      .toMatchObject([{ author: { id: olga.id }, text: '', call: { seconds: 0 } }]);
    expect(await callsOf(ann)).toEqual([]);
  });

  test('is missed when it is declined or given up, which its conversation says', async () => {
    const { olga, ann, eve, call, inCall, stop, rings, lines } = await setup();
    await call(olga);
    inCall(olga);
    expect((await stop(eve)).status).toBe(204);
    expect(rings()).toHaveLength(1);
    expect((await stop(ann)).status).toBe(204);
    expect(rings().at(-1)).toMatchObject([{ people: [{ state: 'declined' }], ended: false }, {}]);
    expect((await stop(olga)).status).toBe(204);
    expect(rings().at(-1)).toMatchObject([{ ended: true }, {}]);
    await expect.poll(() => lines(ann)).toMatchObject([{ call: { seconds: null } }]);
  });

  test('says who is busy or has no page open', async () => {
    const { olga, ann, id, addChannel, voice, come, go, call, stop, rings } = await setup();
    await go(ann);
    await call(olga);
    expect(rings().at(-1)).toMatchObject([{ people: [{ id: ann.id, state: 'offline' }] }, {}]);
    await stop(olga);
    await come(ann);
    const table = await addChannel({ kind: 'voice', name: 'Table' });
    voice.set(0, table.id, [{ userId: ann.id, microphone: true, camera: false, screen: false }]);
    await call(olga);
    expect(rings().at(-1)).toMatchObject([{ channel_id: id, people: [{ state: 'busy' }] }, {}]);
  });

  test('tells nobody of a call that they do not see', async () => {
    const { olga, ann, eve, voice, call, rings } = await setup();
    const { body } = await ann.client.post('conversations/direct', { user_id: eve.id });
    const { id: other } = body as { id: string };
    voice.set(0, other, [{ userId: ann.id, microphone: true, camera: false, screen: false }]);
    await call(olga);
    expect(rings().at(-1)).toMatchObject([{ people: [{ id: ann.id, state: 'ringing' }] }, {}]);
  });

  test('is the same for the caller with who is invisible, has blocked them, or is not there', async () => {
    const { olga, ann, startGroup, come, rings, callsOf } = await setup();
    const { bob, cem, group } = await startGroup();
    await come(bob);
    await ann.client.put('me/availability', { availability: 'invisible' });
    await bob.client.put(`blocks/${olga.id}`, {});
    expect((await olga.client.post(`channels/${group}/call`, {})).status).toBe(201);
    const [ring, audience] = rings().at(-1) ?? [];
    const states = new Map(ring?.people.map(({ id, state }) => [id, state]));
    expect(states).toEqual(new Map([ann, bob, cem].map(({ id }) => [id, 'offline'])));
    // The invisible are called all the same, and who has blocked the caller is not.
    expect(new Set(audience?.userIds)).toEqual(new Set([olga.id, ann.id, cem.id]));
    expect(await callsOf(ann)).toHaveLength(1);
    expect(await callsOf(bob)).toEqual([]);
  });

  test('is none of those any more who have left the group', async () => {
    const { olga, ann, startGroup, rings, callsOf } = await setup();
    const { bob, group } = await startGroup();
    await olga.client.post(`channels/${group}/call`, {});
    expect(await callsOf(bob)).toHaveLength(1);
    expect((await bob.client.post(`conversations/${group}/leave`, {})).status).toBe(204);
    expect(await callsOf(bob)).toEqual([]);
    await ann.client.delete(`channels/${group}/call/ring`);
    expect(rings()).toHaveLength(2);
    expect(rings().map(([, { userIds }]) => userIds.includes(bob.id))).toEqual([true, false]);
  });

  test('cannot be begun and given up again and again', async () => {
    const { olga, ann, call, stop, clock } = await setup();
    for (let begun = 0; begun < 5; begun += 1) {
      expect((await call(olga)).status).toBe(201);
      await stop(olga);
    }
    const refused = await call(olga);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
    expect((await call(ann)).status).toBe(201);
    // Answering begins none.
    expect((await call(olga)).status).toBe(201);
    await stop(ann);
    clock.now += 10_000;
    expect((await call(olga)).status).toBe(201);
  });
});
