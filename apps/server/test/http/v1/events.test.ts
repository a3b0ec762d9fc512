import { eventFrame } from '@parley/contract';
import type { EventFrame } from '@parley/contract';
import { EventHub } from '@parley/workspace';
import type { EventListener } from '@parley/workspace';
import { describe, expect, test } from 'vitest';
import { startKitchen } from './kitchen.js';
import type { Person } from './kitchen.js';

class Listener implements EventListener {
  readonly userId: string;
  readonly sessionId: string;
  readonly frames: EventFrame[] = [];
  ended = false;

  constructor({ id }: Person, sessionId = 'session') {
    this.userId = id;
    this.sessionId = sessionId;
  }

  send = (text: string): void => {
    this.frames.push(eventFrame.parse(JSON.parse(text)));
  };

  end = (): void => {
    this.ended = true;
  };

  /** What it was told since the last time. */
  takeTypes(): string[] {
    return this.frames
      .splice(0)
      .map((frame) =>
        frame.type === 'hello' ? `hello ${frame.resumed ? 'again' : 'anew'}` : frame.event.type,
      );
  }
}

/** The kitchen, and a hub that is told of what happens in it. */
async function start() {
  const kitchen = await startKitchen();
  const { db, told } = kitchen;
  const hub = new EventHub({ db, now: () => kitchen.clock.now, position: '0' });
  let position = 0;
  const deliver = async (): Promise<void> => {
    for (const event of told.splice(0)) {
      position += 1;
      await hub.deliver({ position: String(position), event });
    }
  };
  const listen = async (who: Person, after?: string) => {
    const listener = new Listener(who);
    await hub.connect(listener, after);
    return listener;
  };
  const makeChannel = async (name: string, fields: object = {}): Promise<string> => {
    const answer = await kitchen.olga.client.post(`communities/${kitchen.communityId}/channels`, {
      ...{ kind: 'text', name },
      ...fields,
    });
    expect(answer.status).toBe(201);
    await deliver();
    return (answer.body as { id: string }).id;
  };
  return { ...kitchen, hub, deliver, listen, makeChannel };
}

describe('events', () => {
  test('reach the members of a community, on each of their devices, and nobody else', async () => {
    const { olga, ann, eve, listen, makeChannel } = await start();
    const listeners = [await listen(olga), await listen(ann), await listen(ann), await listen(eve)];
    await makeChannel('recipes');
    expect(listeners.map((listener) => listener.takeTypes())).toEqual([
      ['hello anew', 'channel_created'],
      ['hello anew', 'channel_created'],
      ['hello anew', 'channel_created'],
      ['hello anew'],
    ]);
  });

  test('of a private channel reach those who see it', async () => {
    const { olga, ann, listen, makeChannel } = await start();
    const [one, other] = [await listen(olga), await listen(ann)];
    await makeChannel('secret', { private: true });
    expect(one.takeTypes()).toContain('channel_created');
    expect(other.takeTypes()).not.toContain('channel_created');
  });

  test('stop the moment a channel becomes private', async () => {
    const { olga, ann, deliver, listen, makeChannel } = await start();
    const id = await makeChannel('recipes');
    const other = await listen(ann);
    expect((await olga.client.patch(`channels/${id}`, { topic: 'Soup' })).status).toBe(200);
    await deliver();
    expect(other.takeTypes()).toContain('channel_changed');
    expect((await olga.client.patch(`channels/${id}`, { private: true })).status).toBe(200);
    await deliver();
    other.takeTypes();
    expect((await olga.client.patch(`channels/${id}`, { topic: 'Secret soup' })).status).toBe(200);
    await deliver();
    expect(other.takeTypes()).toEqual([]);
  });

  test('reach who became a member while connected', async () => {
    const { eve, communityId, hub, join, listen, makeChannel } = await start();
    const listener = await listen(eve);
    await join(eve);
    const payload = { community_id: communityId };
    await hub.deliver({
      position: 'joined',
      event: { type: 'community_joined', payload, audience: { userIds: [eve.id] } },
    });
    await makeChannel('recipes');
    expect(listener.takeTypes()).toEqual(['hello anew', 'community_joined', 'channel_created']);
  });

  test('that were missed come to who is back, once, and only what they may see', async () => {
    const { ann, hub, listen, makeChannel } = await start();
    const before = await listen(ann);
    await makeChannel('recipes');
    await hub.disconnect(before);
    const last = before.frames.at(-1);
    await makeChannel('soups');
    await makeChannel('secret', { private: true });
    const after = last?.type === 'event' ? (last.position ?? undefined) : undefined;
    expect(after).toBeDefined();
    const back = await listen(ann, after);
    await makeChannel('salads');
    expect(
      back.frames.map((frame) =>
        frame.type === 'event' && frame.event.type === 'channel_created'
          ? frame.event.payload.channel.name
          : '',
      ),
    ).toEqual(['', 'soups', 'salads']);
    expect(back.takeTypes()[0]).toBe('hello again');
  });

  test('that nobody remembers have to be loaded anew', async () => {
    const { ann, listen } = await start();
    expect((await listen(ann, 'long ago')).takeTypes()).toEqual(['hello anew']);
  });

  test('come to no session that has ended', async () => {
    const { ann, hub } = await start();
    const [ended, other] = [new Listener(ann, 'ended'), new Listener(ann, 'other')];
    await hub.connect(ended, undefined);
    await hub.connect(other, undefined);
    hub.endSessions(['ended']);
    expect([ended.ended, other.ended]).toEqual([true, false]);
  });
});
