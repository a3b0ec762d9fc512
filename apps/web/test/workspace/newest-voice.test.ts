import type { VoiceState } from '@parley/contract';
import { expect, test } from 'vitest';
import { newestVoice } from '../../src/workspace/newest-voice.js';

const state = (channel_id: string, revision: number, total = 1): VoiceState => ({
  ...{ channel_id, revision, total, people: [] },
});

test('what was told while an answer was on its way stays', () => {
  const before = { revision: 1, channels: [state('table', 5), state('stove', 6, 0)] };
  const next = { revision: 4, channels: [state('table', 4), state('stove', 4)] };
  expect(newestVoice(before, next).channels).toEqual([state('table', 5), state('stove', 6, 0)]);
});

test('a call that an answer does not name any more is over, unless it was told of later', () => {
  const before = { revision: 1, channels: [state('table', 3), state('stove', 6)] };
  expect(newestVoice(before, { revision: 5, channels: [] }).channels).toEqual([state('stove', 6)]);
});
