import { requestGuestToken } from '../lib/api.js';
import { loadPreferences } from '../lib/preferences.js';
import { roomKey } from '../lib/room-name.js';
import { roomFromPath } from '../lib/route.js';
import type { CallPlace } from './call-place.js';
import { CallSession } from './call-session.js';
import { CallUi } from './call-ui.js';
import { joinWith } from './join-with.js';
import { OtherTabs } from './other-tabs.js';
import type { CallContext } from './use-call.js';

/** The session of this tab. After a reload in the middle of a call it goes straight back in. */
export function startSession(): CallContext {
  const session = new CallSession({
    // The lobby does without the media client, and loads quickly.
    open: async (...args) => (await import('./livekit-room.js')).LivekitRoom.open(...args),
    requestToken: async ({ channel, ...wanted }) => {
      if (channel === undefined) return requestGuestToken(wanted);
      return (await import('../api/calls.js')).callsApi.join({ id: channel.id });
    },
    storage: sessionStorage,
    memory: localStorage,
    isSecure: window.isSecureContext,
  });
  const tabs = new OtherTabs(new BroadcastChannel('parley.calls'), session, newTabName());
  window.addEventListener('offline', () => session.setOffline(true));
  window.addEventListener('online', () => session.setOffline(false));
  window.addEventListener('pagehide', () => {
    session.pageHidden();
    tabs.pageHidden();
  });

  const interrupted = session.interrupted();
  if (interrupted !== undefined && leadsBack(interrupted.place)) {
    const { place } = interrupted;
    session.join({ ...interrupted, ...joinWith(place, loadPreferences(localStorage)) }, true);
  }
  return { session, ui: new CallUi(), tabs };
}

/** Whether the page leads back into a call: any does for the call of a channel, which went on while one read elsewhere. */
function leadsBack({ room, channel }: CallPlace): boolean {
  if (channel !== undefined) return true;
  const here = roomFromPath(location.pathname);
  return here !== undefined && roomKey(here) === roomKey(room);
}

/** `randomUUID` is absent on pages without HTTPS. */
function newTabName(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].join('-');
}
