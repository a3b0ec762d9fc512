import { RoomEvent, type DataPacket_Kind, type Participant, type Room } from 'livekit-client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useNotices } from '../ui/use-notices.js';
import { decodeReaction, laneOf, MOST_FLYING, REACTIONS, type FlyingReaction } from './reaction.js';

export interface Reactions {
  flying: readonly FlyingReaction[];
  send: (emoji: string) => void;
}

const TOPIC = 'reaction';
const FLIGHT_MS = 3600;
/** Quicker than this nobody can follow: further presses are dropped. */
const SEND_INTERVAL_MS = 200;

/** Reactions of everybody, for the moment in which they are seen. */
export function useReactions(room: Room): Reactions {
  const { announce } = useNotices();
  const [flying, setFlying] = useState<readonly FlyingReaction[]>([]);
  const nextId = useRef(1);
  const sentAt = useRef(-Infinity);

  const fly = useCallback((emoji: string, name: string) => {
    const id = nextId.current++;
    setFlying((current) =>
      current.length >= MOST_FLYING ? current : [...current, { id, emoji, name, lane: laneOf(id) }],
    );
    setTimeout(() => setFlying((current) => current.filter((reaction) => reaction.id !== id)), FLIGHT_MS);
  }, []);

  useEffect(() => {
    const onData = (payload: Uint8Array, sender?: Participant, _kind?: DataPacket_Kind, topic?: string) => {
      if (topic !== TOPIC || sender === undefined) return;
      const emoji = decodeReaction(payload);
      if (emoji === undefined) return;
      const name = sender.name === undefined || sender.name === '' ? sender.identity : sender.name;
      fly(emoji, name);
      const label = REACTIONS.find((reaction) => reaction.emoji === emoji)?.label ?? emoji;
      announce(`${name}: ${label}`);
    };
    room.on(RoomEvent.DataReceived, onData);
    return () => {
      room.off(RoomEvent.DataReceived, onData);
    };
  }, [room, fly, announce]);

  const send = useCallback(
    (emoji: string) => {
      const now = performance.now();
      if (now - sentAt.current < SEND_INTERVAL_MS) return;
      sentAt.current = now;
      fly(emoji, 'You');
      // Lossy on purpose: a late reaction is worth nothing, so nothing is said about a lost one.
      room.localParticipant
        .publishData(new TextEncoder().encode(emoji), { reliable: false, topic: TOPIC })
        .catch(() => undefined);
    },
    [room, fly],
  );

  return { flying, send };
}
