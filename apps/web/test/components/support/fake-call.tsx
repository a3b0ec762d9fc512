import type { ReactNode } from 'react';
import { roomPlace } from '../../../src/call/call-place.js';
import { CallSession } from '../../../src/call/call-session.js';
import { CallUi } from '../../../src/call/call-ui.js';
import { OtherTabs } from '../../../src/call/other-tabs.js';
import { CallContext } from '../../../src/call/use-call.js';
import type { GuestTokenRequest } from '../../../src/lib/api.js';
import { FakeRoom } from '../../call/fake-room.js';
import { MemoryStorage } from '../../memory-storage.js';

const DEVICES = { cameraId: '', microphoneId: '', speakerId: '' };

export interface FakeCall {
  context: CallContext;
  /** Rooms that were opened, the latest last. */
  rooms: FakeRoom[];
  /** What tokens were asked for. */
  asked: GuestTokenRequest[];
  wrap: (children: ReactNode) => ReactNode;
}

/** What the page's components need of a call: a real session, in rooms without a network. */
export function fakeCall(): FakeCall {
  const rooms: FakeRoom[] = [];
  const asked: GuestTokenRequest[] = [];
  const session = new CallSession({
    open: (_token, _devices, events) => {
      const room = new FakeRoom(events);
      rooms.push(room);
      return Promise.resolve(room);
    },
    requestToken: (wanted) => {
      asked.push(wanted);
      return Promise.resolve({ token: 'token', identity: 'me', room: wanted.room, name: wanted.name });
    },
    storage: new MemoryStorage(),
    memory: new MemoryStorage(),
    isSecure: true,
  });
  const tabs = new OtherTabs({ onmessage: null, postMessage: () => undefined }, session, 'this tab');
  const context = { session, ui: new CallUi(), tabs };
  return { context, rooms, asked, wrap: (children) => <CallContext value={context}>{children}</CallContext> };
}

/** Joins `room`, without microphone and camera. */
export async function enter({ context: { session } }: FakeCall, room = 'weekly'): Promise<void> {
  session.join({
    place: roomPlace(room),
    name: 'Ada',
    devices: DEVICES,
    microphoneOn: false,
    cameraOn: false,
  });
  await new Promise<void>((resolve) => {
    const stop = session.phase.subscribe(() => {
      if (session.phase.get().name !== 'call') return;
      stop();
      resolve();
    });
  });
}
