import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { channelPlace, roomPlace } from '../../src/call/call-place.js';
import { CallSession, REJOIN_MS } from '../../src/call/call-session.js';
import { JoinError } from '../../src/call/call-room.js';
import type { ParticipantView } from '../../src/call/participants.js';
import { RETURN_MS } from '../../src/call/roster.js';
import { ApiError, type GuestTokenRequest } from '../../src/lib/api.js';
import { MemoryStorage } from '../memory-storage.js';
import { participantView } from '../participant-view.js';
import { FakeRoom } from './fake-room.js';

const DEVICES = { cameraId: '', microphoneId: '', speakerId: '' };
const REQUEST = {
  place: roomPlace('Weekly'),
  name: 'Ada',
  devices: DEVICES,
  microphoneOn: true,
  cameraOn: false,
};

const ben = participantView('ben');
const cleo = participantView('cleo');

let rooms: FakeRoom[];
let asked: GuestTokenRequest[];
let said: string[];
let session: CallSession;
let refuse: (() => Error) | undefined;
let others: (typeof ben)[];

beforeEach(() => {
  vi.useFakeTimers();
  rooms = [];
  asked = [];
  said = [];
  others = [ben, cleo];
  refuse = undefined;
  session = new CallSession({
    open: (_token, _devices, events) => {
      const room = new FakeRoom(events);
      room.others = others;
      rooms.push(room);
      return Promise.resolve(room);
    },
    requestToken: (wanted) => {
      asked.push(wanted);
      const error = refuse?.();
      if (error !== undefined) return Promise.reject(error);
      return Promise.resolve({ token: `token ${asked.length}`, identity: 'me', room: 'weekly', name: 'Ada' });
    },
    storage: new MemoryStorage(),
    memory: new MemoryStorage(),
    isSecure: true,
  });
  session.news.subscribe(({ text }) => said.push(text));
});

afterEach(() => {
  vi.useRealTimers();
});

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const names = () => session.roster.participants.get().map(({ identity }) => identity);
const awayNames = () =>
  session.roster.participants
    .get()
    .filter(({ isAway }) => isAway)
    .map(({ identity }) => identity);

async function join(): Promise<FakeRoom> {
  session.join(REQUEST);
  await settle();
  said.length = 0;
  return rooms.at(-1)!;
}

/** The connection is made anew, and what was published is gone with the earlier one. */
async function reconnect(room: FakeRoom, present = room.others): Promise<void> {
  room.events.reconnecting(true);
  room.published.clear();
  room.others = [];
  room.events.changed();
  await settle();
  room.others = present;
  room.events.reconnected();
  await settle();
}

it('joins with what the person wants on, and shows who is there', async () => {
  const room = await join();
  expect(session.phase.get()).toMatchObject({ name: 'call', room: 'Weekly' });
  expect([...room.published]).toEqual(['microphone']);
  expect(names()).toEqual(['me', 'ben', 'cleo']);
});

it('says in words why joining failed, and lets one try again', async () => {
  refuse = () => new JoinError('unreachable');
  session.join(REQUEST);
  await settle();
  const phase = session.phase.get();
  expect(phase.name === 'idle' && phase.error).toContain('does not answer');
  refuse = undefined;
  await join();
  expect(session.phase.get().name).toBe('call');
});

it('turns the microphone on again that was lost with the connection', async () => {
  const room = await join();
  await reconnect(room);
  expect([...room.published]).toEqual(['microphone']);
});

it('tries again while the microphone does not come back, and says so once', async () => {
  const room = await join();
  room.failures.push(new Error('negotiation'), new Error('negotiation'));
  await reconnect(room);
  expect(said).toEqual([expect.stringContaining('Others cannot hear you')]);
  expect(session.media.state.get().microphone).toMatchObject({ wanted: true, published: false });
  await settle(10_000);
  expect([...room.published]).toEqual(['microphone']);
  expect(said).toEqual([expect.any(String), expect.stringContaining('microphone is on again')]);
});

it('notices within seconds that the microphone is gone, also when nobody said so', async () => {
  const room = await join();
  room.published.clear();
  await settle(5_000);
  expect([...room.published]).toEqual(['microphone']);
});

it('does not turn on again what a host has turned off', async () => {
  const room = await join();
  room.published.clear();
  room.events.stopped('microphone');
  await settle(60_000);
  expect([...room.published]).toEqual([]);
  expect(session.media.state.get().microphone.wanted).toBe(false);
});

it('keeps everybody in sight while the connection is made anew', async () => {
  const room = await join();
  room.events.reconnecting(true);
  room.others = [];
  room.events.changed();
  await settle();
  expect(names()).toEqual(['me', 'ben', 'cleo']);
  expect(awayNames()).toEqual(['ben', 'cleo']);
  room.others = [ben, cleo];
  room.events.reconnected();
  await settle();
  expect(awayNames()).toEqual([]);
  expect(said.join()).not.toMatch(/joined|left/);
});

it('lets those go who do not come back', async () => {
  const room = await join();
  await reconnect(room, [ben]);
  expect(awayNames()).toEqual(['cleo']);
  await settle(RETURN_MS);
  expect(names()).toEqual(['me', 'ben']);
  expect(said.join()).toMatch(/cleo.*left/);
});

it('says of those who come one soon after the other in one sentence', async () => {
  others = [];
  const room = await join();
  for (const identity of ['a', 'b', 'c', 'd', 'e']) {
    room.others = [...room.others, participantView(identity)];
    room.events.changed();
    await settle(100);
  }
  await settle(2_000);
  expect(said).toEqual(['\u2068a\u2069 joined', '\u2068b\u2069 and 3 others joined']);
});

