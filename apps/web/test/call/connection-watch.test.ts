import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ConnectionWatch } from '../../src/call/connection-watch.js';
import { FakeRoom } from './fake-room.js';

const NOTHING = () => undefined;

let watch: ConnectionWatch;
let room: FakeRoom;

beforeEach(() => {
  vi.useFakeTimers();
  watch = new ConnectionWatch();
  room = new FakeRoom({
    changed: NOTHING,
    speaking: NOTHING,
    reconnecting: NOTHING,
    reconnected: NOTHING,
    ended: NOTHING,
    stopped: NOTHING,
    message: NOTHING,
    reaction: NOTHING,
  });
  room.bytes = 0;
  watch.connected(room);
});

afterEach(() => {
  watch.ended();
  vi.useRealTimers();
});

async function pass(seconds: number, bytesEachSecond: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    room.bytes = (room.bytes ?? 0) + bytesEachSecond;
    await vi.advanceTimersByTimeAsync(1_000);
  }
}

it('notices within 8 s that nothing arrives, and that it does again', async () => {
  await pass(30, 100);
  expect(watch.state.get()).toEqual({ status: 'connected', mediaFlows: true });
  await pass(8, 0);
  expect(watch.state.get()).toEqual({ status: 'connected', mediaFlows: false });
  await pass(1, 100);
  expect(watch.state.get().mediaFlows).toBe(true);
});

it('says nothing of media where nobody can tell', async () => {
  room.bytes = undefined;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(watch.state.get().mediaFlows).toBe(true);
});

it('does not say that others cannot hear while only signalling is repaired', () => {
  watch.reconnecting(false);
  expect(watch.state.get()).toEqual({ status: 'reconnecting', mediaFlows: true });
  watch.reconnecting(true);
  expect(watch.state.get()).toEqual({ status: 'reconnecting', mediaFlows: false });
  watch.connected(room);
  expect(watch.state.get()).toEqual({ status: 'connected', mediaFlows: true });
});

it('says at once that the device is offline, until it is not', () => {
  watch.setOffline(true);
  expect(watch.state.get().status).toBe('offline');
  watch.setOffline(false);
  expect(watch.state.get().status).toBe('connected');
});
