import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CallPlace } from './call-place.js';
import { useCall } from './use-call.js';

export interface WayBackProps {
  place: CallPlace;
  className: string | undefined;
  children: ReactNode;
}

/** Leads to the page of the call that is on. */
export function WayBack({ place: { room, channel }, className, children }: WayBackProps) {
  const { ui } = useCall();
  const look = { className, 'data-testid': 'back-to-call' };
  if (channel === undefined) {
    return (
      <Link to="/r/$room" params={{ room }} {...look}>
        {children}
      </Link>
    );
  }
  if (channel.communityId === null) {
    return (
      <Link
        to="/d/$channel"
        params={{ channel: channel.id }}
        onClick={() => ui.messagesShown.set(false)}
        {...look}
      >
        {children}
      </Link>
    );
  }
  return (
    <Link
      to="/c/$community/$channel"
      params={{ community: channel.communityId, channel: channel.id }}
      {...look}
    >
      {children}
    </Link>
  );
}
