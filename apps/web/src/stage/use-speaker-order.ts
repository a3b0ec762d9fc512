import { useEffect, useReducer } from 'react';
import type { ParticipantView } from '../call/participants.js';
import { hear, NOBODY_SPOKE, type SpeakerOrder } from './speaker-order.js';

interface Look {
  participants: readonly ParticipantView[];
  now: number;
}

const reduce = (order: SpeakerOrder, { participants, now }: Look) => hear(order, participants, now);

/** Identities of those who spoke, the latest first, with some rest between changes. */
export function useSpeakerOrder(participants: readonly ParticipantView[]): readonly string[] {
  const [order, look] = useReducer(reduce, NOBODY_SPOKE);
  useEffect(() => look({ participants, now: performance.now() }), [participants]);
  return order.identities;
}
