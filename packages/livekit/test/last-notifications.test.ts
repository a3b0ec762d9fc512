import { MuteTrackRequest, type SignalResponse } from '@livekit/protocol';
import { describe, expect, test } from 'vitest';
import { LastNotifications } from '../src/last-notifications.js';

function mute(sid: string, muted: boolean): SignalResponse['message'] {
  return { case: 'mute', value: new MuteTrackRequest({ sid, muted }) };
}

describe('LastNotifications', () => {
  test('keeps the latest of each matter, in the order in which they were sent', () => {
    const notifications = new LastNotifications();
    notifications.remember('a', mute('a', true));
    notifications.remember('b', mute('b', true));
    notifications.remember('a', mute('a', false));
    expect([...notifications.messages]).toEqual([mute('b', true), mute('a', false)]);
  });

  test('forgets what the client knows', () => {
    const notifications = new LastNotifications();
    notifications.remember('a', mute('a', true));
    notifications.forget('a');
    expect([...notifications.messages]).toEqual([]);
  });

  test('is bounded: the oldest goes', () => {
    const notifications = new LastNotifications();
    for (let index = 0; index < 501; index++)
      notifications.remember(String(index), mute(String(index), true));
    expect([...notifications.messages]).toHaveLength(500);
    expect([...notifications.messages][0]).toEqual(mute('1', true));
  });
});
