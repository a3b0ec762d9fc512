import { expect, test } from 'vitest';
import { receiver, World } from './support/world.js';

test('the observer hears of a room from its start to its end, in the order of what happened', () => {
  const world = new World();
  const room = world.sfu.room('lobby');
  const alice = world.join(room, 'alice');
  expect(world.told.clear()).toEqual(['room lobby started']);
  alice.connect();
  const mic = alice.participant.publish({ kind: 'audio', source: 'microphone', name: 'mic', muted: false });
  expect(world.told.clear()).toEqual(['alice active']);
  mic.attach(receiver('audio'));
  expect(world.told.clear()).toEqual(['mic started']);
  room.close('room-deleted');
  expect(world.told.clear()).toEqual(['mic ended', 'alice left', 'room lobby finished: room-deleted']);
});

test('a publication that was never negotiated neither starts nor ends', () => {
  const world = new World();
  const { participant } = world.join(world.sfu.room('lobby'), 'alice');
  world.told.clear();
  const mic = participant.publish({ kind: 'audio', source: 'microphone', name: 'mic', muted: false });
  participant.unpublish(mic.sid);
  expect(world.told.clear()).toEqual([]);
});

test('who is renegotiated or connects again is not announced twice', () => {
  const world = new World();
  const alice = world.join(world.sfu.room('lobby'), 'alice');
  const mic = alice.participant.publish({ kind: 'audio', source: 'microphone', name: 'mic', muted: false });
  mic.attach(receiver('audio'));
  alice.connect();
  world.told.clear();
  mic.attach(receiver('audio'));
  alice.connect();
  expect(world.told.clear()).toEqual([]);
});

test('several hear of the same, in the order in which they came', () => {
  const world = new World();
  const lines: string[] = [];
  for (const name of ['front', 'node']) world.sfu.observe({ onRoomFinished: () => lines.push(name) });
  world.sfu.room('lobby').close('room-deleted');
  expect(lines).toEqual(['front', 'node']);
  expect(world.told.clear()).toEqual(['room lobby started', 'room lobby finished: room-deleted']);
});

test('who sees what has changed hears of each who comes, mutes, and goes', () => {
  const world = new World();
  const seen: string[] = [];
  world.sfu.observe({
    onParticipantChanged: ({ identity, state, publications }, { participants }) => {
      const muted = [...publications.values()].map((publication) => publication.muted);
      seen.push(`${identity} ${state} ${muted.join()} of ${participants.size}`);
    },
  });
  const { participant } = world.join(world.sfu.room('lobby'), 'alice');
  const mic = participant.publish({ kind: 'audio', source: 'microphone', name: 'mic', muted: false });
  mic.attach(receiver('audio'));
  seen.length = 0;
  mic.setMuted(true);
  expect(seen).toEqual(['alice joined true of 1']);
  participant.disconnect('participant-removed');
  expect(seen.at(-1)).toBe('alice disconnected  of 0');
});
