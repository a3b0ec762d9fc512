import { DisconnectReason, RoomEvent, type Room } from 'livekit-client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { roomFromPath, roomPath } from '../lib/route.js';
import { loadSession, saveSession } from '../lib/session.js';
import { usePreferences } from '../ui/use-preferences.js';
import { describeDisconnect, describeJoinError, type CallEnd } from './call-end.js';
import { joinCall } from './join-call.js';

export type CallState =
  | { phase: 'lobby'; error?: string }
  | { phase: 'joining' }
  | { phase: 'rejoining'; roomName: string }
  | { phase: 'call'; room: Room; roomName: string; joinedAt: number }
  | { phase: 'ended'; end: CallEnd; roomName: string; name: string };

export interface CallControl {
  state: CallState;
  /** The room that the page's address names. */
  invitedTo: string | undefined;
  join: (roomName: string, name: string) => void;
  leave: () => void;
  goHome: () => void;
}

/** Takes a person through lobby, call and end, and back into the call after a reload. */
export function useCall(): CallControl {
  const { preferences } = usePreferences();
  const [invitedTo, setInvitedTo] = useState(() => roomFromPath(location.pathname));
  const [state, setState] = useState<CallState>(() => {
    const session = interruptedSession();
    return session === undefined ? { phase: 'lobby' } : { phase: 'rejoining', roomName: session.room };
  });
  const active = useRef<Room | undefined>(undefined);
  const attempt = useRef(0);

  const connect = useCallback(
    async (roomName: string, name: string) => {
      const thisAttempt = ++attempt.current;
      const session = loadSession(sessionStorage);
      const previous = session?.room === roomName ? session.token : undefined;
      try {
        const joined = await joinCall(roomName, name, previous, preferences);
        if (thisAttempt !== attempt.current) {
          await joined.room.disconnect();
          return;
        }
        const { room } = joined;
        active.current = room;
        saveSession(sessionStorage, joined.session);
        room.once(RoomEvent.Disconnected, (reason?: DisconnectReason) => {
          if (active.current !== room) return;
          active.current = undefined;
          // A page that is reloaded disconnects by itself, and is to come back.
          if (reason !== DisconnectReason.CLIENT_INITIATED) endSession();
          setState({ phase: 'ended', end: describeDisconnect(reason), roomName, name });
        });
        if (roomFromPath(location.pathname) !== roomName) history.pushState(null, '', roomPath(roomName));
        setInvitedTo(roomName);
        setState({ phase: 'call', room, roomName, joinedAt: Date.now() });
      } catch (error) {
        if (thisAttempt === attempt.current) setState({ phase: 'lobby', error: describeJoinError(error) });
      }
    },
    [preferences],
  );

  const join = useCallback(
    (roomName: string, name: string) => {
      setState({ phase: 'joining' });
      void connect(roomName, name);
    },
    [connect],
  );

  const leave = useCallback(() => {
    endSession();
    void active.current?.disconnect();
  }, []);

  const goHome = useCallback(() => {
    history.pushState(null, '', '/');
    setInvitedTo(undefined);
    setState({ phase: 'lobby' });
  }, []);

  // After a reload in the middle of a call: straight back in.
  const resumed = useRef(false);
  useEffect(() => {
    if (resumed.current) return;
    resumed.current = true;
    const session = interruptedSession();
    if (session !== undefined) void connect(session.room, session.name);
  }, [connect]);

  useEffect(() => {
    const onNavigate = () => {
      attempt.current++;
      const room = active.current;
      active.current = undefined;
      endSession();
      void room?.disconnect();
      setInvitedTo(roomFromPath(location.pathname));
      setState({ phase: 'lobby' });
    };
    window.addEventListener('popstate', onNavigate);
    return () => window.removeEventListener('popstate', onNavigate);
  }, []);

  return { state, invitedTo, join, leave, goHome };
}

/** A reload shall not lead back into the call. */
function endSession(): void {
  const session = loadSession(sessionStorage);
  if (session !== undefined) saveSession(sessionStorage, { ...session, joined: false });
}

/** The call that a reload interrupted: joined, never left, and the address still names its room. */
function interruptedSession() {
  const session = loadSession(sessionStorage);
  return session?.joined === true && session.room === roomFromPath(location.pathname) ? session : undefined;
}
