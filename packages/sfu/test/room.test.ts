import { describe, expect, test, vi } from 'vitest';
import {
  LimitError,
  PermissionError,
  type Participant,
  type ParticipantKind,
  type TrackKind,
  type TrackSource,
} from '@parley/sfu';
import { receiver, World } from './support/world.js';

function publish(
  participant: Participant,
  name: string,
  kind: TrackKind = 'audio',
  source: TrackSource = 'microphone',
) {
  const publication = participant.publish({ kind, source, name, muted: false });
  publication.attach(receiver(kind));
  return publication;
}

describe('joining and leaving', () => {
  test('everybody is told who joins, becomes active and leaves', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const alice = world.join(room, 'alice');
    const bob = world.join(room, 'bob');
    expect(alice.told.clear()).toContain('bob joined');
    bob.connect();
    expect(alice.told.clear()).toEqual(['bob active']);
    bob.participant.close('client-initiated');
    expect(alice.told.clear()).toEqual(['bob disconnected', 'room 1']);
    expect([...room.participants.keys()]).toEqual(['alice']);
  });

  test('a second session of an identity ends the first', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const first = world.join(room, 'alice');
    const second = world.join(room, 'alice');
    expect(first.told.lines.at(-1)).toBe('closed duplicate-identity');
    expect(room.participants.get('alice')).toBe(second.participant);
    first.participant.close('client-initiated');
    expect(room.participants.get('alice')).toBe(second.participant);
  });

  test('a hidden participant is not told of to others, and sees them', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const alice = world.join(room, 'alice');
    const ghost = world.join(room, 'ghost', { permissions: { hidden: true } });
    ghost.connect();
    ghost.told.clear();
    expect(alice.told.clear()).toEqual([]);
    expect(room.visibleCount).toBe(1);
    publish(ghost.participant, 'whisper');
    expect(alice.participant.subscriptions.size).toBe(0);
    ghost.told.clear();
    publish(alice.participant, 'mic');
    expect(ghost.told.clear()).toEqual(['alice joined mic', 'subscriptions']);
  });

  test('rooms are limited together with those of other sfus, where they share a quota', () => {
    let left = 1;
    const roomQuota = { take: () => left-- > 0, release: () => (left = 1) };
    const world = new World({ rooms: 1, participantsPerRoom: 1, publicationsPerParticipant: 1 }, roomQuota);
    const room = world.sfu.room('first');
    expect(world.sfu.room('first')).toBe(room);
    expect(() => world.sfu.room('other')).toThrow('The server is full: 1 rooms at most.');
    room.close('room-deleted');
    expect(world.sfu.room('other').name).toBe('other');
  });

  test('rooms and participants are limited, with a sentence that says so', () => {
    const world = new World({ rooms: 1, participantsPerRoom: 1, publicationsPerParticipant: 1 });
    const room = world.sfu.room('only');
    expect(() => world.sfu.room('other')).toThrow(LimitError);
    world.join(room, 'alice');
    expect(() => world.join(room, 'bob')).toThrow('The room "only" is full: 1 participants at most.');
    expect(() => world.join(room, 'alice')).not.toThrow();
  });

  test('recorders and agents take none of the places of a room, but count toward the limit of all rooms', () => {
    const world = new World({ rooms: 1, participantsPerRoom: 3, publicationsPerParticipant: 1 });
    const room = world.sfu.room('lobby', { maxParticipants: 1 });
    world.join(room, 'recorder', { kind: 'egress' });
    world.join(room, 'alice');
    expect(() => world.join(room, 'bob')).toThrow('is full: 1 participants at most');
    world.join(room, 'agent', { kind: 'agent' });
    expect(() => world.join(room, 'another', { kind: 'agent' })).toThrow('is full: 3');
  });

  test('a room ends 20 s after the last left, and 300 s after it was made if nobody came', () => {
    const world = new World();
    const { participant } = world.join(world.sfu.room('used'), 'alice');
    world.sfu.room('unused');
    participant.close('client-initiated');
    world.sfu.handleTimeout((world.now = 19_000));
    expect(world.sfu.rooms.size).toBe(2);
    world.sfu.handleTimeout((world.now = 20_000));
    expect([...world.sfu.rooms.keys()]).toEqual(['unused']);
    world.sfu.handleTimeout((world.now = 300_000));
    expect(world.sfu.rooms.size).toBe(0);
  });

  test.each<[ParticipantKind, boolean]>([
    ['standard', true],
    ['sip', true],
    ['ingress', true],
    ['connector', true],
    ['bridge', true],
    ['egress', false],
    ['agent', false],
  ])('whether a participant of kind %s keeps a room: %s', (kind, keeps) => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const alice = world.join(room, 'alice');
    const other = world.join(room, 'other', { kind });
    other.connect();
    alice.participant.close('client-initiated');
    world.sfu.handleTimeout((world.now = 20_000));
    expect(world.sfu.rooms.has('lobby')).toBe(keeps);
    expect(other.told.lines.includes('closed room-closed')).toBe(!keeps);
  });

  test('somebody hidden keeps no room, until shown', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const alice = world.join(room, 'alice');
    const ghost = world.join(room, 'ghost', { permissions: { hidden: true } });
    ghost.connect();
    alice.participant.close('client-initiated');
    world.sfu.handleTimeout((world.now = 19_999));
    ghost.participant.setPermissions({ ...ghost.participant.permissions, hidden: false });
    world.sfu.handleTimeout((world.now = 60_000));
    expect(world.sfu.rooms.size).toBe(1);
    ghost.participant.setPermissions({ ...ghost.participant.permissions, hidden: true });
    world.sfu.handleTimeout((world.now = 79_999));
    expect(world.sfu.rooms.size).toBe(1);
    world.sfu.handleTimeout((world.now = 80_000));
    expect(world.sfu.rooms.size).toBe(0);
    expect(ghost.told.lines.at(-1)).toBe('closed room-closed');
  });

  test('a room in which a recorder waits for people ends as one in which nobody is', () => {
    const world = new World();
    const recorder = world.join(world.sfu.room('lobby'), 'recorder', { kind: 'egress' });
    recorder.connect();
    world.sfu.handleTimeout((world.now = 299_999));
    expect(world.sfu.rooms.size).toBe(1);
    world.sfu.handleTimeout((world.now = 300_000));
    expect(recorder.told.lines.at(-1)).toBe('closed room-closed');
  });

  test('who does not connect within a minute is disconnected; who has connected stays', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const alice = world.join(room, 'alice');
    const bob = world.join(room, 'bob');
    bob.connect();
    world.sfu.handleTimeout((world.now = 61_000));
    expect(alice.told.lines.at(-1)).toBe('closed connection-timeout');
    expect([...room.participants.keys()]).toEqual(['bob']);
  });

  test('closing the sfu tells everybody and closes their transports', () => {
    const world = new World();
    const alice = world.join(world.sfu.room('a'), 'alice');
    const bob = world.join(world.sfu.room('b'), 'bob');
    world.sfu.close();
    expect(alice.told.lines.at(-1)).toBe('closed server-shutdown');
    expect(bob.told.lines.at(-1)).toBe('closed server-shutdown');
    expect(world.transports.every(({ closed }) => closed)).toBe(true);
    expect(world.sfu.rooms.size).toBe(0);
  });

  test('a transport that fails ends its participant', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const alice = world.join(room, 'alice');
    alice.setState('failed');
    expect(alice.told.lines.at(-1)).toBe('closed media-failure');
    expect(room.participants.size).toBe(0);
  });

  test('a participant without media of its own is active as soon as it has joined, and stays', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const alice = world.join(room, 'alice');
    alice.connect();
    alice.told.clear();
    const tap = world.join(room, 'tap', { transports: undefined });
    expect(tap.participant.state).toBe('active');
    expect(alice.told.clear()).toContain('tap active');
    publish(alice.participant, 'mic');
    expect(tap.participant.subscriptions.size).toBe(1);
    world.sfu.handleTimeout((world.now = 61_000));
    expect(room.participants.has('tap')).toBe(true);
    tap.participant.close('client-initiated');
    expect(alice.told.lines).toContain('tap disconnected');
  });
});

