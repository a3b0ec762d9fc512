import { useEffect, useState } from 'react';
import { getPeople, type RoomPeople } from '../lib/api.js';
import { roomKey } from '../lib/room-name.js';

/** A name that is being typed is asked for once it has stood this long. */
const TYPED_MS = 600;
const LOOK_EVERY_MS = 15_000;

/** Who is in a room, kept current while the page is looked at; undefined while nobody knows. */
export function usePeople(title: string): RoomPeople | undefined {
  const room = roomKey(title);
  const [known, setKnown] = useState<{ room: string; people: RoomPeople } | undefined>(undefined);

  useEffect(() => {
    if (room === '') return;
    let current = true;
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      getPeople(room).then(
        (people) => {
          if (current) setKnown({ room, people });
        },
        // Where the server does not say, nothing is said here.
        () => {
          if (current) setKnown(undefined);
        },
      );
    };
    const first = setTimeout(look, TYPED_MS);
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => {
      current = false;
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [room]);

  return known?.room === room ? known.people : undefined;
}
