import { expect, test } from 'vitest';
import type { Participant } from '@parley/sfu';
import { World } from './support/world.js';

/** Three in a room; what each gets reliably, as numbers. */
function three() {
  const world = new World();
  const room = world.sfu.room('lobby');
  const [alice, bob, carol] = ['alice', 'bob', 'carol'].map((identity) => {
    const { participant } = world.join(room, identity);
    const got: number[] = [];
    const sink = { send: (payload: Uint8Array) => got.push(payload[0]!) > 0 };
    participant.setDataSink('reliable', sink);
    return { participant, got, sink };
  });
  return { world, alice: alice!, bob: bob!, carol: carol! };
}

function send(sender: Participant, ...sequences: number[]) {
  for (const sequence of sequences) sender.sendData('reliable', Uint8Array.of(sequence), [], sequence);
}

test('who comes back gets what it missed of everybody else, and what was for it only', () => {
  const { alice, bob, carol } = three();
  send(alice.participant, 1, 2, 3);
  alice.participant.sendData('reliable', Uint8Array.of(4), ['carol'], 4);
  send(carol.participant, 7);
  bob.got.length = 0;
  bob.participant.replayData(new Map([[alice.participant.sid, 1]]));
  expect(bob.got).toEqual([2, 3, 7]);
});

test('what has no number, is lossy or is older than 20 s is not sent again', () => {
  const { world, alice, bob } = three();
  alice.participant.sendData('reliable', Uint8Array.of(1), []);
  alice.participant.sendData('lossy', Uint8Array.of(2), [], 2);
  send(alice.participant, 3);
  world.sfu.handleTimeout((world.now += 10_000));
  send(alice.participant, 4);
  world.sfu.handleTimeout((world.now += 10_001));
  bob.got.length = 0;
  bob.participant.replayData(new Map());
  expect(bob.got).toEqual([4]);
});

test('a sink that goes once another has taken its place takes nothing with it', () => {
  const { alice, bob } = three();
  const later: number[] = [];
  bob.participant.setDataSink('reliable', { send: (payload) => later.push(payload[0]!) > 0 });
  bob.participant.removeDataSink(bob.sink);
  send(alice.participant, 1);
  expect([bob.got, later]).toEqual([[], [1]]);
});

test('without permission nothing is sent', () => {
  const { alice, bob } = three();
  alice.participant.setPermissions({ ...alice.participant.permissions, canPublishData: false });
  expect(alice.participant.sendData('reliable', Uint8Array.of(1), [], 1)).toBe(false);
  bob.participant.replayData(new Map());
  expect(bob.got).toEqual([]);
});