describe('publications and subscriptions', () => {
  test('a publication is announced and subscribed to once it is negotiated', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const alice = world.join(room, 'alice');
    const bob = world.join(room, 'bob');
    alice.told.clear();
    const publication = alice.participant.publish({
      kind: 'audio',
      source: 'microphone',
      name: 'mic',
      muted: false,
    });
    expect(bob.participant.subscriptions.size).toBe(0);
    publication.attach(receiver('audio'));
    expect(bob.told.clear()).toEqual(['alice joined mic', 'subscriptions']);
    expect([...bob.participant.subscriptions.keys()]).toEqual([publication.sid]);
    expect(alice.told.clear()).toEqual(['alice joined mic', 'subscribed mic']);
    expect(alice.participant.subscriptions.size).toBe(0);
  });

  test('a late joiner gets what is there', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const mic = publish(world.join(room, 'alice').participant, 'mic');
    const bob = world.join(room, 'bob');
    expect([...bob.participant.subscriptions.keys()]).toEqual([mic.sid]);
  });

  test('without autoSubscribe only what is asked for is subscribed to', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const alice = world.join(room, 'alice');
    const bob = world.join(room, 'bob', { autoSubscribe: false });
    const mic = publish(alice.participant, 'mic');
    expect(bob.participant.subscriptions.size).toBe(0);
    expect(bob.participant.setSubscribed([mic.sid], true)).toEqual([]);
    expect(bob.participant.subscriptions.size).toBe(1);
    bob.participant.setSubscribed([mic.sid], false);
    expect(bob.participant.subscriptions.size).toBe(0);
    expect(bob.participant.setSubscribed(['TR_nothing', mic.sid, 'TR_nothing'], true)).toEqual([
      'TR_nothing',
    ]);
    expect(bob.participant.subscriptions.size).toBe(1);
  });

  test('without canSubscribe nothing is', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const mic = publish(world.join(room, 'alice').participant, 'mic');
    const bob = world.join(room, 'bob', { permissions: { canSubscribe: false } });
    bob.participant.setSubscribed([mic.sid], true);
    expect(bob.participant.subscriptions.size).toBe(0);
  });

  test('however many are asked for at once, all in the room is looked through once', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const mic = publish(world.join(room, 'alice').participant, 'mic');
    const { participant } = world.join(room, 'bob', { autoSubscribe: false });
    const publications = vi.spyOn(room, 'publications');
    participant.setSubscribed(
      Array.from({ length: 20_000 }, () => mic.sid),
      true,
    );
    expect(publications).toHaveBeenCalledTimes(1);
    expect(participant.subscriptions.size).toBe(1);
  });

  test('unpublishing ends the subscriptions and tells everybody', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const alice = world.join(room, 'alice');
    const bob = world.join(room, 'bob');
    const mic = publish(alice.participant, 'mic');
    bob.told.clear();
    alice.participant.unpublish(mic.sid);
    expect(bob.told.clear()).toEqual(['subscriptions', 'alice joined']);
    expect(bob.participant.subscriptions.size).toBe(0);
  });

  test('who leaves takes the publications along', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const alice = world.join(room, 'alice');
    const bob = world.join(room, 'bob');
    publish(alice.participant, 'mic');
    publish(alice.participant, 'cam', 'video', 'camera');
    expect(bob.participant.subscriptions.size).toBe(2);
    alice.participant.close('client-initiated');
    expect(bob.participant.subscriptions.size).toBe(0);
    expect([...room.publications()]).toEqual([]);
  });

  test('muting is told to everybody, once', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const alice = world.join(room, 'alice');
    const bob = world.join(room, 'bob');
    const mic = publish(alice.participant, 'mic');
    bob.told.clear();
    mic.setMuted(true);
    mic.setMuted(true);
    expect(bob.told.clear()).toEqual(['alice joined mic muted']);
  });

  test('what a token forbids is refused', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const listener = world.join(room, 'listener', { permissions: { canPublish: false } });
    expect(() => publish(listener.participant, 'mic')).toThrow(PermissionError);
    const camera = world.join(room, 'camera', { permissions: { canPublishSources: ['camera'] } });
    expect(() => publish(camera.participant, 'mic')).toThrow('does not allow publishing "microphone"');
    expect(() => publish(camera.participant, 'cam', 'video', 'camera')).not.toThrow();
  });

  test('the number of tracks is limited', () => {
    const world = new World({ rooms: 1, participantsPerRoom: 2, publicationsPerParticipant: 2 });
    const { participant } = world.join(world.sfu.room('lobby'), 'alice');
    publish(participant, 'one');
    publish(participant, 'two');
    expect(() => publish(participant, 'three')).toThrow(LimitError);
  });
});

