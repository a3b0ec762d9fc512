import { messagePage, ownCalls } from '@parley/contract';
import { describe, expect, test } from 'vitest';
import { startKitchen } from './kitchen.js';
import type { Person } from './kitchen.js';

/** Olga and Ann have a conversation, and pages open; `inCall` is what the media server sees. */
async function setup() {
  const kitchen = await startKitchen();
  const { olga, ann, connected, voice, ringing, told } = kitchen;
  connected.add(olga.id).add(ann.id);
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
    told.flatMap((event) => (event.type === 'voice_ringing' ? [[event.payload, event.audience]] : []));
  const lines = async (who: Person) =>
    messagePage.parse((await who.client.get(`channels/${id}/messages`)).body).messages;
  return { ...kitchen, id, inCall, call, stop, rings, lines };
}

describe('a call in a conversation', () => {
  test('calls the other, on all devices and those that open meanwhile, until they answer', async () => {
    const { olga, ann, id, call, inCall, rings, lines } = await setup();
    expect((await call(olga)).status).toBe(201);
    const ringing = { channel_id: id, caller: { id: olga.id, name: 'olga' }, ended: false };
    expect(rings()).toMatchObject([
      [{ ...ringing, people: [{ id: ann.id, state: 'ringing' }] }, { userIds: [olga.id, ann.id] }],
    ]);
    expect(ownCalls.parse((await ann.client.get('calls')).body).calls).toMatchObject([ringing]);
    inCall(olga);
    expect((await call(ann)).status).toBe(201);
    expect(rings().at(-1)).toMatchObject([{ people: [{ id: ann.id, state: 'answered' }] }, {}]);
    inCall(olga, ann);
    inCall();
    expect(rings().at(-1)).toMatchObject([{ ended: true }, {}]);
    await expect
      .poll(() => lines(ann))
      .toMatchObject([{ author: { id: olga.id }, text: '', call: { seconds: 0 } }]);
    expect(ownCalls.parse((await ann.client.get('calls')).body).calls).toEqual([]);
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
    const { olga, ann, id, addChannel, voice, connected, call, stop, rings } = await setup();
    connected.delete(ann.id);
    await call(olga);
    expect(rings().at(-1)).toMatchObject([{ people: [{ id: ann.id, state: 'offline' }] }, {}]);
    await stop(olga);
    const table = await addChannel({ kind: 'voice', name: 'Table' });
    voice.set(0, table.id, [{ userId: ann.id, microphone: true, camera: false, screen: false }]);
    await call(olga);
    expect(rings().at(-1)).toMatchObject([{ channel_id: id, people: [{ state: 'busy' }] }, {}]);
  });
});
