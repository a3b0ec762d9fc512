import { describe, expect, it } from 'vitest';
import { hear, NOBODY_SPOKE } from '../../src/stage/speaker-order.js';
import { participantView } from '../participant-view.js';

const people = (...speaking: string[]) =>
  ['me', 'ada', 'bob', 'eve'].map((identity) =>
    participantView(identity, { isLocal: identity === 'me', isSpeaking: speaking.includes(identity) }),
  );

describe('hear', () => {
  it('puts first who spoke last', () => {
    const ada = hear(NOBODY_SPOKE, people('ada'), 0);
    expect(hear(ada, people('bob'), 1000).identities).toEqual(['bob', 'ada']);
  });

  it('lets two people talk by turns without moving them', () => {
    let order = hear(hear(NOBODY_SPOKE, people('ada'), 0), people('bob'), 2000);
    for (const [name, time] of [
      ['ada', 4000],
      ['bob', 7000],
      ['ada', 11_000],
    ] as const) {
      order = hear(order, people(name), time);
    }
    expect(order.identities).toEqual(['bob', 'ada']);
    expect(hear(order, people('ada', 'eve'), 12_000).identities).toEqual(['eve', 'bob', 'ada']);
  });

  it('moves who speaks again after a rest', () => {
    const order = hear(hear(NOBODY_SPOKE, people('ada'), 0), people('bob'), 1000);
    expect(hear(order, people('ada'), 20_000).identities).toEqual(['ada', 'bob']);
  });

  it('forgets who left, and never counts oneself', () => {
    const order = hear(NOBODY_SPOKE, people('me', 'ada'), 0);
    expect(order.identities).toEqual(['ada']);
    expect(hear(order, [participantView('me', { isLocal: true })], 1).identities).toEqual([]);
  });

  it('is the same object while nobody speaks', () => {
    const order = hear(NOBODY_SPOKE, people('ada'), 0);
    expect(hear(order, people(), 5000)).toBe(order);
  });
});