describe('metadata', () => {
  test('changes are told with a growing version; an empty attribute is deleted', () => {
    const world = new World();
    const { participant, told } = world.join(world.sfu.room('lobby'), 'alice');
    const before = participant.version;
    participant.setAttributes({ hand: 'raised', mood: 'fine' });
    participant.setAttributes({ hand: '' });
    participant.setName('Alice');
    participant.setName('Alice');
    expect(participant.attributes).toEqual({ mood: 'fine' });
    expect(participant.version).toBe(before + 3);
    expect(told.lines).toHaveLength(3);
  });

  test('an attribute named __proto__ is an attribute like others', () => {
    const world = new World();
    const { participant } = world.join(world.sfu.room('lobby'), 'alice');
    participant.setAttributes(JSON.parse('{"__proto__":"x"}') as Record<string, string>);
    expect(Object.entries(participant.attributes)).toEqual([['__proto__', 'x']]);
  });
});

describe('speakers', () => {
  test('who starts and stops speaking is told to everybody active, and nothing while nothing changes', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const alice = world.join(room, 'alice');
    const bob = world.join(room, 'bob');
    const mic = publish(alice.participant, 'mic');
    bob.connect();
    bob.told.clear();
    const speak = (level: number) => {
      for (let packet = 0; packet < 20; packet++) mic.onAudioLevel(level);
      world.sfu.handleTimeout((world.now += 400));
    };
    speak(10);
    expect(bob.told.clear()).toEqual(['speakers alice:true']);
    for (let interval = 0; interval < 5; interval++) speak(127);
    expect(bob.told.clear().at(-1)).toBe('speakers alice:false');
    speak(127);
    expect(bob.told.clear()).toEqual([]);
  });

  test('who is hidden is not told of, however loud', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const ghost = world.join(room, 'ghost', { permissions: { hidden: true } });
    const alice = world.join(room, 'alice');
    alice.connect();
    const [loud, mic] = [publish(ghost.participant, 'mic'), publish(alice.participant, 'mic')];
    const speak = () => {
      for (let packet = 0; packet < 20; packet++) for (const one of [loud, mic]) one.onAudioLevel(10);
      world.sfu.handleTimeout((world.now += 400));
    };
    alice.told.clear();
    speak();
    expect(alice.told.clear()).toEqual(['speakers alice:true']);
  });

  test('muting silences at once', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const alice = world.join(room, 'alice');
    alice.connect();
    const mic = publish(alice.participant, 'mic');
    for (let packet = 0; packet < 20; packet++) mic.onAudioLevel(5);
    world.sfu.handleTimeout((world.now += 400));
    mic.setMuted(true);
    alice.told.clear();
    world.sfu.handleTimeout((world.now += 400));
    expect(alice.told.lines).toEqual(['speakers alice:false']);
  });
});
