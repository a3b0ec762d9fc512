import { channelRoom } from '@parley/contract';
import { Outlet, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { CallHost } from '../call/call-host.js';
import { useCall, useCallPhase } from '../call/use-call.js';
import { badgeShown, placeShown } from '../lib/place-shown.js';
import { roomKey } from '../lib/room-name.js';
import { useStore } from '../lib/use-store.js';
import { texts } from '../texts/texts.js';

/** Every page, and the call that goes on whichever is open. */
export function Root() {
  const phase = useCallPhase();
  const { room, channel } = useParams({ strict: false });
  const here = channel === undefined ? room : channelRoom(channel);
  const isHere = phase.name !== 'idle' && here !== undefined && roomKey(phase.room) === roomKey(here);
  // After its call a conversation shows what is written there.
  const isShown = isHere && !(phase.name === 'ended' && phase.channel?.communityId === null);
  useTitle(room);
  return (
    <>
      <Outlet />
      <CallHost isShown={isShown} />
    </>
  );
}

/** The title tells from afar that a call is on and that there are unread messages. */
function useTitle(room: string | undefined): void {
  const { session } = useCall();
  const phase = useCallPhase();
  const chat = useStore(session.chat.state);
  const unread = chat.unread + useStore(badgeShown);
  const isOn = phase.name === 'call';
  const place = useStore(placeShown);
  const page = isOn ? phase.title : (room ?? place);
  useEffect(() => {
    const { app } = texts;
    if (page === undefined) document.title = app.name;
    else if (unread > 0) document.title = app.titleUnread(unread, page);
    else document.title = isOn ? app.titleInCall(page) : app.title(page);
  }, [page, unread, isOn]);
}
