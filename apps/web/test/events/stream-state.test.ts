import { SESSION_ENDED, TOO_SLOW } from '@parley/contract';
import { describe, expect, it } from 'vitest';
import { afterClose, afterFrame, FIRST_STATE } from '../../src/events/stream-state.js';

const EVENT = {
  type: 'message_deleted',
  payload: { channel_id: 'c', thread_id: null, id: 'm' },
} as const;

describe('the stream of events', () => {
  it('begins where the server is, and loads what was there before', () => {
    const { state, news } = afterFrame(FIRST_STATE, { type: 'hello', position: '1-5', resumed: true });
    expect(state.position).toBe('1-5');
    expect(news).toEqual({ type: 'reload' });
  });

  it('keeps its place when what was missed follows, and loads again when it does not', () => {
    const before = { position: '1-5', failures: 3 };
    const resumed = afterFrame(before, { type: 'hello', position: '1-9', resumed: true });
    expect(resumed).toEqual({ state: { position: '1-5', failures: 0 }, news: { type: 'resumed' } });
    const lost = afterFrame(before, { type: 'hello', position: '2-1', resumed: false });
    expect(lost).toEqual({ state: { position: '2-1', failures: 0 }, news: { type: 'reload' } });
  });

  it('goes forward with events, but for those that are not repeated', () => {
    const before = { position: '1-5', failures: 0 };
    const kept = afterFrame(before, { type: 'event', position: '1-6', event: EVENT });
    expect(kept.state.position).toBe('1-6');
    expect(kept.news).toEqual({ type: 'event', event: EVENT });
    expect(afterFrame(before, { type: 'event', position: null, event: EVENT }).state.position).toBe('1-5');
  });

  it('waits longer after each failure, within bounds, and not the same time as others', () => {
    const wait = (failures: number, random: number) =>
      afterClose({ position: '1-5', failures }, 1006, random).next;
    expect(wait(0, 0)).toEqual({ type: 'reconnect', inMs: 250 });
    expect(wait(0, 1)).toEqual({ type: 'reconnect', inMs: 500 });
    expect(wait(3, 1)).toEqual({ type: 'reconnect', inMs: 4000 });
    expect(wait(50, 1)).toEqual({ type: 'reconnect', inMs: 30_000 });
    expect(afterClose({ position: '1-5', failures: 1 }, 1006, 0).state.failures).toBe(2);
  });

  it('comes back at once after being too slow, and not at all when the session has ended', () => {
    expect(afterClose(FIRST_STATE, TOO_SLOW, 1).next).toEqual({ type: 'reconnect', inMs: 0 });
    expect(afterClose(FIRST_STATE, SESSION_ENDED, 1).next).toEqual({ type: 'signed_out' });
  });
});
