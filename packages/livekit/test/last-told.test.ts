import { MuteTrackRequest, type SignalResponse } from '@livekit/protocol';
import { describe, expect, test } from 'vitest';
import { LastTold } from '../src/last-told.js';

function mute(sid: string, muted: boolean): SignalResponse['message'] {
  return { case: 'mute', value: new MuteTrackRequest({ sid, muted }) };
}

describe('LastTold', () => {
  test('keeps the latest of each matter, in the order in which they were told', () => {
    const told = new LastTold();
    told.remember('a', mute('a', true));
    told.remember('b', mute('b', true));
    told.remember('a', mute('a', false));
    expect([...told.messages]).toEqual([mute('b', true), mute('a', false)]);
  });

  test('forgets what the client knows', () => {
    const told = new LastTold();
    told.remember('a', mute('a', true));
    told.forget('a');
    expect([...told.messages]).toEqual([]);
  });

  test('is bounded: the oldest goes', () => {
    const told = new LastTold();
    for (let index = 0; index < 501; index++) told.remember(String(index), mute(String(index), true));
    expect([...told.messages]).toHaveLength(500);
    expect([...told.messages][0]).toEqual(mute('1', true));
  });
});
