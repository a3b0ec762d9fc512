import { usePreferences } from '../ui/use-preferences.js';
import { roomPlace } from './call-place.js';
import type { CallPlace } from './call-place.js';
import { joinWith } from './join-with.js';
import { useCall } from './use-call.js';

export type Join = (
  room: string,
  name: string,
  /** The token of another tab, whose part in the call this one takes over. */
  previous?: string,
) => void;

/** Joins a room of guests with the devices that this browser remembers. */
export function useJoin(): Join {
  const joinPlace = useJoinPlace();
  return (room, name, previous) => joinPlace(roomPlace(room), name, previous);
}

/** The same, of any place. */
export function useJoinPlace(): (place: CallPlace, name: string, previous?: string) => void {
  const { session, ui } = useCall();
  const { preferences } = usePreferences();
  return (place, name, previous) => {
    ui.reset();
    const taken = previous === undefined ? {} : { previous };
    session.join({ place, name, ...joinWith(place, preferences), ...taken });
  };
}
