import {
  DisconnectReason,
  type Participant,
  type RemoteParticipant,
  type TrackPublication,
} from '@livekit/rtc-node';
import { expect, test } from 'vitest';
import { freshRoom, me, participantOf, subscribedTrack, useParticipants } from '../support/participants.js';
import { useServer } from '../support/server.js';
import { listen, useTones } from '../support/tone.js';
import { waitFor } from '../support/wait.js';

const server = useServer();
const join = useParticipants(server);
const tone = useTones();

test('who is there sees others come, with name, metadata and attributes, and go', async () => {
  const room = freshRoom();
  const seen: string[] = [];
  const alice = await join(room, 'alice', {
    prepare: (connecting) => {
      connecting.on('participantConnected', (other: RemoteParticipant) => seen.push(`+${other.identity}`));
      connecting.on('participantDisconnected', (other: RemoteParticipant) => seen.push(`-${other.identity}`));
    },
  });

  const bob = await join(room, 'bob', { name: 'Bob B.', metadata: '{"a":1}', attributes: { role: 'host' } });
  expect(await participantOf(alice, 'bob')).toMatchObject({
    name: 'Bob B.',
    metadata: '{"a":1}',
    attributes: { role: 'host' },
  });
  expect(bob.remoteParticipants.get('alice')).toBeDefined();

  await bob.disconnect();
  await waitFor('bob being gone', () => alice.remoteParticipants.size === 0);
  expect(seen).toEqual(['+bob', '-bob']);
});

test('rooms do not see each other', async () => {
  const [alice, bob, carol] = await Promise.all([
    join(freshRoom(), 'alice'),
    join(freshRoom(), 'bob'),
    join(freshRoom(), 'carol'),
  ]);
  for (const room of [alice, bob, carol]) expect(room.remoteParticipants.size).toBe(0);
  expect(new Set([await alice.getSid(), await bob.getSid(), await carol.getSid()]).size).toBe(3);
});

test('a new name, new metadata and new attributes are seen by others', async () => {
  const room = freshRoom();
  const changes: unknown[] = [];
  const alice = await join(room, 'alice', {
    prepare: (connecting) => {
      connecting.on('participantNameChanged', (name: string) => changes.push(['name', name]));
      connecting.on('participantMetadataChanged', (old: string | undefined, other: Participant) =>
        changes.push(['metadata', old, other.metadata]),
      );
      connecting.on('participantAttributesChanged', (changed: Record<string, string>) =>
        changes.push(['attributes', changed]),
      );
    },
  });
  const bob = await join(room, 'bob', { attributes: { stays: 'yes', goes: 'soon' } });
  const seen = await participantOf(alice, 'bob');

  await me(bob).updateName('Robert');
  await waitFor('the new name', () => seen.name === 'Robert');
  await me(bob).updateMetadata('new');
  await waitFor('the new metadata', () => seen.metadata === 'new');
  await me(bob).setAttributes({ hand: 'raised', goes: '' });
  await waitFor('the new attributes', () => seen.attributes.hand === 'raised');

  expect(seen.attributes).toEqual({ stays: 'yes', hand: 'raised' });
  expect(changes).toContainEqual(['name', 'Robert']);
  expect(changes.some((change) => Array.isArray(change) && change[0] === 'metadata')).toBe(true);
  expect(changes.some((change) => Array.isArray(change) && change[0] === 'attributes')).toBe(true);
});

test('who may not update their own metadata changes nothing', async () => {
  const room = freshRoom();
  const alice = await join(room, 'alice');
  const bob = await join(room, 'bob', { name: 'Bob', grant: { canUpdateOwnMetadata: false } });
  const seen = await participantOf(alice, 'bob');

  // The SDK does not pass the refusal on; what counts is that nobody sees a change.
  await me(bob)
    .updateName('Mallory')
    .catch(() => undefined);
  const carol = await join(room, 'carol');
  await participantOf(alice, 'carol');

  expect(seen.name).toBe('Bob');
  expect(carol.remoteParticipants.get('bob')?.name).toBe('Bob');
});

test('muting and unmuting is seen by others, and silences the track', async () => {
  const room = freshRoom();
  const events: string[] = [];
  const alice = await join(room, 'alice');
  const bob = await join(room, 'bob', {
    prepare: (connecting) => {
      connecting.on('trackMuted', (publication: TrackPublication) =>
        events.push(`muted ${publication.name ?? ''}`),
      );
      connecting.on('trackUnmuted', (publication: TrackPublication) =>
        events.push(`unmuted ${publication.name ?? ''}`),
      );
    },
  });
  const sent = tone(440);
  await sent.publish(alice);
  const track = await subscribedTrack(bob, 'alice', sent.name);
  expect((await listen(track, 0.5)).amplitude).toBeGreaterThan(0.3);

  sent.setMuted(true);
  await waitFor('the mute', () => events.length === 1);
  expect((await listen(track, 0.5)).level).toBeLessThan(0.01);

  sent.setMuted(false);
  await waitFor('the unmute', () => events.length === 2);
  expect((await listen(track, 0.5)).amplitude).toBeGreaterThan(0.3);
  expect(events).toEqual([`muted ${sent.name}`, `unmuted ${sent.name}`]);
});

test('a hidden participant is not seen, but sees', async () => {
  const room = freshRoom();
  const alice = await join(room, 'alice');
  const hidden = await join(room, 'hidden', { grant: { hidden: true } });
  await join(room, 'bob');

  await participantOf(alice, 'bob');
  await participantOf(hidden, 'alice');
  await participantOf(hidden, 'bob');
  expect([...alice.remoteParticipants.keys()]).toEqual(['bob']);
});

test('the same identity joining again takes the place of the first', async () => {
  const room = freshRoom();
  let reason: DisconnectReason | undefined;
  const first = await join(room, 'alice', {
    prepare: (connecting) => {
      connecting.on('disconnected', (why: DisconnectReason) => {
        reason = why;
      });
    },
  });
  const bob = await join(room, 'bob');
  const sidBefore = (await participantOf(bob, 'alice')).sid;

  const second = await join(room, 'alice');

  await waitFor('the first being told', () => reason === DisconnectReason.DUPLICATE_IDENTITY);
  expect(first.isConnected).toBe(false);
  expect(second.isConnected).toBe(true);
  await waitFor('bob seeing the second', () => {
    const sid = bob.remoteParticipants.get('alice')?.sid;
    return sid !== undefined && sid !== sidBefore;
  });
  expect(bob.remoteParticipants.size).toBe(1);
});
