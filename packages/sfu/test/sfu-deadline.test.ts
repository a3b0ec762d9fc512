import { describe, expect, test } from 'vitest';
import { receiver, World } from './support/world.js';

/** Milliseconds between two looks at how well media gets through. */
const QUALITY_INTERVAL = 5000;

/** How often the sfu is called until then by somebody who calls it when it asks for that. */
function calls(world: World, until: number): number {
  let count = 0;
  for (; world.sfu.deadline <= until; count++) {
    world.now = Math.max(world.now, world.sfu.deadline);
    world.sfu.handleTimeout(world.now);
  }
  world.now = until;
  return count;
}

describe('the sfu wants to be called', () => {
  test('never, as long as there are no rooms', () => {
    expect(new World().sfu.deadline).toBe(Infinity);
  });

  test('at the end of an empty room only', () => {
    const world = new World();
    world.sfu.room('lobby', { emptyTimeout: 30_000 });
    expect(world.sfu.deadline).toBe(30_000);
    expect(calls(world, 100_000)).toBe(1);
    expect(world.sfu.rooms.size).toBe(0);
    expect(world.sfu.deadline).toBe(Infinity);
  });

  test('once in an interval of the qualities for people who send and receive nothing', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    for (const identity of ['alice', 'bob', 'carol']) world.join(room, identity).connect();
    calls(world, QUALITY_INTERVAL);
    expect(calls(world, 11 * QUALITY_INTERVAL)).toBe(10);
  });

  test('when somebody does not connect', () => {
    const world = new World();
    const { told } = world.join(world.sfu.room('lobby'), 'alice');
    calls(world, 59_000);
    expect(told.lines).not.toContain('closed connection-timeout');
    calls(world, 60_000);
    expect(told.lines).toContain('closed connection-timeout');
  });

  test('for speech, as long as somebody speaks', () => {
    const world = new World();
    const room = world.sfu.room('lobby');
    const { participant, told, connect } = world.join(room, 'alice');
    connect();
    const mic = participant.publish({ kind: 'audio', source: 'microphone', name: 'mic', muted: false });
    mic.attach(receiver('audio'));
    mic.setMuted(true);
    calls(world, 4000);
    mic.setMuted(false);
    for (let packet = 0; packet < 20; packet++) mic.onAudioLevel(10);
    expect(world.sfu.deadline).toBe(4400);
    calls(world, 4900);
    expect(told.lines).toContain('speakers alice:true');
    mic.setMuted(true);
    calls(world, 6000);
    expect(told.lines.at(-1)).toBe('speakers alice:false');
    expect(world.sfu.deadline).toBe(2 * QUALITY_INTERVAL);
  });
});
