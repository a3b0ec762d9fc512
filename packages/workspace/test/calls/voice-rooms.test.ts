import { expect, test } from 'vitest';
import { VoiceRooms } from '../../src/calls/voice-rooms.js';

const person = (userId: string) => ({ userId, microphone: true, camera: false, screen: false });

test('whoever a thread names is in the call, until it names nobody', () => {
  const rooms = new VoiceRooms(0);
  rooms.set(0, 'table', [person('ann'), person('bob')]);
  expect(rooms.in('table').map(({ userId }) => userId)).toEqual(['ann', 'bob']);
  expect([rooms.has('table', 'bob'), rooms.has('kitchen', 'bob')]).toEqual([true, false]);
  rooms.set(0, 'table', []);
  expect([rooms.in('table'), rooms.channelIds]).toEqual([[], []]);
});

test('a room that has moved to another thread is not emptied by the last word of its old one', () => {
  const rooms = new VoiceRooms(0);
  rooms.set(0, 'table', [person('ann')]);
  rooms.set(1, 'table', [person('bob')]);
  rooms.set(0, 'table', []);
  expect(rooms.in('table')).toEqual([person('bob')]);
  expect(rooms.threadEnded(0)).toEqual([]);
});

test('a thread that is gone takes its calls with it, and no others', () => {
  const rooms = new VoiceRooms(0);
  rooms.set(0, 'table', [person('ann')]);
  rooms.set(1, 'kitchen', [person('bob')]);
  expect(rooms.threadEnded(0)).toEqual(['table']);
  expect(rooms.channelIds).toEqual(['kitchen']);
});

test('every change has a higher number than what was told before, also after a new start', () => {
  const rooms = new VoiceRooms(1000);
  const numbers = [rooms.revision];
  rooms.set(0, 'table', [person('ann')]);
  numbers.push(rooms.revision);
  rooms.threadEnded(0);
  numbers.push(rooms.revision);
  expect(numbers).toEqual([1000, 1001, 1002]);
  expect(new VoiceRooms(2000).revision).toBeGreaterThan(rooms.revision);
});
