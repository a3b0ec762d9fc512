import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CallPlace } from './call-place.js';

export interface WayBackProps {
  place: CallPlace;
  className: string | undefined;
  children: ReactNode;
}

/** Leads to the page of the call that is on. */
export function WayBack({ place: { room, channel }, className, children }: WayBackProps) {
  const look = { className, 'data-testid': 'back-to-call' };
  if (channel === undefined) {
    return (
      <Link to="/r/$room" params={{ room }} {...look}>
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
