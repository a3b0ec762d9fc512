import { useEffect, useRef } from 'react';
import { useNotices } from '../ui/use-notices.js';
import { announcementsOf } from './announcements.js';
import type { ParticipantView } from './participants.js';

/** Says who comes and goes, raises a hand or shares a screen. */
export function useAnnouncements(participants: readonly ParticipantView[], reconnecting: boolean): void {
  const { notify } = useNotices();
  const before = useRef(participants);

  useEffect(() => {
    // A connection that is made anew empties the room and fills it again: only what differs afterwards is news.
    if (reconnecting) return;
    for (const text of announcementsOf(before.current, participants)) notify(text);
    before.current = participants;
  }, [participants, reconnecting, notify]);
}
