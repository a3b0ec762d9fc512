import { TrackType } from '@livekit/protocol';
import { describe, expect, test } from 'vitest';
import { type FakeClient, Harness, MICROPHONE, fixture } from './support/harness.js';

/** Somebody with a microphone, whose connection is there; answers the client, and what lets time pass while they speak or not. */
async function speaker(
  harness: Harness,
  identity: string,
  hidden = false,
): Promise<{ client: FakeClient; speak: (level: number) => void }> {
  const client = await harness.join(identity, { video: { hidden } });
  client.transport?.setState('connected');
  client.tell({ case: 'addTrack', value: { cid: MICROPHONE.cid, type: TrackType.AUDIO } });
  client.negotiate(fixture('chromium-publish'));
  const participant = harness.sfu.rooms.get('lobby')?.participants.get(identity);
  const [microphone] = participant?.publications.values() ?? [];
  return {
    client,
    speak: (level) => {
      for (let packet = 0; packet < 20; packet++) microphone?.onAudioLevel(level);
      harness.advance(400);
      harness.advance();
    },
  };
}

describe('speakers', () => {
  test('are told of while they speak, and once that they have stopped', async () => {
    const harness = new Harness();
    const { client, speak } = await speaker(harness, 'alice');
    const bob = await harness.join('bob');
    bob.transport?.setState('connected');
    const sid = client.last('join').participant?.sid;
    speak(10);
    expect(bob.last('speakersChanged').speakers).toMatchObject([{ sid, active: true }]);
    for (let interval = 0; interval < 5; interval++) speak(127);
    expect(bob.last('speakersChanged').speakers).toMatchObject([{ sid, active: false, level: 0 }]);
    bob.takeCases();
    speak(127);
    expect(bob.all('speakersChanged')).toEqual([]);
  });

  test('who are hidden are not told of', async () => {
    const harness = new Harness();
    const { speak } = await speaker(harness, 'ghost', true);
    const bob = await harness.join('bob');
    bob.transport?.setState('connected');
    speak(10);
    expect(bob.all('speakersChanged')).toEqual([]);
  });
});

describe('updates of participants', () => {
  test('several changes of one are told in one update', async () => {
    const harness = new Harness();
    await harness.join('alice');
    const bob = await harness.join('bob');
    harness.advance();
    bob.takeCases();
    const alice = harness.sfu.rooms.get('lobby')?.participants.get('alice');
    alice?.setName('Al');
    alice?.setMetadata('m');
    expect(bob.takeCases()).toEqual([]);
    harness.advance();
    expect(bob.messages.map((message) => message.case)).toEqual(['update']);
    expect(bob.last('update').participants).toMatchObject([{ identity: 'alice', name: 'Al', metadata: 'm' }]);
  });

  test('the room is told of when their number changed, and when its metadata did', async () => {
    const harness = new Harness();
    const bob = await harness.join('bob');
    harness.advance();
    const alice = await harness.join('alice');
    harness.advance();
    expect(bob.last('roomUpdate').room?.numParticipants).toBe(2);
    bob.takeCases();
    alice.tell({ case: 'leave', value: {} });
    harness.advance();
    expect(bob.takeCases()).toEqual(['update', 'roomUpdate']);
    harness.sfu.rooms.get('lobby')?.configure({ metadata: 'm' });
    harness.advance();
    expect(bob.last('roomUpdate').room?.metadata).toBe('m');
    bob.takeCases();
    harness.advance();
    expect(bob.takeCases()).toEqual([]);
  });

  test('who leaves and comes back under the same name leaves before the next one joins', async () => {
    const harness = new Harness();
    const bob = await harness.join('bob');
    const first = await harness.join('alice');
    harness.advance();
    bob.takeCases();
    const second = await harness.join('alice');
    harness.advance();
    expect(bob.last('update').participants.map(({ sid, state }) => [sid, state])).toEqual([
      [first.last('join').participant?.sid, 3],
      [second.last('join').participant?.sid, 1],
    ]);
  });

  test('what many are told alike is written once, and to each in its own form', async () => {
    const harness = new Harness();
    const [bob, carol, dave] = [
      await harness.join('bob'),
      await harness.join('carol'),
      await harness.join('dave'),
    ];
    dave.session?.receive(JSON.stringify({ pingReq: { timestamp: '5' } }));
    harness.advance();
    harness.sfu.rooms.get('lobby')?.participants.get('bob')?.setName('Bob');
    harness.advance();
    expect(carol.last('update').participants).toMatchObject([{ identity: 'bob', name: 'Bob' }]);
    expect(carol.frames.at(-1)).toBe(bob.frames.at(-1));
    expect(typeof dave.frames.at(-1)).toBe('string');
    expect(dave.last('update')).toEqual(carol.last('update'));
  });

  test('who is hidden from now on is told so, and the others in the same go that it has left', async () => {
    const harness = new Harness();
    const [bob, carol] = [await harness.join('bob'), await harness.join('carol')];
    harness.advance();
    const participant = harness.sfu.rooms.get('lobby')?.participants.get('bob');
    participant?.setPermissions({ ...participant.permissions, hidden: true });
    harness.advance();
    expect(bob.last('update').participants).toMatchObject([{ state: 1, permission: { hidden: true } }]);
    expect(carol.last('update').participants).toMatchObject([{ state: 3 }]);
  });
});
