import type { Participant } from '@livekit/rtc-node';
import { expect, test } from 'vitest';
import { freshRoom, participantOf, subscribedTrack, useParticipants } from '../support/participants.js';
import { useServer } from '../support/server.js';
import { listen, useTones } from '../support/tone.js';
import { waitFor } from '../support/wait.js';

const server = useServer();
const join = useParticipants(server);
const tone = useTones();

test('a tone of 440 Hz that one participant sends is the tone that another one hears', async () => {
  const room = freshRoom();
  const [alice, bob] = await Promise.all([join(room, 'alice'), join(room, 'bob')]);
  const sent = tone(440);
  await sent.publish(alice);

  const heard = await listen(await subscribedTrack(bob, 'alice', sent.name));

  expect(heard.frequency).toBeGreaterThanOrEqual(435);
  expect(heard.frequency).toBeLessThanOrEqual(445);
  expect(heard.amplitude).toBeGreaterThan(0.3);
  expect(heard.amplitude).toBeLessThan(0.7);
});

test('who joins late hears what was published before', async () => {
  const room = freshRoom();
  const alice = await join(room, 'alice');
  const sent = tone(600);
  await sent.publish(alice);

  const bob = await join(room, 'bob');
  const heard = await listen(await subscribedTrack(bob, 'alice', sent.name));

  expect(Math.abs(heard.frequency - 600)).toBeLessThanOrEqual(5);
});

test('three participants hear the two others, each their own tone', async () => {
  const room = freshRoom();
  const sources = [
    { identity: 'alice', tone: tone(440) },
    { identity: 'bob', tone: tone(700) },
    { identity: 'carol', tone: tone(1_100) },
  ];
  const joined = await Promise.all(
    sources.map(async (source) => {
      const connected = await join(room, source.identity);
      await source.tone.publish(connected);
      return { ...source, room: connected };
    }),
  );

  for (const listener of joined) {
    for (const speaker of joined.filter(({ identity }) => identity !== listener.identity)) {
      const heard = await listen(
        await subscribedTrack(listener.room, speaker.identity, speaker.tone.name),
        0.5,
        0.3,
      );
      expect(
        Math.abs(heard.frequency - speaker.tone.frequency),
        `${listener.identity} hears ${speaker.identity}`,
      ).toBeLessThanOrEqual(5);
    }
  }
});

test('who makes a sound is named as speaking, and no longer when silent', async () => {
  const room = freshRoom();
  const alice = await join(room, 'alice');
  let speaking: string[] = [];
  const bob = await join(room, 'bob', {
    prepare: (connecting) => {
      connecting.on('activeSpeakersChanged', (speakers: Participant[]) => {
        speaking = speakers.map(({ identity }) => identity);
      });
    },
  });
  await participantOf(bob, 'alice');
  const sent = tone(440);
  await sent.publish(alice);
  await subscribedTrack(bob, 'alice', sent.name);

  await waitFor('alice being named as speaking', () => speaking.length === 1 && speaking[0] === 'alice');
  sent.amplitude = 0;
  await waitFor('nobody being named as speaking', () => speaking.length === 0);
});

test('a track that is unpublished ends for the others', async () => {
  const room = freshRoom();
  const [alice, bob] = await Promise.all([join(room, 'alice'), join(room, 'bob')]);
  const sent = tone(440);
  const publication = await sent.publish(alice);
  await subscribedTrack(bob, 'alice', sent.name);

  await alice.localParticipant?.unpublishTrack(publication.sid ?? '');

  await waitFor(
    'the publication being gone',
    () => bob.remoteParticipants.get('alice')?.trackPublications.size === 0,
  );
});

test('a track published again after being unpublished is heard again', async () => {
  const room = freshRoom();
  const [alice, bob] = await Promise.all([join(room, 'alice'), join(room, 'bob')]);
  for (const frequency of [440, 880, 660]) {
    const sent = tone(frequency);
    const publication = await sent.publish(alice);
    const heard = await listen(await subscribedTrack(bob, 'alice', sent.name), 0.5, 0.5);
    expect(Math.abs(heard.frequency - frequency)).toBeLessThanOrEqual(5);
    await alice.localParticipant?.unpublishTrack(publication.sid ?? '');
  }
});
