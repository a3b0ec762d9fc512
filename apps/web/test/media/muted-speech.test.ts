import { expect, it } from 'vitest';
import { MutedSpeech } from '../../src/media/muted-speech.js';

const LOOK_MS = 200;

/** When something was said of these levels, in looks. */
function saidAt(levels: readonly number[]): number[] {
  const speech = new MutedSpeech();
  return levels.flatMap((level, look) => (speech.hear(level, look * LOOK_MS) ? [look] : []));
}

it('says that one is muted once a voice has lasted most of a second', () => {
  expect(saidAt([0.2, 0.2, 0.2, 0.2, 0.2, 0.2])).toEqual([3]);
});

it('says nothing of a cough, a key or a quiet room', () => {
  expect(saidAt([0.4, 0.4, 0, 0, 0.4, 0, 0.4, 0.4, 0.4, 0])).toEqual([]);
  expect(saidAt(Array<number>(100).fill(0.01))).toEqual([]);
});

it('says it again only after half a minute', () => {
  expect(saidAt(Array<number>(200).fill(0.2))).toEqual([3, 153]);
});
