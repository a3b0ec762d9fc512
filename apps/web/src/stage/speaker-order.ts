import type { ParticipantView } from '../call/participants.js';

/** Who spoke when: the order in which people are brought to the eye, and when each was last heard. */
export interface SpeakerOrder {
  /** Identities of the others who spoke, the latest first. */
  identities: readonly string[];
  /** When each of them was last seen speaking, in milliseconds of the page's clock. */
  heardAt: ReadonlyMap<string, number>;
}

export const NOBODY_SPOKE: SpeakerOrder = { identities: [], heardAt: new Map() };

/** Who was heard within this time keeps their place: two people who talk with each other do not change it by turns. */
const REST_MS = 10_000;

/** The order after a look at who speaks at `now`. The same object when nobody moved and nobody was heard. */
export function hear(
  order: SpeakerOrder,
  participants: readonly ParticipantView[],
  now: number,
): SpeakerOrder {
  const present = new Set(participants.map(({ identity }) => identity));
  const speaking = participants.filter(({ isSpeaking, isLocal }) => isSpeaking && !isLocal);
  const everybodyStayed = order.identities.every((identity) => present.has(identity));
  if (speaking.length === 0 && everybodyStayed) return order;

  const rested = speaking
    .map(({ identity }) => identity)
    .filter((identity) => now - (order.heardAt.get(identity) ?? -Infinity) > REST_MS);
  const staying = order.identities.filter((identity) => present.has(identity) && !rested.includes(identity));
  const heardAt = new Map([...order.heardAt].filter(([identity]) => present.has(identity)));
  for (const { identity } of speaking) heardAt.set(identity, now);
  const moved = rested.length > 0 || !everybodyStayed;
  return { identities: moved ? [...rested, ...staying] : order.identities, heardAt };
}
