import { describe, expect, test } from 'vitest';
import { PermissionError, type Participant, type TrackSource } from '@parley/sfu';
import { EVERYTHING, receiver, World } from './support/world.js';

function publish(participant: Participant, name: string, source: TrackSource) {
  const kind = source === 'microphone' ? 'audio' : 'video';
  const publication = participant.publish({ kind, source, name, muted: false });
  publication.attach(receiver(kind));
  return publication;
}

describe('Room.configure()', () => {
  test('changes what is given, and tells everybody', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const alice = world.join(room, 'alice');
    room.configure({ metadata: 'first', maxParticipants: 2 });
    room.configure({ emptyTimeout: 1000 });
    expect(room.settings).toEqual({
      emptyTimeout: 1000,
      departureTimeout: 20_000,
      maxParticipants: 2,
      metadata: 'first',
    });
    expect(alice.told.clear()).toEqual(['room 1', 'room 1']);
  });

  test('a room of its own size is full earlier, and never later than all rooms', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    room.configure({ maxParticipants: 1000 });
    expect(room.settings.maxParticipants).toBe(10);
    room.configure({ maxParticipants: 1 });
    world.join(room, 'alice');
    expect(() => world.join(room, 'bob')).toThrow('The room "lobby" is full: 1 participants at most.');
  });

  test('its timeouts are its own', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    room.configure({ emptyTimeout: 5000, departureTimeout: 1000 });
    world.sfu.handleTimeout((world.now = 4999));
    expect(world.sfu.rooms.size).toBe(1);
    world.join(room, 'alice').participant.close('client-initiated');
    world.sfu.handleTimeout((world.now = 5998));
    expect(world.sfu.rooms.size).toBe(1);
    world.sfu.handleTimeout((world.now = 5999));
    expect(world.sfu.rooms.size).toBe(0);
  });
});

describe('Participant.muteTrack()', () => {
  test('mutes for everybody and tells the publisher once', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const alice = world.join(room, 'alice');
    const bob = world.join(room, 'bob');
    const mic = publish(alice.participant, 'mic', 'microphone');
    alice.told.clear();
    bob.told.clear();
    expect(alice.participant.muteTrack(mic.sid, true)).toBe(mic);
    expect(alice.participant.muteTrack(mic.sid, true)).toBe(mic);
    expect(mic.muted).toBe(true);
    expect(alice.told.clear()).toEqual(['alice joined mic muted', 'told to mute mic']);
    expect(bob.told.clear()).toEqual(['alice joined mic muted']);
    expect(bob.participant.muteTrack(mic.sid, false)).toBeUndefined();
  });
});

describe('Participant.setPermissions()', () => {
  test('ends what may not be published any more, and leaves the rest', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const alice = world.join(room, 'alice');
    const bob = world.join(room, 'bob');
    const mic = publish(alice.participant, 'mic', 'microphone');
    publish(alice.participant, 'camera', 'camera');
    alice.told.clear();
    alice.participant.setPermissions({ ...EVERYTHING, canPublishSources: ['microphone'] });
    expect([...alice.participant.publications.keys()]).toEqual([mic.sid]);
    expect([...bob.participant.subscriptions.keys()]).toEqual([mic.sid]);
    expect(alice.told.clear()).toContain('told to unpublish camera');
    expect(() => publish(alice.participant, 'again', 'camera')).toThrow(PermissionError);
  });

  test('drops subscriptions, and makes them again when they are allowed again', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const mic = publish(world.join(room, 'alice').participant, 'mic', 'microphone');
    const bob = world.join(room, 'bob');
    bob.told.clear();
    bob.participant.setPermissions({ ...EVERYTHING, canSubscribe: false });
    expect(bob.participant.subscriptions.size).toBe(0);
    expect(bob.told.clear()).toEqual(['bob joined', 'subscriptions']);
    bob.participant.setPermissions(EVERYTHING);
    expect([...bob.participant.subscriptions.keys()]).toEqual([mic.sid]);
  });

  test('one who is hidden from now on has left for the others, with its tracks, until it is seen again', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const alice = world.join(room, 'alice');
    const bob = world.join(room, 'bob');
    const mic = publish(alice.participant, 'mic', 'microphone');
    for (const { told } of [alice, bob]) told.clear();

    alice.participant.setPermissions({ ...EVERYTHING, hidden: true });
    expect(bob.participant.subscriptions.size).toBe(0);
    expect(bob.told.clear()).toEqual(['alice joined mic', 'subscriptions', 'room 1']);
    expect(alice.told.clear()).toEqual(['alice joined mic', 'room 1']);
    alice.participant.setName('Alice');
    expect(bob.told.clear()).toEqual([]);

    alice.participant.setPermissions(EVERYTHING);
    expect([...bob.participant.subscriptions.keys()]).toEqual([mic.sid]);
    expect(bob.told.clear()).toContain('room 2');
  });
});
