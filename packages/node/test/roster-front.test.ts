import { expect, onTestFinished, test } from 'vitest';
import { rosterFront } from '../src/fronts/roster-front.js';
import { rosterSchema } from '../src/fronts/roster-messages.js';
import { MediaNode } from '../src/media-node.js';
import type { FromMedia } from '../src/messages.js';
import { ToneFront } from './support/tone-front.js';

/** A node with telephones, which tells who is in the rooms whose names begin with a c. */
function setup() {
  const posted: FromMedia[] = [];
  let phones: ToneFront | undefined;
  const node = new MediaNode({
    fronts: [(context) => (phones = new ToneFront(context)), rosterFront((room) => room.startsWith('c'))],
    server: { port: 0, addresses: ['127.0.0.1'], candidates: [] },
    limits: { rooms: 2, participantsPerRoom: 5, mediaPacketsPerSecond: 1_000 },
    clock: { now: () => 0, wall: () => 7 },
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    log: () => undefined,
    post: (message) => posted.push(message),
  });
  onTestFinished(() => {
    node.close();
  });
  const call = (room: string, identity: string) => {
    if (!phones) throw new Error('the node made no front');
    return phones.call(room, identity, {}).participant;
  };
  /** What was told since it was asked last: once the node looks after what is due, and not before. */
  const told = () => {
    node.handleTimeout(0);
    return posted
      .splice(0)
      .flatMap((message) => (message.type === 'event' ? [rosterSchema.parse(message.payload)] : []));
  };
  return { node, call, told, posted };
}

const heard = (identity: string, microphone = true) => ({
  ...{ identity, joinedAt: 7, microphone, camera: false, screen: false },
});

test('who comes, mutes and goes is told, all that happened at once as one', () => {
  const { call, told } = setup();
  const ada = call('call', 'ada');
  call('call', 'bob');
  expect(told()).toEqual([{ room: 'call', people: [heard('ada'), heard('bob')] }]);
  for (const publication of ada.publications.values()) publication.setMuted(true);
  expect(told()).toEqual([{ room: 'call', people: [heard('ada', false), heard('bob')] }]);
  expect(told()).toEqual([]);
  ada.disconnect('participant-removed');
  expect(told()).toEqual([{ room: 'call', people: [heard('bob')] }]);
});

test('of a room that has ended it is told before the end itself, since it may begin elsewhere', () => {
  const { node, call, told, posted } = setup();
  call('call', 'ada');
  told();
  node.receive({ type: 'end-room', room: 'call' });
  expect(posted.map(({ type }) => type)).toEqual(['event', 'room-finished']);
  expect(told()).toEqual([{ room: 'call', people: [] }]);
});

test('nobody asks about other rooms', () => {
  const { call, told } = setup();
  call('lobby', 'ada');
  expect(told()).toEqual([]);
});