it('does not wait for somebody who was back and left', async () => {
  const room = await join();
  await reconnect(room);
  room.others = [ben];
  room.events.changed();
  await settle();
  expect(names()).toEqual(['me', 'ben']);
});

it('asks for a new token before it gives up, as the same person', async () => {
  await join();
  rooms[0]!.events.ended('lost');
  expect(session.phase.get().name).toBe('call');
  expect(session.connection.state.get().status).toBe('reconnecting');
  await settle(REJOIN_MS[0]);
  expect(asked.at(-1)).toEqual({ room: 'Weekly', name: 'Ada', previous: 'token 1' });
  expect(session.connection.state.get().status).toBe('connected');
  expect([...rooms[1]!.published]).toEqual(['microphone']);
  expect(said.join()).not.toMatch(/joined|left/);
});

it('gives up when the server says no, and after some time', async () => {
  await join();
  refuse = () => new ApiError(403, 'no');
  rooms[0]!.events.ended('lost');
  await settle(REJOIN_MS[0]);
  expect(session.phase.get()).toMatchObject({ name: 'ended', end: { tone: 'problem' } });

  refuse = undefined;
  await join();
  refuse = () => new ApiError(0, 'silent');
  rooms[1]!.events.ended('lost');
  await settle(60_000);
  expect(session.phase.get().name).toBe('ended');
  expect(asked.length).toBe(3 + REJOIN_MS.length);
});

it('hangs up for good when the person leaves, and only for now when the page is reloaded', async () => {
  const room = await join();
  session.pageHidden();
  expect(room.isDisconnected).toBe(true);
  expect(session.interrupted()).toMatchObject({ place: { room: 'Weekly' }, name: 'Ada' });

  await join();
  session.leave();
  expect(rooms[1]!.isDisconnected).toBe(true);
  expect(session.interrupted()).toBeUndefined();
  expect(session.phase.get()).toMatchObject({ name: 'ended', room: 'Weekly', userName: 'Ada' });
});

it('keeps the page of the end until there is a call again', async () => {
  await join();
  session.leave();
  session.join(REQUEST);
  expect(session.phase.get()).toMatchObject({ name: 'joining', from: { canRejoin: true } });
  await settle();
  expect(session.phase.get().name).toBe('call');
});

it('hears no more of a room it has left', async () => {
  const room = await join();
  session.leave();
  room.events.ended('lost');
  room.events.changed();
  await settle(60_000);
  expect(session.phase.get()).toMatchObject({ name: 'ended', end: { tone: 'calm' } });
  expect(asked).toHaveLength(1);
});

it('counts messages as unread while nobody looks', async () => {
  const room = await join();
  const message = { id: '1', identity: 'ben', name: 'Ben', text: 'Hello' };
  room.events.message(message);
  expect(session.chat.state.get().unread).toBe(1);
  session.chat.show(true);
  expect(session.chat.state.get().unread).toBe(0);
  room.events.message({ ...message, id: '2' });
  expect(session.chat.state.get()).toMatchObject({
    unread: 0,
    messages: [{ text: 'Hello' }, { text: 'Hello' }],
  });
});

it('lowers a hand whose owner has spoken for a while, and says so', async () => {
  const room = await join();
  const show = async (changes: Partial<ParticipantView>) => {
    room.self = { ...room.self, ...changes };
    room.events.changed();
    await settle();
  };
  await show({ handRaisedAt: 1 });
  await show({ isSpeaking: true });
  await settle(4_000);
  await show({ isSpeaking: false });
  await settle(60_000);
  expect(room.hands).toEqual([]);
  await show({ isSpeaking: true });
  await settle(10_000);
  expect(room.hands).toEqual([undefined]);
  expect(said).toEqual([expect.stringContaining('your hand is down')]);
});

it('does not disturb those who show something else', async () => {
  const room = await join();
  room.events.changed();
  await settle();
  const before = session.roster.participants.get();
  room.others = room.others.map((other) => ({ ...other, audio: [] }));
  room.events.changed();
  await settle();
  expect(session.roster.participants.get()).toBe(before);
  room.others = [{ ...ben, isSpeaking: true }, cleo];
  room.events.changed();
  await settle();
  expect(session.roster.participants.get()[2]).toBe(before[2]);
});

it('joins the call of a channel with a token for the channel, and comes back to it after a reload', async () => {
  const channel = { id: '1', communityId: '2' };
  session.join({ ...REQUEST, place: channelPlace(channel, 'Table') });
  await settle();
  expect(session.phase.get()).toMatchObject({ name: 'call', room: 'channel:1', title: 'Table', channel });
  expect(asked.at(-1)).toMatchObject({ room: 'channel:1', channel });
  expect(session.interrupted()?.place).toEqual({ room: 'channel:1', title: 'Table', channel });
});

it('goes on coming back after a reload while another page is opened', async () => {
  session.join(REQUEST, true);
  session.pageLeft();
  await vi.advanceTimersByTimeAsync(0);
  expect(session.phase.get().name).toBe('call');

  session.leave();
  session.pageLeft();
  expect(session.phase.get().name).toBe('idle');
});

it('says that it did not come back to a channel, wherever one is', async () => {
  refuse = () => new JoinError('unreachable');
  session.join({ ...REQUEST, place: channelPlace({ id: '7', communityId: '1' }, 'Kitchen') }, true);
  await vi.advanceTimersByTimeAsync(0);
  expect(said).toHaveLength(1);
});
