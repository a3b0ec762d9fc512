import { beforeEach, expect, it, vi } from 'vitest';
import { roomPlace } from '../../src/call/call-place.js';
import { CallSession } from '../../src/call/call-session.js';
import { OtherTabs, type TabChannel } from '../../src/call/other-tabs.js';
import { MemoryStorage } from '../memory-storage.js';
import { FakeRoom } from './fake-room.js';

const DEVICES = { cameraId: '', microphoneId: '', speakerId: '' };
const REQUEST = {
  place: roomPlace('Weekly'),
  name: 'Ada',
  devices: DEVICES,
  microphoneOn: false,
  cameraOn: false,
};

let channels: TabChannel[];
beforeEach(() => {
  channels = [];
});

/** A tab of the same browser: what it says the others hear. */
function openTab(): { session: CallSession; tabs: OtherTabs; channel: TabChannel } {
  const session = new CallSession({
    open: (_token, _devices, events) => Promise.resolve(new FakeRoom(events)),
    requestToken: ({ room, name, previous }) =>
      Promise.resolve({ token: previous ?? `token of ${name}`, identity: 'me', room, name }),
    storage: new MemoryStorage(),
    memory: new MemoryStorage(),
    isSecure: true,
  });
  const channel: TabChannel = {
    onmessage: null,
    postMessage: (data) => {
      for (const other of channels) if (other !== channel) other.onmessage?.(new MessageEvent('m', { data }));
    },
  };
  channels.push(channel);
  return { session, tabs: new OtherTabs(channel, session, `tab ${channels.length}`), channel };
}

async function join(session: CallSession): Promise<void> {
  session.join(REQUEST);
  await vi.waitFor(() => expect(session.phase.get().name).toBe('call'));
}

it('knows of a call that began before this tab was opened, however its room is spelled', async () => {
  const first = openTab();
  await join(first.session);
  const second = openTab();
  expect(second.tabs.tokenFor('weekly')).toBe('token of Ada');
  expect(second.tabs.tokenFor('another')).toBeUndefined();
});

it('knows of a call that began after it, and when it is over', async () => {
  const [first, second] = [openTab(), openTab()];
  let changes = 0;
  second.tabs.calls.subscribe(() => changes++);
  await join(first.session);
  expect(second.tabs.tokenFor('Weekly')).toBe('token of Ada');
  first.session.leave();
  expect(second.tabs.tokenFor('Weekly')).toBeUndefined();
  expect(changes).toBe(2);
});

it('forgets the call of a tab that is closed', async () => {
  const [first, second] = [openTab(), openTab()];
  await join(first.session);
  first.tabs.pageHidden();
  expect(second.tabs.tokenFor('Weekly')).toBeUndefined();
});

it('takes no notice of its own call, nor of what it does not understand', async () => {
  const [first, second] = [openTab(), openTab()];
  await join(first.session);
  expect(first.tabs.tokenFor('Weekly')).toBeUndefined();
  for (const data of [undefined, 'x', { tab: 1, room: 'weekly', token: 't' }, { tab: 'x', room: 'weekly' }])
    second.channel.onmessage?.(new MessageEvent('m', { data }));
  expect([...second.tabs.calls.get().keys()]).toEqual(['tab 1']);
});
